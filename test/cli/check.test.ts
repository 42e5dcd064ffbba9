import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, statSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../free-port.mjs';
import { SERVICE, startService, type ServiceProcess } from '../records/service-process.js';

/** The command line as built (`npm test` builds first), beside a server that this process may be. */
function stepwise(words: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'], DEADLINE_MS: '60000', ...settings };
  const child = spawn('node', ['dist/cli.js', ...words], { env });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise<{ readonly status: number | null; readonly output: string }>((resolve) => {
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}

const newFolder = (): string => join(mkdtempSync(join(tmpdir(), 'stepwise-')), 'client');
const services: ServiceProcess[] = [];
const servers: Server[] = [];
afterEach(async () => {
  for (const service of services.splice(0)) await service.stop();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

async function started(settings: Readonly<Record<string, string>>, port?: number): Promise<ServiceProcess> {
  const service = await startService(
    { DATA_DIR: mkdtempSync(join(tmpdir(), 'stepwise-')), ...settings },
    port,
  );
  services.push(service);
  return service;
}

async function served(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('stepwise-cds check, of a deployment', () => {
  test('in development: everybody may call, and a chart is read from its FHIR server', async () => {
    const { url } = await started({});
    const { status, output } = await stepwise([
      ...['check', url],
      ...['--patient=article', `--fhir-server=${url}/sandbox/fhir`],
    ]);
    expect(output.split('\n')).toEqual([
      'note   the address is plain http, which is fit for this machine alone',
      expect.stringMatching(/^ok {5}it runs, version \d+\.\d+\.\d+$/),
      'ok     it says that it is ready',
      'ok     sij-neurectomy-review is offered for order-sign and order-select',
      'ok     the public CDS Hooks sandbox may call it from a browser',
      'note   anybody may call it: fit for development alone (STEPWISE_CLIENTS)',
      'ok     a chart was read whole and reviewed: 3 card(s)',
      '',
      'Nothing is wrong.',
      '',
    ]);
    expect(status).toBe(0);
  });

  test('with trusted clients: a test client signs, and what must be turned away is', async () => {
    const [folder, port] = [newFolder(), await freePort()];
    const publicUrl = `http://127.0.0.1:${port}`;
    const made = await stepwise([
      ...['test-client', folder, '--issuer=https://ehr.example'],
      `--fhir-server=${publicUrl}/sandbox/fhir`,
    ]);
    expect(made).toEqual({ status: 0, output: `${join(folder, 'clients.json')}\n` });
    expect(statSync(join(folder, 'private-key.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, 'clients.json'), 'utf8')).not.toContain('"d"');

    const settings = { STEPWISE_CLIENTS: join(folder, 'clients.json'), CORS_ORIGINS: 'https://ehr.example' };
    await started(settings, port);
    const bare = await stepwise(['check', publicUrl]);
    expect(bare.output).toContain('ok     a call without a token is turned away');
    expect(bare.output).toContain('note   calls were not tried: name a test client');
    expect(bare.output).toContain('note   the public CDS Hooks sandbox may not call it from a browser');

    const chart = ['--patient=article', `--fhir-server=${publicUrl}/sandbox/fhir`];
    const { status, output } = await stepwise(['check', publicUrl, `--client=${folder}`, ...chart]);
    for (const line of [
      'a call with a good token is answered',
      'the same token a second time is turned away',
      'a token made for another address is turned away',
      'feedback reaches it',
      'a chart was read whole and reviewed: 3 card(s)',
    ])
      expect(output).toContain(`ok     ${line}\n`);
    expect(status).toBe(0);

    const token = await stepwise(['token', folder, `--audience=${publicUrl}${SERVICE}`]);
    expect(token.output).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const again = await stepwise([
      'test-client',
      folder,
      '--issuer=https://x.example',
      '--fhir-server=http://x',
    ]);
    expect(again).toEqual({ status: 1, output: `stepwise-cds: ${folder}: has a key already\n` });
  });

  test('a key that is not trusted is said so, and the command fails', async () => {
    const [trusted, foreign] = [newFolder(), newFolder()];
    for (const folder of [trusted, foreign])
      await stepwise([
        'test-client',
        folder,
        '--issuer=https://ehr.example',
        '--fhir-server=http://127.0.0.1:1/fhir',
      ]);
    const { url } = await started({ STEPWISE_CLIENTS: join(trusted, 'clients.json') });
    const { status, output } = await stepwise(['check', url, `--client=${foreign}`]);
    expect(output).toMatch(/wrong {2}a call with a token of https:\/\/ehr\.example .* is the key trusted/);
    expect(output).toContain('One thing has to be mended.');
    expect(status).toBe(1);
  });
});

describe('stepwise-cds check, of a FHIR server', () => {
  test('the sandbox: everything is read, by itself and in one call', async () => {
    const { url } = await started({});
    const { status, output } = await stepwise(['check', `${url}/sandbox/fhir`, '--patient=article']);
    expect(output).toContain('ok     it speaks FHIR R4 (4.0.1)\n');
    expect(output).toMatch(/^ok {5}Procedure: 5 read in \d+ ms$/m);
    expect(output).toMatch(/^ok {5}in one call everything came in time/m);
    expect(status).toBe(0);
  });

  test('what is refused, cut short or of another FHIR is said in plain words, and nothing of the patient', async () => {
    const tokens = new Set<string | undefined>();
    const base = await served((request, response) => {
      tokens.add(request.headers.authorization);
      const [path = ''] = (request.url ?? '').split('?');
      const [status, body] = answerOf(path);
      response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
    });
    const { status, output } = await stepwise(['check', base, '--patient=secret-id'], {
      FHIR_TOKEN: 'secret-token',
    });
    expect(output).toContain('wrong  it speaks FHIR 5.0.0; this service reads R4 (4.0.1)\n');
    expect(output).toContain('wrong  Procedure cannot be read: the token does not allow it');
    expect(output).toMatch(/^note {3}Condition: 1 read in \d+ ms, and not all there is: a further page/m);
    expect(output).toMatch(/^note {3}in one call not all came in time .*procedures/m);
    expect(output).toMatch(/things have to be mended\.\n$/);
    expect(output).not.toMatch(/secret|Gonarthrosis/);
    expect([...tokens]).toEqual(expect.arrayContaining([undefined, 'Bearer secret-token']));
    expect(status).toBe(1);
  });

  /** Statuses and bodies of a server that is not what it should be. */
  function answerOf(path: string): readonly [number, object] {
    if (path === '/metadata') return [200, { resourceType: 'CapabilityStatement', fhirVersion: '5.0.0' }];
    if (path === '/cds-services') return [404, {}];
    if (path.startsWith('/Procedure')) return [403, { resourceType: 'OperationOutcome' }];
    if (path.startsWith('/Patient')) return [200, { resourceType: 'Patient', id: 'secret-id' }];
    const entry = path.startsWith('/Condition')
      ? [
          {
            resource: {
              resourceType: 'Condition',
              id: 'c',
              subject: { reference: 'Patient/secret-id' },
              code: { text: 'Gonarthrosis' },
            },
          },
        ]
      : [];
    const link = path.startsWith('/Condition')
      ? [{ relation: 'next', url: 'https://elsewhere.example/next' }]
      : [];
    return [200, { resourceType: 'Bundle', type: 'searchset', entry, link }];
  }

  test('without a patient it says what it needs', async () => {
    const base = await served((request, response) => {
      const isMetadata = request.url === '/metadata';
      response.writeHead(isMetadata ? 200 : 404, { 'content-type': 'application/json' });
      response.end(isMetadata ? '{"resourceType":"CapabilityStatement","fhirVersion":"4.0.1"}' : '{}');
    });
    const { status, output } = await stepwise(['check', base]);
    expect(output).toContain('name a patient that may be read (--patient=<id>)');
    expect(status).toBe(1);
  });
});

describe('stepwise-cds check, of something else', () => {
  test('nothing answers', async () => {
    const port = await freePort();
    const { status, output } = await stepwise(['check', `http://127.0.0.1:${port}`]);
    expect(output).toContain(`wrong  nothing answers at http://127.0.0.1:${port} (ECONNREFUSED)\n`);
    expect(status).toBe(1);
  });

  test('a web site', async () => {
    const base = await served((_request, response) => response.end('<html>welcome</html>'));
    const { output } = await stepwise(['check', base]);
    expect(output).toContain('is neither a CDS Hooks service (status 200) nor a FHIR server (status 200)');
  });

  test.each([
    ['no address', ['check']],
    ['an address with a password', ['check', 'https://a:b@ehr.example']],
    ['a test client of nobody', ['test-client', 'x']],
    ['a token for nothing', ['token', 'x']],
  ])('%s: the usage, and 2', async (_name, words) => {
    const { status, output } = await stepwise(words);
    expect(output).toContain('stepwise-cds check <base URL>');
    expect(status).toBe(2);
  });

  test('a folder without a key', async () => {
    const { status, output } = await stepwise(['token', newFolder(), '--audience=http://x']);
    expect(output).toMatch(/private-key\.json: is no key of a test client\n$/);
    expect(status).toBe(1);
  });
});
