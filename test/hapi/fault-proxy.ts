import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Bundle } from 'fhir/r4.js';

/** A request that goes through the proxy, and the real server's answer to it for the asking. */
export interface Passing {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Resource type searched or read; empty for a further page, which names none. */
  readonly type: string;
  /** Base URL of this proxy. */
  readonly base: string;
  /** The real answer, its links turned to this proxy. */
  readonly fetch: (moreQuery?: string) => Promise<{ readonly status: number; readonly text: string }>;
  /** Sends the real answer on. */
  readonly pass: () => Promise<void>;
}

export type Fault = (passing: Passing) => Promise<void> | void;

export interface Seen {
  /** Path below the base, and query. */
  readonly url: string;
  readonly authorization: string | undefined;
}

const FHIR = { 'content-type': 'application/fhir+json;charset=UTF-8' };

/** Stands before a real FHIR server and breaks what the fault says; everything else passes as it is. */
export class FaultProxy {
  readonly seen: Seen[] = [];
  /** Most requests that were under way at the same time. */
  overlap = 0;
  #open = 0;
  fault: Fault = ({ pass }) => pass();
  readonly #target: string;
  readonly #server: Server;

  private constructor(target: string) {
    this.#target = target;
    this.#server = createServer((request, response) => {
      this.#open += 1;
      this.overlap = Math.max(this.overlap, this.#open);
      response.on('close', () => (this.#open -= 1));
      this.seen.push({ url: this.#below(request), authorization: request.headers.authorization });
      // A caller that has gone is no failure of the proxy.
      Promise.resolve(this.fault(this.#passing(request, response))).catch(() => response.destroy());
    });
  }

  /** @param target base URL of the real server */
  static async start(target: string): Promise<FaultProxy> {
    const proxy = new FaultProxy(target);
    await new Promise<void>((resolve) => proxy.#server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/fhir`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }

  #below({ url = '' }: IncomingMessage): string {
    return url.replace(/^\/fhir\/?/, '');
  }

  #passing(request: IncomingMessage, response: ServerResponse): Passing {
    const below = this.#below(request);
    const fetchReal = async (more = '') => {
      const answer = await fetch(`${this.#target}${below.startsWith('?') ? '' : '/'}${below}${more}`, {
        headers: { accept: request.headers.accept ?? 'application/fhir+json' },
      });
      const text = (await answer.text()).replaceAll(this.#target, this.base);
      return { status: answer.status, text };
    };
    return {
      request,
      response,
      type: /^[A-Za-z]*/.exec(below)?.[0] ?? '',
      base: this.base,
      fetch: fetchReal,
      pass: async () => {
        const { status, text } = await fetchReal();
        if (!response.destroyed) response.writeHead(status, FHIR).end(text);
      },
    };
  }
}

/** Holds no process back that has nothing else to do. */
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

// Ways a FHIR server fails.

export const late =
  (ms: number): Fault =>
  async ({ pass }) => {
    await wait(ms);
    await pass();
  };

export const never: Fault = () => undefined;

export const reset: Fault = ({ request }) => {
  request.socket.resetAndDestroy();
};

export const halfBody: Fault = async ({ response, fetch }) => {
  const { text } = await fetch();
  response.writeHead(200, { ...FHIR, 'content-length': Buffer.byteLength(text) });
  response.write(text.slice(0, text.length / 2), () => response.destroy());
};

/** The real answer under a media type that is not FHIR's. */
export const labelled =
  (contentType: string): Fault =>
  async ({ response, fetch }) => {
    response.writeHead(200, { 'content-type': contentType }).end((await fetch()).text);
  };

export const page: Fault = ({ response }) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Please log in</body></html>');
};

export const status =
  (code: number, headers: Readonly<Record<string, string>> = {}): Fault =>
  ({ response }) => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'processing' }] };
    response.writeHead(code, { ...FHIR, ...headers }).end(JSON.stringify(outcome));
  };

/** The real answer, a few bytes every 20 ms. */
export const drip: Fault = async ({ response, fetch }) => {
  const { text } = await fetch();
  response.writeHead(200, FHIR);
  for (let at = 0; at < text.length && !response.destroyed; at += 8) {
    response.write(text.slice(at, at + 8));
    await wait(20);
  }
  response.end();
};

/** More than anybody wants, a megabyte every 50 ms. */
export const flood: Fault = async ({ response }) => {
  response.writeHead(200, FHIR).write('{"resourceType":"Bundle","entry":[{"resource":{"x":"');
  const chunk = 'x'.repeat(1 << 20);
  while (!response.destroyed) {
    response.write(chunk);
    await wait(50);
  }
};

export const announced: Fault = ({ response }) => {
  response.writeHead(200, { ...FHIR, 'content-length': 10 ** 10 }).write('{');
};

export const redirect =
  (to: string): Fault =>
  ({ response, request }) => {
    response.writeHead(302, { location: `${to}${request.url ?? ''}` }).end();
  };

interface Pages {
  readonly type: string;
  /** Changes the link to the second page. */
  readonly next?: (link: string) => string;
  /** In place of the second page and those behind it. */
  readonly further?: Fault;
}

/** Searches of one type come in pages of two. */
export const pages =
  ({ type, next = (link) => link, further = ({ pass }) => pass() }: Pages): Fault =>
  async (passing) => {
    if (passing.type === '') return further(passing);
    if (passing.type !== type) return passing.pass();
    const { text } = await passing.fetch('&_count=2');
    passing.response.writeHead(200, FHIR).end(withNext(text, next));
  };

function withNext(text: string, next: (link: string) => string): string {
  const bundle = JSON.parse(text) as Bundle;
  const link = (bundle.link ?? []).map(({ relation, url }) => ({
    relation,
    url: relation === 'next' ? next(url) : url,
  }));
  return JSON.stringify({ ...bundle, link });
}

/** A further page, 100 ms late, without anything new and with a link to yet another one. */
export const anotherPage: Fault = async ({ request, response, base }) => {
  await wait(100);
  const count = Number(/another=(\d+)/.exec(request.url ?? '')?.[1] ?? 0) + 1;
  const link = [{ relation: 'next', url: `${base}?_getpages=x&another=${count}` }];
  const bundle = { resourceType: 'Bundle', type: 'searchset', link };
  response.writeHead(200, FHIR).end(JSON.stringify(bundle));
};

/** The fault for searches and reads of one type; everything else passes. */
export const only =
  (type: string, fault: Fault): Fault =>
  (passing) =>
    passing.type === type ? fault(passing) : passing.pass();

/** The fault for the first of its kind; the next ones pass. */
export const once = (fault: Fault): Fault => {
  let met = false;
  return (passing) => {
    const first = !met;
    met = true;
    return first ? fault(passing) : passing.pass();
  };
};
