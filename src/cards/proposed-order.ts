import type { Coding } from '../cds-hooks/card.types.js';
import type { Json, JsonObject } from '../cds-hooks/hook-request.types.js';
import { fill } from '../evaluation/sentences.js';
import { decidingSides, type Subject } from './subject.js';
import type { SuggestionWords } from './words.js';

/** What the proposed order takes over from the one it replaces, as it was sent. */
const CARRIED = [
  'intent',
  'category',
  'priority',
  'encounter',
  'authoredOn',
  'requester',
  'reasonCode',
  'reasonReference',
  'insurance',
  'note',
] as const;

const SI_JOINT = { system: 'http://snomed.info/sct', code: '39723000', display: 'Sacroiliac joint' } as const;

interface Proposal {
  readonly text: string;
  readonly withSite: boolean;
  /** Codes by which the site's own EHR finds the order. */
  readonly siteCodes: readonly Coding[];
}

/**
 * A complete draft ServiceRequest for the step that is missing (ACT-2): patient, requester, encounter, insurance,
 * reason, side, site and note of the order it replaces. It has no id: the EHR gives it one.
 */
export function proposedOrder(
  subject: Subject,
  order: NonNullable<SuggestionWords['order']>,
  { text, withSite, siteCodes }: Proposal,
): JsonObject {
  const [draft] = subject.drafts;
  const carried: Record<string, Json> = {};
  for (const name of CARRIED) {
    const value = draft[name];
    if (value !== undefined) carried[name] = value;
  }
  const { note } = carried;
  if (note !== undefined && isList(note)) carried['note'] = note.map((one) => asOfReplaced(one, subject));
  const { contained: inside } = draft;
  const contained = inside !== undefined && refersInside(carried) ? inside : undefined;
  return {
    resourceType: 'ServiceRequest',
    ...(contained !== undefined && { contained }),
    status: 'draft',
    intent: 'order',
    ...carried,
    code: codeOf(order, siteCodes, text),
    subject: draft['subject'] ?? { reference: `Patient/${subject.patientId}` },
    ...(withSite && { bodySite: siteOf(subject, draft) }),
  };
}

/** "Endoscopic neurectomy, both sides" on an order for an ablation would order what it replaces. */
function asOfReplaced(note: Json, { words: { replacedOrder } }: Subject): Json {
  if (!isObject(note) || typeof note['text'] !== 'string') return note;
  const text = note['text'];
  const named = replacedOrder.words.some((word) => text.toLowerCase().includes(word));
  return named ? { ...note, text: fill(replacedOrder.note, { text }) } : note;
}

/** The site's own codes stand first: some EHRs look no further than the first coding. */
function codeOf(
  { system, code, display }: NonNullable<SuggestionWords['order']>,
  siteCodes: readonly Coding[],
  text: string,
): JsonObject {
  const standard = system && code ? [{ system, code, ...(display && { display }) }] : [];
  const coding = [...siteCodes.map((one) => ({ ...one })), ...standard];
  return { ...(coding.length > 0 && { coding }), text };
}

/** The order's own site where the proposal is for all of it; else the joint and the side that is meant. */
function siteOf(subject: Subject, draft: JsonObject): Json {
  const side = decidingSides(subject);
  const own: Json = draft['bodySite'] ?? null;
  const isWhole = side === subject.order.laterality;
  if (isWhole && isList(own) && own.length > 0) return own;
  return [{ coding: [SI_JOINT], text: side ? `Sacroiliac joint, ${side}` : 'Sacroiliac joint' }];
}

function refersInside(resource: JsonObject): boolean {
  return /"reference":"#/.test(JSON.stringify(resource));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
