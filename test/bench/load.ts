import autocannon from 'autocannon';
import type { MeasuredProcess, Sample } from './measured-process.js';

/** What is posted, and where. */
export interface Load {
  readonly path: string;
  readonly body: string;
  /** What differs from call to call: the body, the Authorization header. */
  readonly next?: () => { readonly body?: string; readonly authorization?: string };
  /** Calls under way at once; 10 where it is not said. */
  readonly connections?: number;
}

/** Figures of one round of one server under one load. */
export interface Round {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p90Ms: number;
  readonly p99Ms: number;
  readonly cpuMicros: number;
  readonly rssMb: number;
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

const CONNECTIONS = 10;
const HEADERS = { 'content-type': 'application/json' };

/**
 * Posts one body for some seconds, as fast as it is answered, and counts the CPU time of the server's process for it.
 *
 * @throws Error when anything but 2xx came back
 */
export async function runRound(
  server: MeasuredProcess,
  { path, body, next, connections = CONNECTIONS }: Load,
  seconds: number,
): Promise<Round> {
  const before = await server.sample();
  const result = await autocannon({
    url: server.url + path,
    method: 'POST',
    headers: HEADERS,
    body,
    connections,
    duration: seconds,
    ...(next && { requests: [{ setupRequest: (request) => changed(request, next()) }] }),
  });
  const after = await server.sample();
  const answered = result['2xx'];
  if (result.non2xx + result.errors > 0 || answered === 0)
    throw new Error(`${path}: ${answered} good answers, ${result.non2xx} others, ${result.errors} errors`);
  return {
    ...costOf(before, after, answered),
    requestsPerSecond: answered / result.duration,
    p50Ms: result.latency.p50,
    p90Ms: result.latency.p90,
    p99Ms: result.latency.p99,
  };
}

/** The figures of calls whose latencies (milliseconds) were taken one by one, in so many seconds. */
export function roundOf(before: Sample, after: Sample, latencies: readonly number[], seconds: number): Round {
  const sorted = latencies.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  return {
    ...costOf(before, after, latencies.length),
    requestsPerSecond: latencies.length / seconds,
    p50Ms: at(0.5),
    p90Ms: at(0.9),
    p99Ms: at(0.99),
  };
}

function costOf(
  before: Sample,
  after: Sample,
  calls: number,
): Pick<Round, 'cpuMicros' | 'rssMb' | 'lagP99Ms' | 'lagMaxMs'> {
  return {
    cpuMicros: (after.cpuMicros - before.cpuMicros) / calls,
    rssMb: after.rssBytes / 1e6,
    lagP99Ms: after.lagP99Ms,
    lagMaxMs: after.lagMaxMs,
  };
}

/** Posts a body so many times, before anything is measured. */
export async function warmUp(
  server: MeasuredProcess,
  { path, body, next, connections = CONNECTIONS }: Load,
  amount: number,
): Promise<void> {
  await autocannon({
    ...{ url: server.url + path, method: 'POST', headers: HEADERS, body, connections, amount },
    ...(next && { requests: [{ setupRequest: (request) => changed(request, next()) }] }),
  });
}

function changed(
  request: autocannon.Request,
  { body, authorization }: ReturnType<NonNullable<Load['next']>>,
): autocannon.Request {
  return {
    ...request,
    ...(body !== undefined && { body }),
    ...(authorization !== undefined && { headers: { ...HEADERS, authorization } }),
  };
}

/** The median of several rounds, figure by figure; of the memory the most. */
export function medianOf(rounds: readonly Round[]): Round {
  const middle = (of: (round: Round) => number): number => median(rounds.map(of));
  return {
    requestsPerSecond: middle(({ requestsPerSecond }) => requestsPerSecond),
    p50Ms: middle(({ p50Ms }) => p50Ms),
    p90Ms: middle(({ p90Ms }) => p90Ms),
    p99Ms: middle(({ p99Ms }) => p99Ms),
    cpuMicros: middle(({ cpuMicros }) => cpuMicros),
    rssMb: Math.max(...rounds.map(({ rssMb }) => rssMb)),
    lagP99Ms: middle(({ lagP99Ms }) => lagP99Ms),
    lagMaxMs: middle(({ lagMaxMs }) => lagMaxMs),
  };
}

/** The upper one of an even number; NaN of none. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
