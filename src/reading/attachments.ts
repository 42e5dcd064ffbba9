import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { ClientPolicy, Retriever } from '../fhir/retriever.types.js';
import type { Attachment } from '../fhir/retrieval.js';
import {
  wantedAttachments,
  type AttachmentText,
  type AttachmentTexts,
  type WantedAttachment,
} from '../mapping/attachments.js';
import type { Chart } from '../mapping/chart.js';
import { inSlices } from './slices.js';
import { LONGEST_TEXT } from './texts.js';
import { decodeAttachment, decodeInSteps, type Decoded, type DecodeLimits } from '../report-text/index.js';

/** What one attachment may cost; what is over it is unread, and said so. */
const LIMITS: Omit<DecodeLimits, 'timeoutMs'> = {
  maximumBytes: 5_000_000,
  maximumCharacters: LONGEST_TEXT + 1,
};

/** Milliseconds kept for evaluation after the last attachment. */
const RESERVE_MS = 25;
/** Milliseconds that texts are read for at least: where the server took all of the time, what it sent is read. */
const LEAST_MS = 20;

interface AttachmentsCall {
  readonly request: HookRequest;
  readonly client?: ClientPolicy;
  readonly retriever: Retriever;
  readonly deadlineAt: number;
  readonly now: () => number;
}

/**
 * The words of the reports and notes that stand in attachments: inline ones decoded, others fetched, in time. Texts are
 * read one after the other, with pauses for other calls; PDFs meanwhile, in workers of their own.
 */
export async function readAttachments(chart: Chart, call: AttachmentsCall): Promise<AttachmentTexts> {
  const wanted = wantedAttachments(chart);
  if (wanted.length === 0) return new Map();
  const files = filesOf(wanted, await fetchAll(wanted, call));
  const { now } = call;
  const until = Math.max(call.deadlineAt - RESERVE_MS, now() + LEAST_MS);
  const texts = await inSlices(decodeTexts(files, { ...LIMITS, timeoutMs: until - now() }), { now, until });
  const read = texts.map(async ([key, text]) => [key, unlessTooLong(await text)] as const);
  return new Map(await Promise.all(read));
}

function unlessTooLong(text: AttachmentText): AttachmentText {
  const tooLong = text.status === 'read' && text.text.length > LONGEST_TEXT;
  return tooLong ? { status: 'unreadable', why: 'too-large' } : text;
}

async function fetchAll(
  wanted: readonly WantedAttachment[],
  { request, client, retriever, deadlineAt }: AttachmentsCall,
): Promise<ReadonlyMap<string, Attachment>> {
  const urls = wanted.flatMap(({ url, contentType }) => (url ? [{ url, contentType }] : []));
  if (urls.length === 0 || !request.fhirServer) return new Map();
  return retriever.readAttachments({
    ...{ request, urls, deadlineAt: deadlineAt - RESERVE_MS },
    ...(client && { client }),
  });
}

/** An attachment that was delivered, or why it was not. */
type File =
  | { readonly key: string; readonly contentType: string; readonly bytes: () => Uint8Array }
  | { readonly key: string; readonly missing: string };

function filesOf(
  wanted: readonly WantedAttachment[],
  fetched: ReadonlyMap<string, Attachment>,
): readonly File[] {
  return wanted.map(({ key, data, url, contentType }): File => {
    if (data !== undefined) return { key, contentType, bytes: () => Buffer.from(data, 'base64') };
    const attachment = fetched.get(url ?? '');
    if (attachment?.status !== 'read') return { key, missing: attachment?.missing ?? 'no-server' };
    const { bytes } = attachment;
    return { key, contentType: attachment.contentType || contentType, bytes: () => bytes };
  });
}

type Read = readonly [string, AttachmentText | Promise<Decoded>];

/** Each step is told whether the time is over: what is left then is unread. */
function* decodeTexts(
  files: readonly File[],
  limits: DecodeLimits,
): Generator<void, readonly Read[], boolean> {
  const read: Read[] = [];
  let isOver = false;
  for (const file of files) {
    if ('missing' in file) read.push([file.key, { status: 'unreadable', why: file.missing }]);
    else if (isOver) read.push([file.key, { status: 'unreadable', why: 'timeout' }]);
    else {
      const bytes = file.bytes();
      const text = yield* decodeInSteps(bytes, file.contentType, limits);
      read.push([file.key, text ?? decodeAttachment(bytes, file.contentType, limits)]);
      isOver = yield;
    }
  }
  return read;
}
