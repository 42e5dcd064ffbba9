/**
 * The service beside a bare node:http server that reads and parses the same bodies, all prefetch supplied, in
 * alternating rounds: calls a second, latency, CPU time a call, memory, event-loop lag, start-up.
 * Usage: npm run bench [-- <seconds a round> <rounds>]
 */
import { benchBodies, freshBodies, SERVICE_PATH, type BenchBody } from './bodies.js';
import { bestOf, runRound, type Load, type Round } from './load.js';
import { digits, keep, report } from './results.js';
import { startBare, startOpen, startTrusted, type Contender } from './servers.js';
import { createBenchClient } from './tokens.js';

const SECONDS = Number(process.argv[2] ?? 2);
const ROUNDS = Number(process.argv[3] ?? 3);
const WARM_UP_SECONDS = 3;

interface Measured extends Round {
  readonly body: string;
  readonly bytes: number;
  readonly server: string;
  /** CPU time in multiples of the bare server's for the same body in the same run. */
  readonly ratio: number;
  readonly bar?: number;
}

function loadOf({ body, fresh }: BenchBody, { authorization }: Contender): Load {
  const nextBody = fresh ? freshBodies(body) : undefined;
  const next = () => ({
    ...(nextBody && { body: nextBody() }),
    ...(authorization && { authorization: authorization() }),
  });
  return { path: SERVICE_PATH, body, ...((nextBody ?? authorization) && { next }) };
}

async function measureBody(body: BenchBody, contenders: readonly Contender[]): Promise<readonly Measured[]> {
  const rounds = new Map<Contender, Round[]>(contenders.map((contender) => [contender, []]));
  for (const contender of contenders)
    await runRound(contender.server, loadOf(body, contender), WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [contender, done] of rounds)
      done.push(await runRound(contender.server, loadOf(body, contender), SECONDS));
  }
  const best = [...rounds].map(([{ name }, done]) => ({ server: name, ...bestOf(done) }));
  const yardstick = best[0]?.cpuMicros ?? Number.NaN;
  return best.map((figures) => ({
    body: body.name,
    bytes: Buffer.byteLength(body.body),
    ...figures,
    ratio: figures.cpuMicros / yardstick,
    ...(body.bar !== undefined && figures.server === 'service' && { bar: body.bar }),
  }));
}

/** Latency when the machine is half busy, which is when it says something. */
async function atHalfRate(body: BenchBody, contender: Contender, peak: number): Promise<Measured> {
  const load = loadOf(body, contender);
  const round = await runRound(contender.server, load, SECONDS * ROUNDS, Math.round(peak / 2));
  const name = `${body.name}, at half the peak rate`;
  return {
    body: name,
    bytes: Buffer.byteLength(body.body),
    server: contender.name,
    ...round,
    ratio: Number.NaN,
  };
}

function rowOf(measured: Measured): readonly string[] {
  const { body, bytes, server, requestsPerSecond, p50Ms, p99Ms, cpuMicros, rssMb, lagP99Ms, ratio, bar } =
    measured;
  const figures = [bytes / 1000, requestsPerSecond, p50Ms, p99Ms, cpuMicros, rssMb, lagP99Ms].map(digits);
  const compared = Number.isNaN(ratio) ? '' : ratio.toFixed(2);
  return [
    `${body}: ${server}`,
    ...figures,
    compared,
    bar === undefined ? '' : `${bar} ${ratio <= bar ? 'kept' : 'missed'}`,
  ];
}

const COLUMNS = [
  'case',
  'kB',
  'calls/s',
  'p50 ms',
  'p99 ms',
  'CPU µs/call',
  'RSS MB',
  'lag p99 ms',
  'x bare',
  'bar',
];

async function main(): Promise<void> {
  const bodies = benchBodies();
  const article = bodies.find(({ bar }) => bar === 3) ?? bodies[0];
  if (!article) throw new Error('there is nothing to measure with');
  const client = createBenchClient();
  const contenders: Contender[] = [];
  try {
    const { body } = article;
    for (const start of [startBare, startOpen, () => startTrusted(body, client)])
      contenders.push(await start(body));
    const measured: Measured[] = [];
    for (const body of bodies) measured.push(...(await measureBody(body, contenders)));
    const peak = measured.find((one) => one.body === article.name && one.server === 'service');
    const service = contenders[1];
    if (service && peak) measured.push(await atHalfRate(article, service, peak.requestsPerSecond));
    finish(measured, contenders);
  } finally {
    for (const { server } of contenders) await server.stop();
    client.remove();
  }
}

function finish(measured: readonly Measured[], contenders: readonly Contender[]): void {
  report('Calls with all prefetch, 10 connections', COLUMNS, measured.map(rowOf));
  const starts = contenders.map(({ name, server }) => ({ server: name, startMs: server.startMs }));
  const rows = starts.map(({ server, startMs }) => [server, digits(startMs)]);
  report('From start to first answer', ['server', 'ms'], rows);
  keep('calls', { measured, starts });
}

await main();
