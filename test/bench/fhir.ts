/**
 * The whole way without prefetch: the service reads the article's chart from a FHIR server that answers each request
 * after 0, 50 or 300 ms. The FHIR server runs in this process, so its work is not counted as the service's.
 * Usage: npm run bench:fhir [-- <seconds a round> <rounds>]
 */
import { runArrivals } from './arrivals.js';
import { bodyWithoutPrefetch, SERVICE_PATH } from './bodies.js';
import { startFhirServer } from './fhir-server.js';
import { medianOf, runRound, type Round } from './load.js';
import { digits, keep, report } from './results.js';
import { startOpen } from './servers.js';

const LATENCIES_MS = [0, 50, 300];
const SECONDS = Number(process.argv[2] ?? 4);
const ROUNDS = Number(process.argv[3] ?? 3);
/** Calls a second where latency is what is asked for; what the sandbox can serve without a queue. */
const RATE = 10;

interface Measured extends Round {
  readonly latencyMs: number;
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
      for (let round = 0; round < ROUNDS; round++)
        rounds.push(await runArrivals(server, load, SECONDS, RATE));
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
