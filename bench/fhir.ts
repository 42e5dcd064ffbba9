/**
 * The whole way without prefetch: the service reads the article's chart from a FHIR server that answers each request
 * after 0, 50 or 300 ms. The FHIR server runs in this process, so its work is not counted as the service's.
 * Usage: npm run bench:fhir [-- <seconds a round> <rounds>]
 */
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import { createSandbox } from '../src/sandbox/sandbox.js';
import { bodyWithoutPrefetch, SERVICE_PATH } from './bodies.js';
import { medianOf, runRound, type Round } from './load.js';
import { freePort } from './measured-process.js';
import { digits, keep, report } from './results.js';
import { startOpen } from './servers.js';

const LATENCIES_MS = [0, 50, 300];
const SECONDS = Number(process.argv[2] ?? 4);
const ROUNDS = Number(process.argv[3] ?? 3);
/** Calls a second where latency is what is asked for; what the sandbox can serve without a queue. */
const RATE = 10;
const CALENDAR = Date.UTC(2026, 2, 20);

interface Measured extends Round {
  readonly latencyMs: number;
}

/** A FHIR server whose latency is set from outside; its address. */
async function startFhirServer(latency: { ms: number }): Promise<{ base: string; stop: () => void }> {
  const { router } = createSandbox({ now: () => CALENDAR, randomId: () => crypto.randomUUID(), wait });
  const app = express();
  app.use('/fhir', async (_request, _response, next) => {
    if (latency.ms > 0) await wait(latency.ms);
    next();
  });
  app.use('/fhir', router);
  const port = await freePort();
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { base: `http://127.0.0.1:${port}/fhir`, stop };
}

/** @param settings of the service, beside the defaults */
async function measure(settings: Readonly<Record<string, string>>): Promise<readonly Measured[]> {
  const latency = { ms: 0 };
  const fhirServer = await startFhirServer(latency);
  const { body } = bodyWithoutPrefetch(fhirServer.base);
  const { server } = await startOpen(body, settings);
  const measured: Measured[] = [];
  try {
    const load = { path: SERVICE_PATH, body };
    await runRound(server, load, SECONDS);
    for (const latencyMs of LATENCIES_MS) {
      latency.ms = latencyMs;
      const rounds: Round[] = [];
      for (let round = 0; round < ROUNDS; round++) rounds.push(await runRound(server, load, SECONDS, RATE));
      measured.push({ latencyMs, ...medianOf(rounds) });
    }
  } finally {
    await server.stop();
    fhirServer.stop();
  }
  return measured;
}

const COLUMNS = ['FHIR latency ms', 'p50 ms', 'p90 ms', 'p99 ms', 'CPU µs/call', 'lag p99 ms', 'RSS MB'];

function show(name: string, measured: readonly Measured[]): void {
  const rows = measured.map(({ latencyMs, p50Ms, p90Ms, p99Ms, cpuMicros, lagP99Ms, rssMb }) =>
    [latencyMs, p50Ms, p90Ms, p99Ms, cpuMicros, lagP99Ms, rssMb].map(digits),
  );
  report(`${name}, ${RATE} calls a second`, COLUMNS, rows);
}

const measured = await measure({});
show("The article's order without prefetch", measured);
// The payer stands behind a reference: two round trips, and the target is 90 % within a second (CP-1).
const crd = await measure({ CRD: '2.2' });
show('The same with CRD 2.2', crd);
keep('fhir', { measured, crd });
