import { Client } from 'fhir-kit-client';
import type { Resource } from 'fhir/r4.js';
import { fetch as fetchBytes } from 'undici';
import { nestsDeeperThan } from '../cds-hooks/json.js';
import type { FhirBase } from './fhir-base.js';
import { failureOf, statusFailure, type Failure } from './failure.js';
import { parseLargeJson } from './large-json.js';
import type { ByteBudget } from './limits.js';
import { isResource } from './searchset.js';
import { Intake, type Transport } from './transport.js';

/** One read: a GET, which may be repeated. */
export interface EhrRequest {
  readonly url: URL;
  /** The server the token came with; the token is sent to URLs under it and nowhere else (FA-5). */
  readonly base: FhirBase;
  readonly token?: string;
  readonly accept?: string;
  /** Aborted with a TimeoutError at the deadline. */
  readonly signal: AbortSignal;
  readonly budget: ByteBudget;
}

export interface Answered<T> {
  readonly kind: 'answer';
  readonly answer: T;
  /** By its status (206) not the whole of what was asked for. */
  readonly partial?: true;
}

export type Exchange<T> = Answered<T> | Failure;

/** A body as it came. */
export interface Body {
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/**
 * The way to a FHIR server: fhir-kit-client for FHIR JSON, plain fetch for the bytes of attachments, which
 * fhir-kit-client would read as text. Neither method throws, and nothing of what a failed answer said leaves here
 * but in `Failure.body`, for whoever mends the query.
 */
export interface EhrClient {
  /** An answer is a JSON object with a resourceType, whatever the type. */
  readResource(request: EhrRequest): Promise<Exchange<Resource>>;
  readBody(request: EhrRequest): Promise<Exchange<Body>>;
}

/** Bodies from this size on are parsed in slices. */
const LARGE_BODY = 512 * 1024;
/** Levels of arrays and objects below a page's root; deeper ones cannot be walked safely and are no FHIR. */
const DEEPEST = 100;

export function createEhrClient(transport: Transport): EhrClient {
  return {
    async readResource(request) {
      const intake = new Intake(request.budget, LARGE_BODY);
      try {
        const parsed = await requestJson(transport, request, intake);
        const answer = intake.large
          ? await parseLargeJson(intake.large, DEEPEST, pauseUntil(request.signal))
          : parsed;
        // A large body was checked while it was read through.
        const readable =
          isResource(answer) && (intake.large !== undefined || !nestsDeeperThan(answer, DEEPEST));
        if (!readable || !ANSWERS.has(intake.status)) return UNREADABLE;
        return { kind: 'answer', answer, ...(intake.status === PARTIAL && { partial: true }) };
      } catch (error) {
        return failureOf(error, intake, request.signal);
      }
    },
    async readBody(request) {
      const intake = new Intake(request.budget, Infinity);
      try {
        return await fetchBody(transport, request, intake);
      } catch (error) {
        return failureOf(error, intake, request.signal);
      }
    },
  };
}

const UNREADABLE = { kind: 'failure', reason: 'unreadable' } as const;
const PARTIAL = 206;
/** Statuses that come with what was asked for. 202 and the others of success promise it, or say that there is none. */
const ANSWERS: ReadonlySet<number> = new Set([200, 201, 203, PARTIAL]);

// A Client for each request: its token and base URL are mutable, and calls of several patients run at once. Only its
// bare request is used: read and search do not encode ids, resolve and nextPage follow foreign addresses.
async function requestJson(transport: Transport, request: EhrRequest, intake: Intake): Promise<unknown> {
  const client = new Client({
    baseUrl: request.base.href,
    requestOptions: { dispatcher: transport.dispatcher(intake), redirect: 'error' },
    ...tokenFor(request, (bearerToken) => ({ bearerToken })),
  });
  const accept = request.accept ?? 'application/fhir+json';
  return client.request(request.url.href, {
    options: { signal: request.signal, headers: { accept, ...ENCODING, ...transport.headers() } },
  });
}

const ENCODING = { 'accept-encoding': 'gzip' };

function tokenFor<T>({ base, url, token }: EhrRequest, use: (token: string) => T): T | undefined {
  return token !== undefined && base.contains(url) ? use(token) : undefined;
}

async function fetchBody(transport: Transport, request: EhrRequest, intake: Intake): Promise<Exchange<Body>> {
  const response = await fetchBytes(request.url, {
    dispatcher: transport.dispatcher(intake),
    redirect: 'error',
    signal: request.signal,
    headers: {
      accept: request.accept ?? '*/*',
      ...ENCODING,
      ...transport.headers(),
      ...tokenFor(request, (token) => ({ authorization: `Bearer ${token}` })),
    },
  });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok) return statusFailure(response.status, response.headers, undefined);
  // A part of a text may lack the very word that turns it.
  if (!ANSWERS.has(response.status) || response.status === PARTIAL) return UNREADABLE;
  return { kind: 'answer', answer: { contentType: response.headers.get('content-type') ?? '', bytes } };
}

function pauseUntil(signal: AbortSignal): () => Promise<void> {
  return async () => {
    await new Promise(setImmediate);
    signal.throwIfAborted();
  };
}
