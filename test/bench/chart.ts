/**
 * Cost against the size of the chart: the article's order with 10 to 20,000 resources, all prefetched, one call at a
 * time. The service's deadline and body limit are lifted, so that every resource is looked at.
 * Usage: npm run bench:chart [-- <seconds a round> <rounds>]
 */
import { bodyWithResources, SERVICE_PATH } from './bodies.js';
import { medianOf, runRound, type Round } from './load.js';
import { digits, keep, report } from './results.js';
import { startOpen } from './servers.js';

const SIZES = [10, 100, 1_000, 5_000, 20_000];
const SECONDS = Number(process.argv[2] ?? 4);
const ROUNDS = Number(process.argv[3] ?? 3);
const UNBOUNDED = { BODY_LIMIT_BYTES: '100000000', DEADLINE_MS: '10000' };

interface Measured extends Round {
  readonly resources: number;
  readonly bytes: number;
}

async function measure(): Promise<readonly Measured[]> {
  const bodies = SIZES.map((resources) => ({ resources, ...bodyWithResources(resources) }));
  const { server } = await startOpen(bodies[0]?.body ?? '', UNBOUNDED);
  const measured: Measured[] = [];
  try {
    for (const { resources, body } of bodies) {
      const load = { path: SERVICE_PATH, body, connections: 1 };
      const rounds: Round[] = [];
      for (let round = 0; round <= ROUNDS; round++) rounds.push(await runRound(server, load, SECONDS));
      // The first round compiles and fills caches.
      measured.push({ resources, bytes: Buffer.byteLength(body), ...medianOf(rounds.slice(1)) });
    }
  } finally {
    await server.stop();
  }
  return measured;
}

/** Microseconds that each resource above the smaller chart's adds. */
function marginal({ resources, cpuMicros }: Measured, smaller: Measured | undefined): number {
  return smaller ? (cpuMicros - smaller.cpuMicros) / (resources - smaller.resources) : Number.NaN;
}

const measured = await measure();
const rows = measured.map((one, index) => {
  const { resources, bytes, cpuMicros, p50Ms, lagMaxMs, rssMb } = one;
  const each = marginal(one, measured[index - 1]);
  const figures = [bytes / 1000, cpuMicros, cpuMicros / resources, each, p50Ms, lagMaxMs, rssMb];
  return [String(resources), ...figures.map((figure) => (Number.isNaN(figure) ? '' : digits(figure)))];
});
const columns = [
  ...['resources', 'kB', 'CPU µs/call', 'CPU µs/resource', 'CPU µs/added resource'],
  ...['p50 ms', 'lag max ms', 'RSS MB'],
];
report('One call at a time, all prefetched', columns, rows);
keep('chart', { measured });
