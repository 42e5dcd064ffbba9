/**
 * The built service under mixed calls for a long time: reviewed, fetched, unrelated and hostile orders, feedback, and
 * calls without trust, at half of the rate it can serve; once in production on Postgres, once on the embedded
 * database, both at the same time. Tells the memory minute by minute and whether it grows, and looks through the logs
 * for anything private. Fails when memory grows by more than 50 MB, an answer is wrong, or a word of a patient is found.
 * Usage: npm run soak [-- <minutes, 10>]
 */
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { privateLinesOf } from '../logs/private-words.mjs';
import { benchBodies } from './bodies.js';
import { PRODUCTION, TRUSTED_EMBEDDED } from './contenders.js';
import { startFhirServer } from './fhir-server.js';
import { startPostgres } from './postgres.js';
import { digits, keep, report } from './results.js';
import { startTrusted, type Contender } from './servers.js';
import { mixOf } from './soak/calls.js';
import { answeredIn, CONNECTIONS, drive, newTally, type Drive, type Tally } from './soak/drive.js';
import { growthOf, type Growth, type MemorySample } from './soak/growth.js';
import { createBenchClient } from './tokens.js';

const MINUTES = Number(process.argv[2] ?? 10);
const WARM_UP_MS = 20_000;
const PEAK_MS = 15_000;
const LIMIT_MB = 50;
/** Samples of one run, however long it is. */
const SAMPLES = 120;
/** Cards that feedback is given on. */
const CARDS = 500;

interface Home {
  readonly name: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly fhirServer?: string;
}

interface Soaked {
  readonly home: string;
  readonly peakPerSecond: number;
  readonly answered: Readonly<Record<string, number>>;
  readonly wrong: Readonly<Record<string, number>>;
  readonly growth: Growth;
  /** Lines of the log in which something private stands. */
  readonly privateLines: number;
  readonly logLines: number;
  readonly samples: readonly MemorySample[];
}

async function soak({ name, settings, fhirServer }: Home): Promise<Soaked> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-soak-'));
  const log = path.join(folder, 'log');
  const output = openSync(log, 'w');
  const client = createBenchClient(fhirServer === undefined ? [] : [fhirServer]);
  const first = benchBodies()[2]?.body ?? '';
  const contender = await startTrusted(first, client, { name, settings, output });
  try {
    const parts = { url: contender.server.url, client, ...(fhirServer !== undefined && { fhirServer }) };
    const load = await underLoad(contender, parts);
    await contender.server.stop();
    const text = readFileSync(log, 'utf8');
    const lines = { privateLines: privateLinesOf(text).length, logLines: text.split('\n').length - 1 };
    return { home: name, ...load, ...lines };
  } finally {
    await contender.server.stop();
    client.remove();
    closeSync(output);
    rmSync(folder, { recursive: true });
  }
}

type Load = Omit<Soaked, 'home' | 'privateLines' | 'logLines'>;

async function underLoad(
  { server }: Contender,
  parts: Omit<Parameters<typeof mixOf>[0], 'card'>,
): Promise<Load> {
  const pool = new Pool(server.url, { connections: CONNECTIONS });
  const cards: string[] = [];
  const next = mixOf({ ...parts, card: () => cards.shift() });
  const onCards = (body: string): void => {
    cards.push(...uuidsOf(body));
    cards.splice(0, Math.max(0, cards.length - CARDS));
  };
  const run = (tally: Tally): Drive => ({ pool, next, tally, onCards });
  const tally = newTally();
  await drive(run(tally), performance.now() + WARM_UP_MS);
  const peak = newTally();
  await drive(run(peak), performance.now() + PEAK_MS);
  const peakPerSecond = answeredIn(peak) / (PEAK_MS / 1000);
  const untilMs = performance.now() + MINUTES * 60_000;
  const sampled = sampleUntil(server, untilMs);
  await drive(run(tally), untilMs, peakPerSecond / 2);
  const samples = await sampled;
  await pool.close();
  const [answered, wrong] = [Object.fromEntries(tally.answered), Object.fromEntries(tally.wrong)];
  return { peakPerSecond, answered, wrong, growth: growthOf(samples, LIMIT_MB), samples };
}

function uuidsOf(body: string): readonly string[] {
  const { cards } = JSON.parse(body) as { readonly cards: readonly { readonly uuid: string }[] };
  return cards.map(({ uuid }) => uuid);
}

async function sampleUntil(server: Contender['server'], untilMs: number): Promise<readonly MemorySample[]> {
  const began = performance.now();
  const gapMs = (untilMs - began) / SAMPLES;
  const samples: MemorySample[] = [];
  for (let n = 0; n < SAMPLES; n++) {
    await sleep(Math.max(0, began + n * gapMs - performance.now()));
    const { rssBytes, heapBytes } = await server.sample();
    samples.push({ atSeconds: Math.round((performance.now() - began) / 1000), rssBytes, heapBytes });
  }
  return samples;
}

function show(one: Soaked): void {
  const { home, samples, growth } = one;
  const perRow = Math.max(1, Math.ceil(samples.length / 10));
  const rows = samples.filter((_, index) => index % perRow === 0 || index === samples.length - 1);
  const cells = rows.map(({ atSeconds, rssBytes, heapBytes }) =>
    [atSeconds, rssBytes / 1e6, heapBytes / 1e6].map(digits),
  );
  report(`${home}: half of ${digits(one.peakPerSecond)} calls a second`, ['s', 'RSS MB', 'heap MB'], cells);
  console.log(`\nanswered: ${JSON.stringify(one.answered)}; wrong: ${JSON.stringify(one.wrong)}`);
  console.log(`log lines: ${one.logLines}, with something private: ${one.privateLines}`);
  const by = `RSS by ${digits(growth.rssMb)} MB, heap by ${digits(growth.heapMb)} MB (limit ${LIMIT_MB})`;
  console.log(`${growth.grows ? 'GROWS' : 'does not grow'}: ${by}`);
}

function isBad({ wrong, growth, privateLines }: Soaked): boolean {
  return growth.grows || privateLines > 0 || Object.keys(wrong).length > 0;
}

const postgres = await startPostgres();
const fhirServer = await startFhirServer({ ms: 0 });
try {
  const production = postgres && {
    name: PRODUCTION,
    settings: { NODE_ENV: 'production', DATABASE_URL: await postgres.database('soak') },
  };
  const embedded = { name: TRUSTED_EMBEDDED, settings: {}, fhirServer: fhirServer.base };
  // Both to their end, also where one fails to start: it is there that each stops its own process.
  const ended = await Promise.allSettled([...(production ? [production] : []), embedded].map(soak));
  const soaked = ended.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  soaked.forEach(show);
  keep('soak', { minutes: MINUTES, soaked });
  for (const one of ended) if (one.status === 'rejected') console.error(one.reason);
  if (soaked.length < ended.length || soaked.some(isBad)) process.exitCode = 1;
} finally {
  fhirServer.stop();
  postgres?.stop();
}
