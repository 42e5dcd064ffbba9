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
import { LONGEST_TEXT } from './texts.js';
import { decodeAttachment, type DecodeLimits } from '../report-text/index.js';

/** What one attachment may cost; what is over it is unread, and said so. */
const LIMITS: Omit<DecodeLimits, 'timeoutMs'> = {
  maximumBytes: 5_000_000,
  maximumCharacters: LONGEST_TEXT + 1,
};

/** Milliseconds kept for evaluation after the last attachment. */
const RESERVE_MS = 25;

interface AttachmentsCall {
  readonly request: HookRequest;
  readonly client?: ClientPolicy;
  readonly retriever: Retriever;
  readonly deadlineAt: number;
  readonly now: () => number;
}

/** The words of the reports and notes that stand in attachments: inline ones decoded, others fetched, in time. */
export async function readAttachments(chart: Chart, call: AttachmentsCall): Promise<AttachmentTexts> {
  const wanted = wantedAttachments(chart);
  if (wanted.length === 0) return new Map();
  const fetched = await fetchAll(wanted, call);
  const timeoutMs = Math.max(1, call.deadlineAt - RESERVE_MS - call.now());
  const texts = wanted.map(async (attachment) => {
    const text = await decode(attachment, fetched, { ...LIMITS, timeoutMs });
    const tooLong = text.status === 'read' && text.text.length > LONGEST_TEXT;
    return [attachment.key, tooLong ? ({ status: 'unreadable', why: 'too-large' } as const) : text] as const;
  });
  return new Map(await Promise.all(texts));
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

async function decode(
  { data, url, contentType }: WantedAttachment,
  fetched: ReadonlyMap<string, Attachment>,
  limits: DecodeLimits,
): Promise<AttachmentText> {
  if (data !== undefined) return decodeAttachment(Buffer.from(data, 'base64'), contentType, limits);
  const attachment = fetched.get(url ?? '');
  if (attachment?.status !== 'read') return { status: 'unreadable', why: attachment?.missing ?? 'no-server' };
  return decodeAttachment(attachment.bytes, attachment.contentType || contentType, limits);
}
