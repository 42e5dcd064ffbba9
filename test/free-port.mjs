import { createServer } from 'node:net';

/** Below those that the system gives to connections, so that only another call of this can have taken it meanwhile. */
const [FIRST, COUNT] = [20_000, 12_000];

/** A port of this machine on which nobody listens now. */
export async function freePort() {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
