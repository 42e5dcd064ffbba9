import { OPEN, PRODUCTION } from './contenders.js';
import type { Round } from './load.js';

/** The figures of one server under one body. */
export interface Measured extends Round {
  readonly body: string;
  readonly bytes: number;
  readonly server: string;
  /** CPU time in multiples of the bare server's for the same body in the same rounds. */
  readonly ratio: number;
  /** Most that it may be for the open service. */
  readonly bar?: number;
}

export interface Start {
  readonly server: string;
  readonly startMs: number;
}

type Bar = readonly [what: string, measured: string, atMost: string, kept: string];

const P99_MS = 15;
const RSS_MB = 150;
const START_MS = 700;
/** Multiples of the bare server's time that trust may add to an article's call, beside the check of a signature. */
const WITH_TRUST = 4;

/** What was promised, held against what was measured. */
export function barsOf(
  measured: readonly Measured[],
  starts: readonly Start[],
  checkMicros: number,
): readonly Bar[] {
  return [
    ...measured.flatMap((one) =>
      one.bar !== undefined && one.server === OPEN ? [bar(`${one.body}, x bare`, one.ratio, one.bar)] : [],
    ),
    ...measured.flatMap((one) => trustBar(one, measured, checkMicros)),
    ...measured.flatMap((one) =>
      Number.isNaN(one.ratio) ? [bar(`${one.body}, p99 ms: ${one.server}`, one.p99Ms, P99_MS)] : [],
    ),
    ...[...new Set(starts.map(({ server }) => server))].map((server) => rssBar(server, measured)),
    ...starts.map(({ server, startMs }) => bar(`start to first answer, ms: ${server}`, startMs, START_MS)),
  ];
}

function bar(what: string, value: number, atMost: number): Bar {
  return [
    what,
    value < 100 ? value.toFixed(2) : value.toFixed(0),
    String(atMost),
    value <= atMost ? 'kept' : 'missed',
  ];
}

/** An article's call with a token of its own, without the check of the signature. */
function trustBar(one: Measured, measured: readonly Measured[], checkMicros: number): readonly Bar[] {
  if (one.bar !== 3 || [OPEN, 'bare'].includes(one.server)) return [];
  const bare = measured.find(({ body, server }) => body === one.body && server === 'bare');
  const rest = one.ratio - checkMicros / (bare?.cpuMicros ?? Number.NaN);
  const name = `${one.body}, ${one.server}, x bare without the check of the signature (${checkMicros.toFixed(0)} µs)`;
  return [bar(name, rest, WITH_TRUST)];
}

function rssBar(name: string, measured: readonly Measured[]): Bar {
  const most = Math.max(...measured.filter(({ server }) => server === name).map(({ rssMb }) => rssMb));
  const note = name === PRODUCTION || name === 'bare' ? '' : ' (development)';
  return bar(`RSS, MB: ${name}${note}`, most, RSS_MB);
}
