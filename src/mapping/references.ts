import type { Reference, Resource } from 'fhir/r4.js';
import type { Evidence } from '../evaluation/evidence.js';
import { dayRange } from '../evaluation/dates.js';

const ID = /^[A-Za-z0-9\-.]{1,64}$/;
const TAIL = /(?:^|\/)([A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[^/]+)?$/;

/** `Type/id` of a relative or absolute literal reference; undefined for urn:, contained, identifier-only or broken ones. */
export function literalReference(reference: Reference | undefined): string | undefined {
  const match = typeof reference?.reference === 'string' ? TAIL.exec(reference.reference) : null;
  return match ? `${match[1] ?? ''}/${match[2] ?? ''}` : undefined;
}

/** The patient that a call is about. */
export interface Whose {
  /** Bare id. */
  readonly patientId: string;
  /** Base URL of the call's FHIR server, without trailing slash; absent where everything was sent along. */
  readonly fhirServer?: string | undefined;
}

/**
 * Whether a reference is one to the patient of a call; `elsewhere` is a patient of that id on another server, who may be
 * anybody. Without a server of the call there is none to be another.
 */
export function isPatient(
  reference: Reference | undefined,
  { patientId, fhirServer }: Whose,
): 'yes' | 'no' | 'elsewhere' | 'unknown' {
  const own = `Patient/${patientId}`;
  // As nearly all are written, and then nothing needs to be taken apart.
  if (reference?.reference === own && ID.test(patientId)) return 'yes';
  const literal = literalReference(reference);
  if (literal === undefined) return 'unknown';
  if (literal !== own) return 'no';
  return isHere(reference?.reference ?? '', fhirServer) ? 'yes' : 'elsewhere';
}

/** `Type/id` of a literal reference that is one on the FHIR server of a call; undefined for every other. */
export function ownReference(
  reference: Reference | undefined,
  { fhirServer }: Pick<Whose, 'fhirServer'>,
): string | undefined {
  const literal = literalReference(reference);
  return literal !== undefined && isHere(reference?.reference ?? '', fhirServer) ? literal : undefined;
}

/** Whether a literal reference is relative, or absolute under the server; without one there is no other. */
function isHere(reference: string, fhirServer: string | undefined): boolean {
  const base = reference.slice(0, TAIL.exec(reference)?.index).replace(/\/+$/, '');
  if (base === '') return true;
  return fhirServer === undefined ? /^https?:/i.test(base) : isSameBase(base, fhirServer);
}

/** By host and path: behind a proxy a server may take its own scheme to be http. */
function isSameBase(base: string, fhirServer: string): boolean {
  if (!URL.canParse(base) || !URL.canParse(fhirServer)) return false;
  const [one, other] = [base, fhirServer].map((text) => {
    const { host, pathname } = new URL(text);
    return host + pathname.replace(/\/+$/, '');
  });
  return one === other;
}

/** `Type/id` of a resource; undefined when its id is missing or malformed. */
export function referenceTo(resource: Resource): string | undefined {
  return typeof resource.id === 'string' && ID.test(resource.id)
    ? `${resource.resourceType}/${resource.id}`
    : undefined;
}

/** Whether it is `Type/id` and nothing else. */
export function isReference(reference: string): boolean {
  return literalReference({ reference }) === reference;
}

/** A FHIR date when it is a real one (2021-13-45 is not); undefined otherwise. */
export function validDate(date: string | undefined): string | undefined {
  return typeof date === 'string' && dayRange(date) ? date : undefined;
}

const EXCERPT_LENGTH = 200;

const [FULL_STOP, SEMICOLON, LINE_FEED, CARRIAGE_RETURN] = [0x2e, 0x3b, 0x0a, 0x0d];
/** A line that only ran out of room goes on in small letters or with a figure that numbers no list. */
const GOES_ON = /^\s*(?:[a-z%]|\d+(?![\d.]*[.)]\s))/;
const LINE_ENDS_SENTENCE = /[.;:!?]\s*$/;
/** What stands before a name or a number, with a full stop that ends nothing. */
const TITLE = /(?:^|[^A-Za-z])(?:Drs?|Mr|Mrs|Ms|Prof|vs|approx)$/i;

/** The sentence or line that holds a span, as far as an excerpt reaches, in whole words; the span itself always. */
export function sentenceAround(
  text: string,
  start: number,
  end: number,
): { readonly start: number; readonly end: number } {
  const room = Math.max(0, EXCERPT_LENGTH - (end - start));
  const [before, after] = [startOfSentence(text, start), endOfSentence(text, end)];
  const fits = after - before <= EXCERPT_LENGTH;
  let from = fits ? before : Math.max(before, start - Math.floor(room / 2));
  if (from > before) while (from < start && isInWord(text, from)) from += 1;
  let to = fits ? after : Math.max(end, Math.min(after, from + EXCERPT_LENGTH));
  if (to < after) while (to > end && isInWord(text, to)) to -= 1;
  while (from < start && /\s/.test(text.charAt(from))) from += 1;
  while (to > end && /\s/.test(text.charAt(to - 1))) to -= 1;
  return { start: from, end: to };
}

/** No further back, and no further on, than an excerpt could reach. */
function startOfSentence(text: string, start: number): number {
  let from = start;
  while (from > 0 && start - from < EXCERPT_LENGTH && !isEnd(text, from - 1)) from -= 1;
  return from;
}

function endOfSentence(text: string, end: number): number {
  let to = end;
  while (to < text.length && to - end < EXCERPT_LENGTH && !isEnd(text, to)) to += 1;
  return to;
}

/** Whether a cut here would split a word. */
function isInWord(text: string, at: number): boolean {
  return /\S/.test(text.charAt(at - 1)) && /\S/.test(text.charAt(at));
}

/** A full stop between digits (2.5 mm) or of a title ends no sentence, nor does the end of a line that was wrapped. */
function isEnd(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === SEMICOLON) return true;
  if (sign === FULL_STOP)
    return !/\d/.test(text.charAt(at + 1)) && !TITLE.test(text.slice(Math.max(0, at - 7), at));
  return (sign === LINE_FEED || sign === CARRIAGE_RETURN) && endsSentence(text, at);
}

/** Whether the end of a line is one of a sentence too. */
function endsSentence(text: string, at: number): boolean {
  const [before, after] = [
    text.slice(Math.max(0, at - WRAP_SEEN), at),
    text.slice(at + 1, at + 1 + WRAP_SEEN),
  ];
  return LINE_ENDS_SENTENCE.test(before) || !GOES_ON.test(after);
}

/** Characters around a line break that tell whether it was put in for want of room. */
const WRAP_SEEN = 8;

/** At most what an excerpt may hold, without splitting a surrogate pair. */
export function clip(words: string): string {
  return excerptOf(words, 0, words.length).excerpt;
}

/** The words of the sentence that holds a span, at most what an excerpt may hold. */
export function excerptAround(text: string, span: { readonly start: number; readonly end: number }): string {
  const { start, end } = sentenceAround(text, span.start, span.end);
  return clip(text.slice(start, end));
}

/** The words from start to end, shortened to what an excerpt may hold, without splitting a surrogate pair. */
export function excerptOf(
  text: string,
  start: number,
  end: number,
): Required<Pick<Evidence, 'excerpt' | 'start' | 'end'>> {
  const cut = Math.min(end, start + EXCERPT_LENGTH);
  const last = text.charCodeAt(cut - 1);
  const safe = last >= 0xd800 && last <= 0xdbff ? cut - 1 : cut;
  return { excerpt: text.slice(start, safe), start, end: safe };
}
