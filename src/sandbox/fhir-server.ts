import { acceptsJson, fhirAnswer, refusalAnswer, type Answer, type FhirRequest } from './answer.js';
import { capabilityStatement } from './capability.js';
import { create, remove, update, type Change } from './change.js';
import { FhirRefusal } from './outcome.js';
import type { Pages } from './pages.js';
import { read } from './read.js';
import { MAXIMUM_PAGE_SIZE, readSearch, runSearch } from './search.js';
import { isKnownType } from './search-parameters.js';
import { searchset } from './searchset.js';
import type { Sessions } from './sessions.js';

export interface FhirServerParts {
  readonly sessions: Sessions;
  readonly pages: Pages;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly randomId: () => string;
}

/**
 * The part of a FHIR R4 server that an EHR's has and this service uses: read, search with paging, and changes within a
 * session. Knows no HTTP library; a refusal is an answer with an OperationOutcome.
 */
export class FhirServer {
  readonly #parts: FhirServerParts;

  constructor(parts: FhirServerParts) {
    this.#parts = parts;
  }

  answer(request: FhirRequest): Answer {
    try {
      return this.#route(request);
    } catch (error) {
      if (error instanceof FhirRefusal) return refusalAnswer(error);
      throw error;
    }
  }

  #route(request: FhirRequest): Answer {
    const [type, id, ...rest] = request.path;
    if (type !== 'Binary' && !acceptsJson(request.header('accept')))
      throw new FhirRefusal(406, 'not-supported', 'Only application/fhir+json is served');
    if (type === undefined) return this.#atBase(request);
    if (type === 'metadata' && id === undefined) return fhirAnswer(200, capabilityStatement(request.base));
    if (!isKnownType(type)) throw new FhirRefusal(404, 'not-supported', 'Unknown resource type');
    if (rest.length > 0) throw new FhirRefusal(404, 'not-found', 'Nothing is served at this address');
    if (id === undefined) return this.#atType(type, request);
    if (id === '_search') return this.#search(type, request);
    return this.#atResource(type, id, request);
  }

  #atBase(request: FhirRequest): Answer {
    if (request.method === 'GET' && request.query.has('_getpages')) return this.#page(request);
    if (request.method === 'DELETE' && request.session !== undefined) {
      this.#parts.sessions.reset(request.session);
      return { status: 204, headers: {} };
    }
    throw new FhirRefusal(400, 'not-supported', 'Name a resource type');
  }

  #atType(type: string, request: FhirRequest): Answer {
    if (request.method === 'GET') return this.#search(type, request);
    if (request.method === 'POST')
      return create(this.#change(request), type, this.#parts.randomId(), request);
    throw notAllowed();
  }

  #atResource(type: string, id: string, request: FhirRequest): Answer {
    switch (request.method) {
      case 'GET':
        return read(this.#parts.sessions.toRead(request.session), type, id, request);
      case 'PUT':
        return update(this.#change(request), type, id, request);
      case 'DELETE':
        return remove(this.#change(request), type, id);
      default:
        throw notAllowed();
    }
  }

  #change(request: FhirRequest): Change {
    const overlay = this.#parts.sessions.toChange(request.session);
    return { overlay, at: new Date(this.#parts.now()).toISOString() };
  }

  #search(type: string, request: FhirRequest): Answer {
    if (request.path[1] === '_search' && request.method !== 'POST') throw notAllowed();
    const query = new URLSearchParams(request.query);
    if (request.method === 'POST')
      for (const [name, value] of new URLSearchParams(request.body)) query.append(name, value);
    const lenient = /\bhandling=lenient\b/.test(request.header('prefer') ?? '');
    const search = readSearch(type, query, lenient);
    const store = this.#parts.sessions.toRead(request.session);
    const snapshot = { search, matches: runSearch(store, search) };
    const page = { base: request.base, offset: 0, size: search.pageSize };
    return fhirAnswer(200, searchset(store, snapshot, page, this.#parts.pages));
  }

  #page(request: FhirRequest): Answer {
    const token = request.query.get('_getpages') ?? '';
    const snapshot = this.#parts.pages.find(token);
    if (!snapshot) throw new FhirRefusal(410, 'not-found', 'This page has expired: search again');
    const offset = count(request.query.get('_getpagesoffset'), 0);
    const size = Math.min(count(request.query.get('_count'), snapshot.search.pageSize), MAXIMUM_PAGE_SIZE);
    const store = this.#parts.sessions.toRead(request.session);
    return fhirAnswer(
      200,
      searchset(store, snapshot, { base: request.base, token, offset, size }, this.#parts.pages),
    );
  }
}

function count(text: string | null, whenAbsent: number): number {
  if (text === null) return whenAbsent;
  if (!/^\d{1,9}$/.test(text)) throw new FhirRefusal(400, 'invalid', 'Invalid paging parameter');
  return Number(text);
}

function notAllowed(): FhirRefusal {
  return new FhirRefusal(405, 'not-supported', 'This method is not served here');
}
