/**
 * The service beside a bare node:http server that reads and parses the same bodies, all prefetch supplied, in
 * alternating rounds: calls a second, latency, CPU time a call, memory, event-loop lag, start-up.
 * Usage: npm run bench [-- <seconds a round> <rounds> <part of the names of bodies>]
 */
import { runArrivals } from './arrivals.js';
import { benchBodies, type BenchBody } from './bodies.js';
import { barsOf, type Measured } from './bars.js';
import { startContenders, type Contenders } from './contenders.js';
import { freshBodies, SERVICE_PATH } from './bodies.js';
import { median, medianOf, runRound, warmUp, type Load, type Round } from './load.js';
import { digits, keep, report } from './results.js';
import type { Contender } from './servers.js';

const SECONDS = Number(process.argv[2] ?? 2);
const ROUNDS = Number(process.argv[3] ?? 3);
const ONLY = process.argv[4] ?? '';
/** Calls, not seconds: the engine compiles what runs often, and goes on doing so for thousands of calls. */
const FIRST_CALLS = 5_000;
const CALLS_OF_A_BODY = 300;

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
    await warmUp(contender.server, loadOf(body, contender), CALLS_OF_A_BODY);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [contender, done] of rounds)
      done.push(await runRound(contender.server, loadOf(body, contender), SECONDS));
  }
  const [bare = []] = rounds.values();
  return [...rounds].map(([{ name }, done]) => ({
    ...{ body: body.name, bytes: Buffer.byteLength(body.body), server: name, ...medianOf(done) },
    // Round by round, so that what the machine does beside weighs on both.
    ratio: median(done.map(({ cpuMicros }, round) => cpuMicros / (bare[round]?.cpuMicros ?? Number.NaN))),
    ...(body.bar !== undefined && { bar: body.bar }),
  }));
}

/**
 * Latency when the machine is half busy, which is when it says something. Warmed up at the same rate: after a pause of
 * ten seconds the engine's first calls take two to three times as long, and would be all that the 99th percentile
 * tells.
 */
async function atHalfRate(body: BenchBody, contender: Contender, peak: number): Promise<Measured> {
  const load = loadOf(body, contender);
  await runArrivals(contender.server, load, SECONDS, peak / 2);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++)
    rounds.push(await runArrivals(contender.server, load, SECONDS * ROUNDS, peak / 2));
  const name = `${body.name}, at half the peak rate`;
  const bytes = Buffer.byteLength(body.body);
  return { body: name, bytes, server: contender.name, ...medianOf(rounds), ratio: Number.NaN };
}

function rowOf(measured: Measured): readonly string[] {
  const { body, bytes, server, requestsPerSecond, p50Ms, p99Ms, cpuMicros, rssMb, lagP99Ms, ratio } =
    measured;
  const figures = [bytes / 1000, requestsPerSecond, p50Ms, p99Ms, cpuMicros, rssMb, lagP99Ms].map(digits);
  return [`${body}: ${server}`, Number.isNaN(ratio) ? '' : ratio.toFixed(2), ...figures];
}

const COLUMNS = [
  ...['case', 'x bare', 'kB', 'calls/s', 'p50 ms', 'p99 ms', 'CPU µs/call', 'RSS MB', 'lag p99 ms'],
];

async function measureAll({ all, client }: Contenders): Promise<void> {
  const bodies = benchBodies().filter(({ name }) => name.includes(ONLY));
  const measured: Measured[] = [];
  const article = bodies.find(({ bar }) => bar === 3) ?? bodies[0];
  for (const contender of article ? all : [])
    if (article) await warmUp(contender.server, loadOf(article, contender), FIRST_CALLS);
  for (const body of bodies) measured.push(...(await measureBody(body, all)));
  for (const contender of article ? all.slice(1) : []) {
    const peak = measured.find(({ body, server }) => body === article?.name && server === contender.name);
    if (article && peak) measured.push(await atHalfRate(article, contender, peak.requestsPerSecond));
  }
  finish(measured, all, await client.checkMicros());
}

function finish(measured: readonly Measured[], contenders: readonly Contender[], checkMicros: number): void {
  report('Calls with all prefetch, 10 connections: medians', COLUMNS, measured.map(rowOf));
  const starts = contenders.map(({ name, server }) => ({ server: name, startMs: server.startMs }));
  report(
    'From start to first answer',
    ['server', 'ms'],
    starts.map((one) => [one.server, digits(one.startMs)]),
  );
  const bars = barsOf(measured, starts, checkMicros);
  report(
    'Bars',
    ['what', 'measured', 'at most', ''],
    bars.map((bar) => [...bar]),
  );
  keep('calls', { measured, starts, checkMicros });
}

const contenders = await startContenders(benchBodies()[2]?.body ?? '');
try {
  await measureAll(contenders);
} finally {
  await contenders.stop();
}
