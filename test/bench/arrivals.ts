import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { seeded } from '../../src/sandbox/seeded.js';
import { roundOf, type Load, type Round } from './load.js';
import type { MeasuredProcess } from './measured-process.js';

const HEADERS = { 'content-type': 'application/json' };
/** More than are ever under way at half the rate: none waits for another's connection. */
const CONNECTIONS = 64;
const SEED = 20_261_126;

/**
 * Sends calls as clinicians do: each when its moment comes, by chance (a Poisson process, the same moments in every
 * run), whether or not those before it were answered. Latency counts from the moment, so that a late answer also
 * counts for the calls that waited behind it.
 *
 * @throws Error when anything but 2xx came back
 */
export async function runArrivals(
  server: MeasuredProcess,
  load: Load,
  seconds: number,
  perSecond: number,
): Promise<Round> {
  const pool = new Pool(server.url, { connections: CONNECTIONS });
  const random = seeded(SEED);
  const before = await server.sample();
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let due = start; due < start + seconds * 1000; due += (-Math.log(1 - random()) * 1000) / perSecond) {
    const wait = due - performance.now();
    if (wait > 0) await sleep(wait);
    answers.push(call(pool, load, due));
  }
  const latencies = await Promise.all(answers);
  const round = roundOf(before, await server.sample(), latencies, (performance.now() - start) / 1000);
  await pool.close();
  return round;
}

async function call(pool: Pool, { path, body, next }: Load, due: number): Promise<number> {
  const { body: own = body, authorization } = next?.() ?? {};
  const headers = { ...HEADERS, ...(authorization !== undefined && { authorization }) };
  const answer = await pool.request({ path, method: 'POST', headers, body: own });
  await answer.body.arrayBuffer();
  if (answer.statusCode !== 200) throw new Error(`${path}: answered with ${answer.statusCode}`);
  return performance.now() - due;
}
