/** .ci/check-advisories against a registry that answers, and against one that does not. */
import { execFile } from 'node:child_process';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

interface Checked {
  readonly code: number;
  readonly output: string;
}

const cache = mkdtempSync(path.join(tmpdir(), 'stepwise-advisories-'));
afterAll(() => {
  rmSync(cache, { recursive: true, force: true });
});

async function check(registry: RequestListener): Promise<Checked> {
  const server = createServer(registry);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const env = {
    ...{ PATH: process.env['PATH'], HOME: cache, npm_config_cache: cache, npm_config_fetch_retries: '0' },
    npm_config_registry: `http://127.0.0.1:${port}/`,
  };
  const checked = await new Promise<Checked>((resolve) => {
    execFile('bash', ['.ci/check-advisories'], { env }, (error, stdout, stderr) => {
      resolve({ code: error ? Number(error.code) : 0, output: stdout + stderr });
    });
  });
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  return checked;
}

/** npm keeps what it has learnt of an advisory by its number. */
let advisories = 0;

/** A registry with one advisory, against a package without packages below or above it. */
const advising =
  (severity: string, id = ++advisories): RequestListener =>
  (request, response) => {
    const advisory = {
      id,
      url: 'https://advisories.example/1',
      title: 'x',
      severity,
      vulnerable_versions: '*',
    };
    const answer = request.url?.endsWith('/bulk') ? { helmet: [advisory] } : { name: 'helmet', versions: {} };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  };

test.each([
  ['high', 1],
  ['critical', 1],
  ['moderate', 0],
])('an advisory of severity %s: exit code %d, and the package is named', async (severity, code) => {
  const checked = await check(advising(severity));
  expect(checked.output).toContain('helmet');
  expect(checked.output).toContain(
    `1 of the packages of production have some, ${code} of them high or critical`,
  );
  expect(checked.code).toBe(code);
});

test('no advisory: said, and passed', async () => {
  const { code, output } = await check((_request, response) => response.end('{}'));
  expect([code, output]).toEqual([0, expect.stringContaining('0 of the packages of production have some')]);
});

test.each<[string, RequestListener]>([
  ['405', (_request, response) => response.writeHead(405).end()],
  ['no JSON', (_request, response) => response.end('<html>')],
  ['a cut connection', (request) => request.socket.destroy()],
])('a registry that answers with %s: not answered, and not failed', async (_case, registry) => {
  const { code, output } = await check(registry);
  expect([code, output]).toEqual([0, expect.stringContaining('NOT ANSWERED')]);
});
