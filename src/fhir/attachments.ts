import pLimit from 'p-limit';
import { isJsonObject } from '../cds-hooks/json.js';
import type { Body, Exchange } from './ehr-client.js';
import { missingOf } from './failure.js';
import { resolveUnder } from './fhir-base.js';
import type { Attachment } from './retrieval.js';
import type { Session } from './session.js';

interface Wanted {
  readonly url: string;
  readonly contentType?: string;
}

/**
 * Reads attachments by URL, a few at a time, each URL once. Without a session there is no server to ask.
 *
 * @returns by the URL as it was given
 */
export async function readAttachments(
  session: Session | undefined,
  wanted: readonly Wanted[],
): Promise<ReadonlyMap<string, Attachment>> {
  const atOnce = pLimit(session?.limits.attachmentsAtOnce ?? 1);
  const once = new Map(wanted.map((attachment) => [attachment.url, attachment]));
  const read = [...once.values()].map((attachment) =>
    atOnce(async () => [attachment.url, await readAttachment(session, attachment)] as const),
  );
  return new Map(await Promise.all(read));
}

async function readAttachment(session: Session | undefined, wanted: Wanted): Promise<Attachment> {
  if (!session) return { status: 'unavailable', missing: 'no-server' };
  const url = resolveUnder(session.base, wanted.url, { page: undefined, aliases: session.aliases });
  if (!url || /^[?#]/.test(wanted.url)) return { status: 'unavailable', missing: 'rejected' };
  const type = mimeType(wanted.contentType);
  const first = await send(session, url, type ? `${type}, ${FHIR_JSON};q=0.9` : `${FHIR_JSON}, */*;q=0.8`);
  const refused = first.kind === 'failure' && NOT_NEGOTIABLE.has(first.status ?? 0);
  return toAttachment(refused ? await send(session, url, FHIR_JSON) : first, type);
}

const FHIR_JSON = 'application/fhir+json';
/** Answers of servers that take one type in Accept. */
const NOT_NEGOTIABLE: ReadonlySet<number> = new Set([400, 406, 415]);

function send(session: Session, url: URL, accept: string): Promise<Exchange<Body>> {
  return session.readBody({ url, accept, budget: session.budget.part(session.limits.attachmentBytes) });
}

// `ASCII Text` and the like occur where a MIME type should stand.
function mimeType(text: string | undefined): string | undefined {
  return /^\s*([a-z]+\/[a-z0-9.+-]+)/i.exec(text ?? '')?.[1]?.toLowerCase();
}

function toAttachment(exchange: Exchange<Body>, asked: string | undefined): Attachment {
  if (exchange.kind === 'failure') {
    const gone = exchange.status === 404 || exchange.status === 410;
    return { status: 'unavailable', missing: gone ? 'not-found' : missingOf(exchange) };
  }
  const { contentType, bytes } = exchange.answer;
  const type = mimeType(contentType);
  if (bytes.length === 0) return SERVER_ERROR;
  if (type !== undefined && /json$/.test(type) && type !== asked) return fromFhir(bytes, asked);
  // A login page with status 200, in place of a document that is no HTML.
  if (type === 'text/html' && asked !== undefined && asked !== type) return SERVER_ERROR;
  const unnamed = type === undefined || type === 'application/octet-stream' || type === 'binary/octet-stream';
  return {
    status: 'read',
    contentType: unnamed ? (asked ?? 'application/octet-stream') : contentType,
    bytes,
  };
}

const SERVER_ERROR: Attachment = { status: 'unavailable', missing: 'server-error' };

/** The bytes of a Binary wrapped in FHIR JSON. */
function fromFhir(bytes: Uint8Array, asked: string | undefined): Attachment {
  const binary = parse(bytes);
  if (!isJsonObject(binary) || binary['resourceType'] !== 'Binary') return SERVER_ERROR;
  const { data, contentType } = binary;
  if (typeof data !== 'string' || data === '') return SERVER_ERROR;
  const named = typeof contentType === 'string' && contentType !== '' ? contentType : asked;
  return {
    status: 'read',
    contentType: named ?? 'application/octet-stream',
    bytes: new Uint8Array(Buffer.from(data, 'base64')),
  };
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as unknown;
  } catch {
    return undefined;
  }
}
