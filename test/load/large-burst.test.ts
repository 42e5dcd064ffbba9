/** The built service under a burst of the largest bodies, within the heap it is started with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Agent, request, type Dispatcher } from 'undici';
import { freePort } from '../free-port.mjs';
import { bundle, draft, orderSign, prefetched, SERVICE } from '../review/service.js';
import { until } from '../until.js';

const CALLS = 200;
const REPORTS = 10_500;

/** As `npm start` and the image run it. */
const START = (
  JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } }
).scripts.start.split(' ');

function largeCall(): Buffer {
  const reports = Array.from({ length: REPORTS }, (_, index) => ({
    resourceType: 'DiagnosticReport',
    id: `report-${index}`,
    status: 'final',
    subject: { reference: 'Patient/p1' },
    code: { text: 'MRI lumbar spine' },
    effectiveDateTime: '2024-01-01',
    conclusion: `L5-S1: severe left foraminal stenosis, study ${index} of many that this patient has had so far.`,
  }));
  const prefetch = prefetched({ diagnosticReports: bundle(...reports) });
  return Buffer.from(JSON.stringify(orderSign([draft()], { prefetch })));
}

let child: ChildProcess;
const output: string[] = [];
const agent = new Agent({ connections: CALLS, headersTimeout: 0, bodyTimeout: 0 });
let url: string;

beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  child = spawn(START[0] ?? 'node', START.slice(1), {
    env: { PATH: process.env['PATH'] ?? '', PORT: String(port), LOG_LEVEL: 'error' },
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

test(`${CALLS} calls of 3 MB at once: each is answered or told to go on, and the process stays up`, async () => {
  const body = largeCall();
  expect(body.length).toBeGreaterThan(2_800_000);
  expect(body.length).toBeLessThan(3 * 1024 * 1024);
  const call = `/cds-services/${SERVICE}`;
  const answers = await Promise.all(Array.from({ length: CALLS }, () => post(call, body)));
  for (const { status, retryAfter, text } of answers) {
    expect([200, 503]).toContain(status);
    if (status === 503) expect([retryAfter, JSON.parse(text)]).toEqual(['1', OVERLOADED]);
  }
  expect(answers.some(({ status }) => status === 503)).toBe(true);
  expect([child.exitCode, child.signalCode]).toEqual([null, null]);
  const small = Buffer.from(JSON.stringify(orderSign([draft()])));
  await until(
    async () => (await post(call, small)).status === 200,
    60_000,
    () => output.join(''),
  );
}, 300_000);

const OVERLOADED = expect.objectContaining({ resourceType: 'OperationOutcome' }) as unknown;
