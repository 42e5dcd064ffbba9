import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from './errors.js';

/** Milliseconds a whole request may take to arrive; a body that drips is cut off then. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Longer than the idle time of the usual proxies, so that it is they who close first. */
const KEEP_ALIVE_MS = 75_000;

/** Milliseconds that calls under way get when the service stops. */
const DRAIN_MS = 10_000;

/** @throws StartupError when the address cannot be listened on */
export async function listen(listener: RequestListener, host: string, port: number): Promise<Server> {
  const server = createServer(
    { requestTimeout: REQUEST_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS },
    listener,
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(
        new StartupError('HOST, PORT', `cannot listen on ${host}:${port} (${error.code ?? error.name})`),
      );
    });
    server.listen(port, host, resolve);
  });
  return server;
}

/** The port in use: the one asked for, or the one the system gave for 0. */
export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Takes no new connection, lets calls under way finish within bounds, then cuts what is left. */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
