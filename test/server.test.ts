import { execFile } from 'node:child_process';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import { connect, type SecureVersion } from 'node:tls';
import { promisify } from 'node:util';
import { drain, listen, portOf } from '../src/server.js';

const run = promisify(execFile);

const HOST = '127.0.0.1';

/** A server whose answers wait until they are let go. */
async function waiting() {
  const held: (() => void)[] = [];
  const server = await listen(
    (_request, response) => {
      held.push(() => response.end('done'));
    },
    { host: HOST, port: 0 },
  );
  const get = () =>
    new Promise<string>((resolve, reject) => {
      http
        .get({ host: HOST, port: portOf(server), agent: false }, (response) => {
          response.on('data', (chunk: Buffer) => {
            resolve(chunk.toString());
          });
        })
        .on('error', (error: NodeJS.ErrnoException) => {
          reject(new Error(error.code));
        });
    });
  return { server, held, get };
}

test('a server that drains finishes the call under way and takes no new one', async () => {
  const { server, held, get } = await waiting();
  const underWay = get();
  await new Promise((resolve) => server.once('request', resolve));
  const drained = drain(server);
  await expect(get()).rejects.toThrow('ECONNREFUSED');
  held.forEach((answer) => {
    answer();
  });
  expect(await underWay).toBe('done');
  await drained;
  expect(server.listening).toBe(false);
});

test('a server that drains keeps no connection open after the answer to the call under way', async () => {
  const { server, held } = await waiting();
  const agent = new http.Agent({ keepAlive: true });
  const answered = new Promise<http.IncomingMessage>((resolve) =>
    http.get({ host: HOST, port: portOf(server), agent }, resolve),
  );
  await new Promise((resolve) => server.once('request', resolve));
  const drained = drain(server);
  held.forEach((answer) => {
    answer();
  });
  const answer = await answered;
  answer.resume();
  expect(answer.headers.connection).toBe('close');
  await drained;
  agent.destroy();
});

test('an address in use stops the start, by name', async () => {
  const { server } = await waiting();
  await expect(listen(() => undefined, { host: HOST, port: portOf(server) })).rejects.toThrow(
    /HOST, PORT.*EADDRINUSE/,
  );
  await drain(server);
});

describe('ERR-1: what is no HTTP request is refused like everything else', () => {
  const answerTo = async (bytes: string): Promise<string> => {
    const server = await listen((request, response) => response.end(request.url), { host: HOST, port: 0 });
    const socket = net.connect(portOf(server), HOST);
    let answer = '';
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
    socket.write(bytes);
    await new Promise((resolve) => socket.once('close', resolve));
    await drain(server);
    return answer;
  };
  const get = (headers: string) => `GET /x HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${headers}\r\n`;

  test.each([
    ['bytes of another protocol', '\x16\x03\x01\x02\r\n\r\n', 400],
    ['a method that HTTP does not know', 'FOO / HTTP/1.1\r\n\r\n', 400],
    ['two lengths', get('Content-Length: 1\r\nContent-Length: 2\r\n'), 400],
    ['a length and chunks', get('Content-Length: 1\r\nTransfer-Encoding: chunked\r\n'), 400],
    ['a header of 20 kB', get(`X: ${'x'.repeat(20_000)}\r\n`), 431],
  ])('%s', async (_name, bytes, status) => {
    const [head = '', body = ''] = (await answerTo(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain(`Content-Length: ${body.length}`);
    expect(JSON.parse(body)).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'error' }],
    });
  });

  test('an expectation that nobody knows is ignored', async () => {
    expect(await answerTo(get('Expect: something\r\n'))).toMatch(/^HTTP\/1.1 200 /);
  });
});

describe('TR-2: TLS by own key files', () => {
  // Made for these tests, for localhost, and trusted by nobody.
  const tls = { keyFile: 'test/tls/localhost.key.pem', certFile: 'test/tls/localhost.cert.pem' };
  const start = () => listen((_request, response) => response.end('done'), { host: HOST, port: 0, tls });

  const versionOf = (port: number, maxVersion: SecureVersion): Promise<string | null> =>
    new Promise((resolve) => {
      const minVersion = 'TLSv1';
      const options = { host: HOST, port, minVersion, maxVersion, rejectUnauthorized: false } as const;
      const socket = connect({ ...options, ciphers: 'ALL@SECLEVEL=0' }, () => {
        resolve(socket.getProtocol());
        socket.destroy();
      });
      socket.on('error', () => {
        resolve(null);
      });
    });

  test.each([40_000, 200_000])('takes call after call after an answer of %d bytes', async (bytes) => {
    const answer = 'x'.repeat(bytes);
    const listener: http.RequestListener = (request, response) => {
      request.resume().once('end', () => setImmediate(() => response.end(answer)));
    };
    const server = await listen(listener, { host: HOST, port: 0, tls });
    const client = await run(process.execPath, ['test/tls/posting.mjs', String(portOf(server)), '12', '25']);
    server.close();
    expect(JSON.parse(client.stdout)).toEqual({ 200: 300 });
  });

  test.each<[SecureVersion, string | null]>([
    ['TLSv1.3', 'TLSv1.3'],
    ['TLSv1.2', 'TLSv1.2'],
    ['TLSv1.1', null],
    ['TLSv1', null],
  ])('a client that speaks %s at most gets %s', async (version, spoken) => {
    const server = await start();
    expect(await versionOf(portOf(server), version)).toBe(spoken);
    await drain(server);
  });

  test('it answers', async () => {
    const server = await start();
    const status = await new Promise((resolve, reject) => {
      const options = { host: HOST, port: portOf(server), agent: false, rejectUnauthorized: false };
      https
        .get(options, (response) => {
          response.resume();
          resolve(response.statusCode);
        })
        .on('error', reject);
    });
    expect(status).toBe(200);
    await drain(server);
  });

  test.each([
    ['a file that is not there', { ...tls, keyFile: '/nowhere/key.pem' }, /^TLS_KEY_FILE: .*ENOENT/],
    ['a file that is no key', { ...tls, keyFile: 'package.json' }, /^TLS_KEY_FILE, TLS_CERT_FILE/],
  ])('%s stops the start', async (_name, files, message) => {
    await expect(listen(() => undefined, { host: HOST, port: 0, tls: files })).rejects.toThrow(message);
  });
});
