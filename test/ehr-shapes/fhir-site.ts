import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JsonMap } from './json.js';

/** What a FHIR server answers: a resource, or bytes of a type of its own. */
export interface Answer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: JsonMap | string | Uint8Array;
}

export interface Asked {
  /** Resource type, then the id of a read. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
  readonly accept: string;
  /** The server's own base URL. */
  readonly base: string;
}

/** A make of FHIR server: how it answers. */
export type Make = (asked: Asked) => Answer;

/** A FHIR server of some make on loopback, at a path as long as the real ones have. */
export class FhirSite {
  /** What was asked: path and query. */
  readonly asked: string[] = [];
  readonly authorizations = new Set<string | undefined>();
  readonly #server: Server;
  readonly #path: string;

  private constructor(make: Make, path: string) {
    this.#path = path;
    this.#server = createServer((request, response) => {
      const url = new URL(request.url ?? '', this.base);
      this.asked.push(decodeURIComponent(`${url.pathname.slice(path.length + 1)}${url.search}`));
      this.authorizations.add(request.headers.authorization);
      const answer = make({
        path: url.pathname.slice(path.length + 1).split('/'),
        query: url.searchParams,
        accept: request.headers.accept ?? '',
        base: this.base,
      });
      const { status = 200, contentType = 'application/fhir+json;charset=utf-8', body } = answer;
      response.writeHead(status, { 'content-type': contentType });
      response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));
    });
  }

  static async start(make: Make, path: string): Promise<FhirSite> {
    const site = new FhirSite(make, path);
    await new Promise<void>((resolve) => site.#server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  get base(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}${this.#path}`;
  }

  async stop(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    this.#server.closeAllConnections();
    await closed;
  }
}
