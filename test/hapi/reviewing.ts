import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { createListener } from '../../src/app.js';
import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import type { Evaluation } from '../../src/evaluation/evaluation.js';
import { createLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { createSandbox } from '../../src/sandbox/sandbox.js';

export const SERVICE = 'sij-neurectomy-review';
export const TOKEN = 'SECRET-T';

export interface Answer {
  readonly status: number;
  readonly text: string;
  /** From the first byte of the call to the last of its answer. */
  readonly milliseconds: number;
  readonly body: Partial<CdsResponse> & {
    readonly extension?: { readonly 'stepwise-cds.evaluation': Evaluation };
    readonly issue?: readonly { readonly details: { readonly text: string } }[];
  };
}

/** The service as it is served, on a socket, with a memory of servers of its own. */
export class Reviewing {
  readonly log: string[] = [];
  readonly #server: Server;
  readonly #composed: ReturnType<typeof composeServices>;
  readonly #metrics = createMetrics({ processMetrics: false });

  constructor(deadlineMs: number) {
    const config = { ...readConfig({}), deadlineMs };
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        this.log.push(chunk.toString());
        done();
      },
    });
    const log = createLog({ level: 'debug', stream, now: () => new Date(0) });
    const newUuid = () => crypto.randomUUID();
    const date = () => new Date('2026-03-20T12:00:00Z');
    const ambient = { now: () => performance.now(), date, random: () => 0.5, newUuid };
    const metrics = this.#metrics;
    this.#composed = composeServices({ config, log, metrics, ambient });
    const { services } = this.#composed;
    this.#server = createServer(
      createListener({ config, services, log, metrics, clock: performance, newUuid }),
    );
  }

  async start(): Promise<this> {
    await this.#composed.rehearse();
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  async review(request: object): Promise<Answer> {
    const { port } = this.#server.address() as AddressInfo;
    const began = performance.now();
    const response = await fetch(`http://127.0.0.1:${port}/cds-services/${SERVICE}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    });
    const text = await response.text();
    const milliseconds = performance.now() - began;
    return { status: response.status, text, milliseconds, body: JSON.parse(text) as Answer['body'] };
  }

  metrics(): Promise<string> {
    return this.#metrics.render();
  }

  get prefetch() {
    return this.#composed.services[0]?.definition.prefetch ?? {};
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.#composed.close();
  }
}

const sandbox = createSandbox({
  now: () => Date.now(),
  randomId: () => crypto.randomUUID(),
  wait: () => Promise.resolve(),
});

/** The call of the source article's patient. @param prefetch templates by key, of which the call brings the results */
export function articleCall(
  fhirServer: string,
  prefetch: Readonly<Record<string, { readonly template: string }>> = {},
) {
  const request = sandbox.orderSign('article', {
    sandboxUrl: fhirServer,
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    prefetch,
  });
  return {
    ...request,
    fhirAuthorization: {
      ...{ access_token: TOKEN, token_type: 'Bearer', expires_in: 300 },
      ...{ scope: 'user/*.read', subject: 'cds-service' },
    },
  };
}
