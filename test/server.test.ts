import http from 'node:http';
import { drain, listen, portOf } from '../src/server.js';

const HOST = '127.0.0.1';

/** A server whose answers wait until they are let go. */
async function waiting() {
  const held: (() => void)[] = [];
  const server = await listen(
    (_request, response) => {
      held.push(() => response.end('done'));
    },
    HOST,
    0,
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

test('an address in use stops the start, by name', async () => {
  const { server } = await waiting();
  await expect(listen(() => undefined, HOST, portOf(server))).rejects.toThrow(/HOST, PORT.*EADDRINUSE/);
  await drain(server);
});
