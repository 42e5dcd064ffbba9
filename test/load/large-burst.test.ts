/**
 * The built service under a burst of large and dense bodies while the EHR's FHIR server hangs, so that every call that
 * is taken on keeps its body: only the room for bodies (src/http/load/body-room.ts) stands between it and its heap's end.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Agent, request, type Dispatcher } from 'undici';
import { freePort } from '../free-port.mjs';
import { bundle, draft, orderSign, prefetched, SERVICE } from '../review/service.js';
import { until } from '../until.js';

const CALLS = 60;
/** Empty objects in a body: what costs the parser the most memory for a byte. */
const DENSE = 950_000;

/** As `npm start` and the image run it. */
const START = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
).scripts.start.split(' ');

const HEAP_MB = Number(/max-old-space-size=(\d+)/.exec(START.join(' '))?.[1]);

/** A call of 3 MB, dense, which has to read the conditions from a FHIR server. */
function largeCall(fhirServer: string): Buffer {
  const extension = 'EXTENSION';
  const dense = { resourceType: 'DiagnosticReport', id: 'report', status: 'final', extension };
  const { conditions: _left, ...prefetch } = prefetched({ diagnosticReports: bundle(dense) });
  const call = JSON.stringify({ ...orderSign([draft()], { prefetch }), fhirServer });
  return Buffer.from(call.replace(`"${extension}"`, `[${Array(DENSE).fill('{}').join()}]`));
}

/** A FHIR server that answers nothing before it is let go. */
const waiting: ServerResponse[] = [];
const ehr = createServer((_request, response) => {
  waiting.push(response);
});

let child: ChildProcess;
const output: string[] = [];
const agent = new Agent({ connections: CALLS, headersTimeout: 0, bodyTimeout: 0 });
let url: string;

beforeAll(async () => {
  await new Promise<void>((resolve) => ehr.listen(0, '127.0.0.1', resolve));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = spawn(START[0] ?? 'node', START.slice(1), {
    // With a deadline like this no call is turned away for a late event loop.
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), LOG_LEVEL: 'error', DEADLINE_MS: '60000' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => output.push(chunk.toString()));
  await until(
    async () => (await post('/health/live', undefined)).status === 200,
    240_000,
    () => output.join(''),
  );
}, 300_000);
afterAll(async () => {
  child.kill('SIGKILL');
  await agent.destroy();
  ehr.closeAllConnections();
  await new Promise((resolve) => ehr.close(resolve));
});

async function post(path: string, body: Buffer | undefined) {
  const {
    statusCode,
    headers,
    body: answer,
  } = await request(url + path, {
    method: body ? 'POST' : 'GET',
    dispatcher: agent satisfies Dispatcher,
    ...(body && { body, headers: { 'content-type': 'application/json' } }),
  });
  return { status: statusCode, retryAfter: headers['retry-after'], text: await answer.text() };
}

test(`${CALLS} dense calls of 3 MB at once: few are taken on, the others are told to go on, and the process stays up`, async () => {
  const body = largeCall(`http://127.0.0.1:${(ehr.address() as AddressInfo).port}/fhir`);
  expect(body.length).toBeGreaterThan(2_800_000);
  expect(body.length).toBeLessThan(3 * 1024 * 1024);
  const call = `/cds-services/${SERVICE}`;
  const told = { answered: 0, turnedAway: 0 };
  const all = Promise.all(
    Array.from({ length: CALLS }, async () => {
      const { status, retryAfter, text } = await post(call, body);
      if (status === 200) told.answered += 1;
      else {
        expect([status, retryAfter, JSON.parse(text)]).toEqual([503, '1', OVERLOADED]);
        told.turnedAway += 1;
      }
    }),
  );
  const settled = (): boolean => told.turnedAway + waiting.length === CALLS || ended();
  await Promise.race([all, until(settled, 240_000, () => output.join(''))]);
  expect(told.answered).toBe(0);
  const takenOn = waiting.length;
  for (const response of waiting.splice(0))
    response.setHeader('content-type', 'application/fhir+json').end(EMPTY);
  await all;
  expect(told).toEqual({ answered: takenOn, turnedAway: CALLS - takenOn });
  expect(takenOn).toBeGreaterThan(0);
  expect(takenOn * body.length).toBeLessThan((HEAP_MB * 1024 * 1024) / 24);
  expect(ended()).toBe(false);
  const small = Buffer.from(JSON.stringify(orderSign([draft()])));
  await until(
    async () => (await post(call, small)).status === 200,
    60_000,
    () => output.join(''),
  );
}, 300_000);

const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
const EMPTY = JSON.stringify({ resourceType: 'Bundle', type: 'searchset', total: 0 });
const OVERLOADED = expect.objectContaining({ resourceType: 'OperationOutcome' }) as unknown;
