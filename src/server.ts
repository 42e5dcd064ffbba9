import { readFileSync } from 'node:fs';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getDefaultHighWaterMark, setDefaultHighWaterMark, type Duplex } from 'node:stream';
import { StartupError } from './errors.js';

/** Milliseconds a whole request may take to arrive; a body that drips is cut off then. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Longer than the idle time of the usual proxies, so that it is they who close first. */
const KEEP_ALIVE_MS = 75_000;

/** Milliseconds that calls under way get when the service stops. */
const DRAIN_MS = 10_000;

/** Paths of PEM files: a private key, and the certificate with those that lead to its root. */
export interface TlsFiles {
  readonly keyFile: string;
  readonly certFile: string;
}

export interface Address {
  readonly host: string;
  readonly port: number;
  /** Absent: plain http, for loopback or behind a proxy. */
  readonly tls?: TlsFiles;
}

/**
 * Takes calls on an address. Before a listener sees a request, it is refused where two readers of its bytes could take
 * it for two different ones: by node's strict parser, and here where it names no Host, or more than one.
 *
 * @throws StartupError when the address cannot be listened on, or the files of TLS are of no use */
export async function listen(listener: RequestListener, { host, port, tls }: Address): Promise<Server> {
  const open = new Set<ServerResponse>();
  const answering = remembering(open, withOneHost(listener));
  // Whether there is a Host is looked at below, so that the answer is as of every other refusal.
  const options = {
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    requireHostHeader: false,
  };
  const server: Server = tls ? tlsServer(answering, options, tls) : createServer(options, answering);
  OPEN_ANSWERS.set(server, open);
  server.on('clientError', refuse);
  // RFC 9110, 10.1.1: an expectation that nobody knows may be ignored.
  server.on('checkExpectation', answering);
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

/** Answers that are not sent yet, of each server. */
const OPEN_ANSWERS = new WeakMap<Server, Set<ServerResponse>>();

function remembering(open: Set<ServerResponse>, listener: RequestListener): RequestListener {
  return (request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    listener(request, response);
  };
}

const STATUS_OF_CODES: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  HPE_CHUNK_EXTENSIONS_OVERFLOW: '413 Payload Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

const OUTCOME = JSON.stringify({
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'structure', details: { text: 'the request is no valid HTTP' } }],
});

const OUTCOME_HEADERS = {
  'Content-Type': 'application/json; charset=utf-8',
  'Content-Length': OUTCOME.length,
};

// RFC 9112, 3.2: one Host in each request of HTTP/1.1, and never two: a proxy before us may have read the other.
function withOneHost(listener: RequestListener): RequestListener {
  return (request, response) => {
    const hosts = hostsIn(request.rawHeaders);
    if (hosts === 1 || (hosts === 0 && request.httpVersion === '1.0')) listener(request, response);
    else response.writeHead(400, { ...OUTCOME_HEADERS, Connection: 'close' }).end(OUTCOME);
  };
}

function hostsIn(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2)
    if (rawHeaders[index]?.length === 4 && rawHeaders[index]?.toLowerCase() === 'host') hosts += 1;
  return hosts;
}

/** Answers what was no HTTP request, so that no listener saw it, as everything else is refused (ERR-1). */
function refuse(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const status = STATUS_OF_CODES[error.code ?? ''] ?? '400 Bad Request';
  const headers = Object.entries({ ...OUTCOME_HEADERS, Connection: 'close' }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  );
  socket.end(`HTTP/1.1 ${status}\r\n${headers.join('')}\r\n${OUTCOME}`);
}

/**
 * Bytes of an answer that may wait in a connection. Over it node stops its parser, and what else of the next request
 * comes over TLS is refused as no HTTP (HPE_PAUSED); node 20's own 16 kB are less than a usual answer has, and 22's 64 kB
 * less than one to many orders.
 */
const WAITING_BYTES = 256 * 1024;

// TR-2: nothing below TLS 1.2, whatever the process was told by its command line.
function tlsServer(listener: RequestListener, options: object, { keyFile, certFile }: TlsFiles): Server {
  setDefaultHighWaterMark(false, Math.max(WAITING_BYTES, getDefaultHighWaterMark(false)));
  const key = readPem('TLS_KEY_FILE', keyFile);
  const cert = readPem('TLS_CERT_FILE', certFile);
  try {
    return createTlsServer({ ...options, key, cert, minVersion: 'TLSv1.2' }, listener);
  } catch {
    throw new StartupError('TLS_KEY_FILE, TLS_CERT_FILE', 'are no key and certificate that belong together');
  }
}

function readPem(name: string, path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartupError(name, `the file it names cannot be read (${code})`);
  }
}

/** The port in use: the one asked for, or the one the system gave for 0. */
export function portOf(server: Server): number {
  const address: AddressInfo | string | null = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/**
 * Takes no new connection, lets calls under way finish within bounds, then cuts what is left. Their answers are the last
 * of their connections: a proxy that keeps one open would send the next call into the end.
 */
export async function drain(server: Server): Promise<void> {
  const cut = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  for (const response of OPEN_ANSWERS.get(server) ?? [])
    if (!response.headersSent) response.setHeader('Connection', 'close');
  await new Promise<void>((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
  clearTimeout(cut);
}
