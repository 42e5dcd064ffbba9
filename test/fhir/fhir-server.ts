import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { HookRequest, Json, JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import type { PrefetchKey } from '../../src/cds-hooks/service.types.js';
import { allowList } from '../../src/fhir/fhir-base.js';
import { createRetriever } from '../../src/fhir/retrieve.js';
import type { Retrieval } from '../../src/fhir/retrieval.js';
import type { Retriever, RetrieverOptions } from '../../src/fhir/retriever.types.js';

/** A request as the server saw it. */
export interface Seen {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly accept: string | undefined;
}

export type Behaviour = (request: IncomingMessage, response: ServerResponse) => unknown;

/** A FHIR server on loopback that behaves as told, well or badly, and remembers what it was asked. */
export class FakeFhirServer {
  readonly seen: Seen[] = [];
  /** Most requests that were under way at the same time. */
  overlap = 0;
  #open = 0;
  readonly #server: Server;

  private constructor(behaviour: Behaviour) {
    this.#server = createServer((request, response) => {
      const { authorization, accept } = request.headers;
      this.seen.push({ url: request.url ?? '', authorization, accept });
      this.#open += 1;
      this.overlap = Math.max(this.overlap, this.#open);
      response.on('close', () => (this.#open -= 1));
      behaviour(request, response);
    });
  }

  static async start(behaviour: Behaviour): Promise<FakeFhirServer> {
    const fake = new FakeFhirServer(behaviour);
    await new Promise<void>((resolve) => fake.#server.listen(0, '127.0.0.1', resolve));
    return fake;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  get base(): string {
    return `${this.origin}/fhir/r4`;
  }

  get urls(): string[] {
    return this.seen.map(({ url }) => url);
  }

  get sockets(): Promise<number> {
    return new Promise((resolve) => this.#server.getConnections((_error, count) => resolve(count)));
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}

export const sendJson = (response: ServerResponse, body: unknown, status = 200): void => {
  response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
};

export const resource = (type: string, id: string, more: JsonObject = {}): JsonObject => ({
  resourceType: type,
  id,
  subject: { reference: 'Patient/p1' },
  ...more,
});

export const searchset = (resources: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry: resources.map((item) => ({
    resource: item,
    search: { mode: item['resourceType'] === 'OperationOutcome' ? 'outcome' : 'match' },
  })),
  ...more,
});

export const outcome = (severity: string, code: string, detail?: string): JsonObject => ({
  resourceType: 'OperationOutcome',
  issue: [
    { severity, code, ...(detail && { details: { coding: [{ system: 'urn:oid:1.2', code: detail }] } }) },
  ],
});

export const nextLink = (url: string): JsonObject => ({ link: [{ relation: 'next', url }] });

/** The type of a search or read. */
export const typeOf = (request: IncomingMessage): string =>
  /\/fhir\/r4\/([A-Za-z]+)/.exec(request.url ?? '')?.[1] ?? '';

/** Answers every search with one resource of its type, and every read with the resource. */
export const healthy: Behaviour = (request, response) => {
  const type = typeOf(request);
  sendJson(
    response,
    type === 'Patient' ? resource('Patient', 'p1') : searchset([resource(type, `${type}-1`)]),
  );
};

export const PREFETCH: Readonly<Record<string, PrefetchKey>> = {
  conditions: { kind: 'conditions', template: 'Condition?patient={{context.patientId}}' },
  procedures: { kind: 'procedures', template: 'Procedure?patient={{context.patientId}}' },
  reports: { kind: 'diagnosticReports', template: 'DiagnosticReport?patient={{context.patientId}}' },
};
export const CONDITIONS = { conditions: PREFETCH['conditions']! };

export interface Situation {
  readonly server?: FakeFhirServer | string;
  readonly token?: string;
  readonly prefetch?: Readonly<Record<string, Json>>;
  readonly userId?: string;
}

export const hookRequest = ({
  server,
  token = 'T',
  prefetch = {},
  userId = 'Practitioner/u1',
}: Situation): HookRequest => {
  const fhirServer = typeof server === 'string' ? server : server?.base;
  return {
    hook: 'order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    context: { userId, patientId: 'p1', draftOrders: [] },
    prefetch,
    ...(fhirServer !== undefined && { fhirServer }),
    ...(fhirServer !== undefined &&
      token !== '' && {
        fhirAuthorization: { accessToken: token, scope: 'user/*.read', subject: 'cds', expiresIn: 300 },
      }),
  };
};

/** What was started in a test and is stopped after it. */
export class Stage {
  readonly #started: { stop: () => Promise<void> }[] = [];
  readonly events: unknown[] = [];

  async server(behaviour: Behaviour): Promise<FakeFhirServer> {
    const server = await FakeFhirServer.start(behaviour);
    this.#started.push(server);
    return server;
  }

  retriever(options: Partial<RetrieverOptions> = {}): Retriever {
    const retriever = createRetriever({
      allowed: allowList([], 'loopback'),
      now: () => performance.now(),
      random: () => 0,
      log: (event) => this.events.push(event),
      ...options,
    });
    this.#started.push({ stop: () => retriever.close() });
    return retriever;
  }

  async clear(): Promise<void> {
    for (const started of this.#started.splice(0).reverse()) await started.stop();
    this.events.length = 0;
  }
}

/** A deadline that nothing but a hang meets, however busy the machine. */
export const soon = (milliseconds = 15_000): number => performance.now() + milliseconds;

/** `Type/id` of what was retrieved. */
export const idsOf = (retrieval: Retrieval | undefined): string[] =>
  retrieval && retrieval.status !== 'unavailable'
    ? retrieval.items.map((item) => `${item.resourceType}/${item.id ?? ''}`)
    : [];
