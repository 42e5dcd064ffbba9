import type { Attachment, DiagnosticReport, DocumentReference, Resource } from 'fhir/r4.js';
import { isDocument, isReport, itemsOf, type Chart } from './chart.js';
import { compare } from '../evaluation/dates.js';
import { noteStanding, reportStanding } from './record-status.js';
import { isPatient, type Whose } from './references.js';
import { isUnderstood } from './understood.js';
import { allOf } from '../lists.js';

/** Words of an attachment, or why they could not be read. */
export type AttachmentText =
  | {
      readonly status: 'read';
      readonly text: string;
      /** Scanned pages of it have no words that could be read. */
      readonly isPartly?: true;
    }
  | { readonly status: 'unreadable'; readonly why: string };

/** Looked at, and there are no words to read: nothing more can be had of it. */
const WITHOUT_WORDS: ReadonlySet<string> = new Set([
  'scan-without-text',
  'encrypted',
  'damaged',
  'unsupported-type',
  'not-found',
]);

/** Whether there may be words that were not delivered: in time, to this service, or for their length. */
export function isUndelivered(attachment: AttachmentText): boolean {
  return attachment.status === 'unreadable' && !WITHOUT_WORDS.has(attachment.why);
}

/** Whether some of its words could be read, and some not. */
export function isReadInPart(attachment: AttachmentText): boolean {
  return attachment.status === 'read' && attachment.isPartly === true;
}

/** By attachmentKey. */
export type AttachmentTexts = ReadonlyMap<string, AttachmentText>;

/** An attachment whose words are wanted: inline base64 `data`, or a `url` to fetch. */
export interface WantedAttachment {
  readonly key: string;
  readonly contentType: string;
  readonly data?: string;
  readonly url?: string;
}

/** Names an attachment by where it stands, so that equal content in two resources stays two. */
export function attachmentKey(reference: string, index: number): string {
  return `${reference}#${index}`;
}

/** Renditions of one report, best first: words before pages. A lower rank is read only when the better ones cannot be. */
const RANKS: readonly (readonly [RegExp, number])[] = [
  [/^text\/(?:plain|html)|xhtml|ascii/i, 0],
  [/rtf/i, 1],
  [/xml/i, 2],
  [/pdf/i, 3],
];
const UNKNOWN_RANK = 4;

export function rankOf(contentType: string | undefined): number {
  const known = RANKS.find(([pattern]) => pattern.test(contentType ?? ''));
  return known ? known[1] : UNKNOWN_RANK;
}

/**
 * Attachments of the patient's reports and notes that are worth reading: of the best rank that each resource offers,
 * newest first, so that what a deadline cuts off is the oldest.
 */
export function wantedAttachments(chart: Chart): readonly WantedAttachment[] {
  return allOf(
    allOf(chart.parts, ({ part }) => itemsOf(part).filter((resource) => isOf(resource, chart))).toSorted(
      (a, b) => compare(dateOf(b), dateOf(a)),
    ),
    attachmentsOf,
  );
}

function dateOf(resource: Resource): string {
  if (isReport(resource))
    return resource.effectiveDateTime ?? resource.effectivePeriod?.start ?? resource.issued ?? '';
  return isDocument(resource) ? (resource.date ?? '') : '';
}

function isOf(resource: Resource, whose: Whose): boolean {
  if (!isReport(resource) && !isDocument(resource)) return false;
  return isPatient(resource.subject, whose) === 'yes' && isUnderstood(resource);
}

function attachmentsOf(resource: Resource): readonly WantedAttachment[] {
  const attachments = isReport(resource)
    ? formsOf(resource)
    : isDocument(resource)
      ? contentsOf(resource)
      : [];
  const ranks = attachments.filter(hasContent).map(({ contentType }) => rankOf(contentType));
  const best = Math.min(...ranks);
  return allOf(attachments, (attachment, index) =>
    hasContent(attachment) && rankOf(attachment.contentType) === best
      ? [wanted(`${resource.resourceType}/${resource.id ?? ''}`, index, attachment)]
      : [],
  );
}

function wanted(reference: string, index: number, { contentType, data, url }: Attachment): WantedAttachment {
  return {
    key: attachmentKey(reference, index),
    contentType: contentType ?? '',
    ...(data ? { data } : url ? { url } : {}),
  };
}

function hasContent({ data, url }: Attachment): boolean {
  return (typeof data === 'string' && data.length > 0) || (typeof url === 'string' && url.length > 0);
}

const READ: ReadonlySet<string> = new Set(['sure', 'unsure', 'current']);

function formsOf({ status, presentedForm }: DiagnosticReport): readonly Attachment[] {
  return READ.has(reportStanding(status)) && Array.isArray(presentedForm) ? presentedForm : [];
}

function contentsOf({ status, content }: DocumentReference): readonly Attachment[] {
  return READ.has(noteStanding(status)) && Array.isArray(content)
    ? allOf(content, ({ attachment }) => (attachment as Attachment | undefined) ?? [])
    : [];
}
