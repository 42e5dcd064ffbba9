import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createLocalJWKSet, jwtVerify, type JWK } from 'jose';

/** A FHIR server with bulk export and SMART Backend Services, as small as can be; what it was asked stands in `asked`. */
export interface BulkServer {
  readonly base: string;
  /** `GET /fhir/Patient/$export` and so on, in their order; the token in brackets where there was one. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

export interface BulkServerParts {
  /** Public keys of the client; undefined: no token is asked for. */
  readonly keys?: readonly JWK[];
  /** By type, the lines of its file. */
  readonly files: Readonly<Record<string, readonly object[]>>;
  /** Of the files; by default its own. */
  readonly filesAt?: string;
  /** Statuses before the manifest is given. */
  readonly before?: readonly number[];
  /** The first download of each file breaks off. */
  readonly breaksOff?: true;
}

const CLIENT = 'replay-client';

export async function serveBulk(parts: BulkServerParts): Promise<BulkServer> {
  const asked: string[] = [];
  const state = { polls: 0, tokens: 0, broken: new Set<string>() };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.writeHead(500).end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', origin);
    const { authorization } = request.headers;
    asked.push(`${request.method} ${url.pathname}${authorization ? ` (${authorization})` : ''}`);
    if (url.pathname === '/fhir/.well-known/smart-configuration') {
      json(response, { token_endpoint: `${origin}/token` });
      return;
    }
    if (url.pathname === '/token') return token(request, response);
    if (parts.keys && authorization === undefined)
      return void response.writeHead(401).end('{"secret": "Zzyzxley"}');
    if (url.pathname.endsWith('/$export'))
      return void response
        .writeHead(202, { 'content-location': `${origin}/fhir/job/1?${url.searchParams.toString()}` })
        .end();
    if (url.pathname === '/fhir/job/1' && request.method === 'DELETE')
      return void response.writeHead(202).end();
    if (url.pathname === '/fhir/job/1') poll(url, response);
    else file(url, response);
  }

  async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = new URLSearchParams(Buffer.concat(chunks).toString());
    const keys = createLocalJWKSet({ keys: [...(parts.keys ?? [])] });
    const { payload } = await jwtVerify(body.get('client_assertion') ?? '', keys, {
      ...{ issuer: CLIENT, subject: CLIENT, audience: `${origin}/token`, maxTokenAge: 300 },
      requiredClaims: ['jti', 'exp'],
    });
    if (payload.jti === undefined || body.get('grant_type') !== 'client_credentials')
      throw new Error('refused');
    state.tokens += 1;
    json(response, { access_token: `token-${state.tokens}`, expires_in: 300, token_type: 'bearer' });
  }

  function poll(url: URL, response: ServerResponse): void {
    const status = (parts.before ?? [])[state.polls];
    state.polls += 1;
    if (status !== undefined) return void response.writeHead(status, { 'retry-after': '0' }).end();
    json(response, {
      transactionTime: '2026-01-01T00:00:00Z',
      request: `${origin}/fhir/Patient/$export?${url.searchParams.toString()}`,
      requiresAccessToken: parts.keys !== undefined,
      output: Object.keys(parts.files).map((type) => ({
        type,
        url: `${parts.filesAt ?? origin}/files/${type}`,
      })),
      error: [],
    });
  }

  function file(url: URL, response: ServerResponse): void {
    const type = url.pathname.split('/').at(-1) ?? '';
    const text = (parts.files[type] ?? []).map((line) => `${JSON.stringify(line)}\n`).join('');
    response.writeHead(200, { 'content-length': text.length, 'content-type': 'application/fhir+ndjson' });
    if (parts.breaksOff && !state.broken.has(type)) {
      state.broken.add(type);
      response.write(text.slice(0, text.length / 2), () => response.destroy());
    } else response.end(text);
  }

  return {
    ...{ base: `${origin}/fhir`, asked },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

function json(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
