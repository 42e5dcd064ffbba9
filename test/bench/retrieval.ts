/**
 * How long other calls wait while a large chart is read over FHIR: the longest turn of the event loop, for 20,000
 * resources on 200 pages and for 10,000 on one. The FHIR server is in this process, so its turns are counted too.
 * Usage: npm run bench:retrieval [-- <rounds>]
 */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { allowList } from '../../src/fhir/fhir-base.js';
import { createRetriever } from '../../src/fhir/retrieve.js';
import type { Retriever } from '../../src/fhir/retriever.types.js';
import { digits, keep, report } from './results.js';

const ROUNDS = Number(process.argv[2] ?? 5);
const PATIENCE_MS = 60_000;
const CHARTS = [
  { name: '20,000 resources on 200 pages', pages: 200, each: 100 },
  { name: '10,000 resources on one page', pages: 1, each: 10_000 },
];

function pageOf(page: number, { pages, each }: { pages: number; each: number }): Buffer {
  const coding = ['urn:a', 'urn:b', 'urn:c'].map((system) => ({
    system,
    code: 'M53.3',
    display: 'Low back',
  }));
  const resource = {
    resourceType: 'Condition',
    code: { coding, text: 'Low back pain' },
    category: [{ coding }],
  };
  const entry = Array.from({ length: each }, (_, index) => ({
    resource: { ...resource, id: `c${page}-${index}`, subject: { reference: 'Patient/p1' } },
  }));
  const link = page < pages ? [{ relation: 'next', url: `?page=${page + 1}` }] : [];
  return Buffer.from(JSON.stringify({ resourceType: 'Bundle', type: 'searchset', entry, link }));
}

async function serve(bodies: readonly Buffer[]): Promise<Server> {
  const server = createServer((request, response) => {
    const page = Number(/page=(\d+)/.exec(request.url ?? '')?.[1] ?? 1);
    response.writeHead(200, { 'content-type': 'application/fhir+json' }).end(bodies[page - 1]);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return server;
}

/** Milliseconds of the longest turn while `work` runs. */
async function longestTurn(work: () => Promise<unknown>): Promise<number> {
  let [longest, last, watching] = [0, performance.now(), true];
  const watch = (): void => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
    if (watching) setImmediate(watch);
  };
  setImmediate(watch);
  await work();
  watching = false;
  return longest;
}

async function read(retriever: Retriever, port: number): Promise<void> {
  const context = { userId: 'Practitioner/u', patientId: 'p1', draftOrders: [] };
  const request = { hook: 'order-sign', hookInstance: 'h', context, prefetch: {} } as const;
  await retriever.retrieve({
    request: { ...request, fhirServer: `http://127.0.0.1:${port}/fhir` },
    prefetch: { conditions: { kind: 'conditions', template: 'Condition?patient={{context.patientId}}' } },
    deadlineAt: performance.now() + PATIENCE_MS,
  });
}

async function measure(chart: (typeof CHARTS)[number]): Promise<readonly number[]> {
  const server = await serve(Array.from({ length: chart.pages }, (_, index) => pageOf(index + 1, chart)));
  const { port } = server.address() as AddressInfo;
  const retriever = createRetriever({
    allowed: allowList([], 'loopback'),
    now: () => performance.now(),
    random: () => 0,
  });
  const turns: number[] = [];
  for (let round = 0; round < ROUNDS; round++) turns.push(await longestTurn(() => read(retriever, port)));
  await retriever.close();
  server.closeAllConnections();
  server.close();
  return turns.sort((a, b) => a - b);
}

const measured = [];
for (const chart of CHARTS) measured.push({ name: chart.name, turnsMs: await measure(chart) });
const rows = measured.map(({ name, turnsMs }) => [
  name,
  ...[turnsMs[0], turnsMs.at(-1)].map((ms) => digits(ms ?? 0)),
]);
report(
  `Longest turn of the event loop while a chart is read, ${ROUNDS} rounds`,
  ['chart', 'best ms', 'worst ms'],
  rows,
);
keep('retrieval', { measured });
