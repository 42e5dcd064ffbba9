import type { CodeableConcept, Observation, ObservationComponent } from 'fhir/r4.js';
import type { Draft } from '../evaluation/draft.js';
import type { ProvocationFact, ProvocationTestId } from '../evaluation/facts.js';
import { evidenceOf } from './evidence.js';
import { labelOf, lateralityOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { isElsewhere, scaleOf, timing, type ScoreTime } from './pain-scale.js';
import { percentOf, scoreUnitOf } from './quantity.js';
import { clip, ownReference, validDate, type Whose } from './references.js';
import { addNarrative, type ReadText } from './text-facts.js';

/** Statuses of what stands. */
export const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);

const TESTS: Readonly<Record<string, ProvocationTestId>> = {
  'provocation-faber': 'faber',
  'provocation-thigh-thrust': 'thigh-thrust',
  'provocation-distraction': 'distraction',
  'provocation-compression': 'compression',
  'provocation-gaenslen': 'gaenslen',
  'provocation-sacral-thrust': 'sacral-thrust',
  'provocation-fadir': 'fadir',
};

/** A pain score that belongs to a procedure, kept until both of a pair are there. */
export interface PainScore {
  readonly reference: string;
  readonly procedure?: string;
  readonly date?: string;
  readonly scale: string;
  readonly site: string;
  /** The site is named, and is none where sacroiliac pain is felt (a knee). */
  readonly isElsewhere: boolean;
  readonly when: ScoreTime;
  readonly value: number;
  /** What it was measured in: empty for points. */
  readonly unit: string;
  /** It is more, or less, than the value: no exact one. */
  readonly isBound: boolean;
}

/** Examination findings, relief and notes that an Observation holds. Returns pain scores for pairing. */
export function mapObservation(
  observation: Observation,
  reference: string,
  context: MappingContext,
): readonly PainScore[] {
  if (!FINAL.has(observation.status) || isMeasurement(observation)) return [];
  const parts: readonly (Observation | ObservationComponent)[] = [
    observation,
    ...(observation.component ?? []),
  ];
  const scores: PainScore[] = [];
  for (const part of parts) addProvocation(part, observation, reference, context);
  addWords(observation, reference, context);
  for (const part of parts) {
    const score = painScore(part, observation, reference, context);
    if (score) scores.push(score);
  }
  return scores;
}

/** Laboratory results and vital signs, most of a chart, say nothing of the pathway. Pain is a vital sign to some. */
function isMeasurement({ category = [], code }: Observation): boolean {
  const isOf = (wanted: string): boolean =>
    category.some(({ coding = [] }) => coding.some((one) => one.code === wanted));
  return isOf('laboratory') || (isOf('vital-signs') && !/pain/i.test(wordsOf(code)));
}

/** When it was observed, else issued. */
export function dateOf(observation: Observation): string | undefined {
  return validDate(
    observation.effectiveDateTime ??
      observation.effectivePeriod?.start ??
      observation.effectiveInstant ??
      observation.issued,
  );
}

function addProvocation(
  part: Observation | ObservationComponent,
  observation: Observation,
  reference: string,
  context: MappingContext,
): void {
  const result = resultOf(part);
  const test = result && testOf(part.code, context);
  if (!test || (result === 'positive' && test !== 'fadir' && isFeltInGroin(part))) return;
  const laterality = lateralityOf(
    [part.code, observation.bodySite, part.valueCodeableConcept],
    context.terminology,
  );
  const date = dateOf(observation);
  const excerpt = clip(`${labelOf(part.code)}: ${result}`);
  const fact: Draft<ProvocationFact> = { test, result, evidence: evidenceOf(reference, date, excerpt) };
  if (laterality) fact.laterality = laterality;
  if (date) fact.date = date;
  context.collected.provocation.push(fact);
}

/** The test that a code or its words name; a lone "Distraction" or "Compression", answered, is the test of that name. */
function testOf(code: Observation['code'] | undefined, { terminology }: MappingContext) {
  const named = firstTest(terminology.conceptsOf(code).concepts);
  const words = wordsOf(code).trim();
  if (named || !/^[a-z]+$/i.test(words)) return named;
  return firstTest(terminology.conceptsOfText(`${words} test`));
}

const POSITIVE_CODES: ReadonlySet<string> = new Set(['POS', '10828004']);
const NEGATIVE_CODES: ReadonlySet<string> = new Set(['NEG', '260385009']);

function firstTest(concepts: readonly string[]): ProvocationTestId | undefined {
  return concepts.map((id) => TESTS[id]).find((id) => id !== undefined);
}

const GROIN = /\b(?:groins?|inguinal)\b/i;
const NO_GROIN = /\b(?:no|not|without)\b[^,;.]*\b(?:groins?|inguinal)\b/i;
const WHERE_SIJ_PAIN_IS =
  /\b(?:buttocks?|sacr\w+|sij?|psis|low(?:er)? back|usual|typical|familiar|index|concordant)\b/i;

/** "Positive: groin pain": a sign of the hip, and none of the sacroiliac joint. */
function isFeltInGroin(part: Observation | ObservationComponent): boolean {
  const words = wordsOfResult(part);
  return GROIN.test(words) && !NO_GROIN.test(words) && !WHERE_SIJ_PAIN_IS.test(words);
}

function wordsOfResult(part: Observation | ObservationComponent): string {
  const concepts = [part.valueCodeableConcept, ...(part.interpretation ?? [])];
  return [...concepts.map(wordsOf), part.valueString ?? ''].join(' ');
}

/** Positive or negative by value, interpretation, boolean or plain words; undefined when it says neither. */
function resultOf(part: Observation | ObservationComponent): 'positive' | 'negative' | undefined {
  if (typeof part.valueBoolean === 'boolean') return part.valueBoolean ? 'positive' : 'negative';
  const concepts: readonly (CodeableConcept | undefined)[] = [
    part.valueCodeableConcept,
    ...(part.interpretation ?? []),
  ];
  const isCoded = (codes: ReadonlySet<string>): boolean =>
    concepts.some((concept) => concept?.coding?.some(({ code }) => codes.has(code ?? '')));
  if (isCoded(POSITIVE_CODES)) return 'positive';
  if (isCoded(NEGATIVE_CODES)) return 'negative';
  const words = wordsOfResult(part);
  if (/\b(?:neg(?:ative)?|not reproduced|no pain)\b/i.test(words)) return 'negative';
  return /\b(?:pos(?:itive)?|reproduced|concordant)\b/i.test(words) ? 'positive' : undefined;
}

/** Code, value and notes read as one sentence, so that "Relief after lateral branch block: 80-90 %" is tied to it. */
function addWords(observation: Observation, reference: string, context: MappingContext): void {
  const label = wordsOf(observation.code);
  const value = valueWords(observation);
  const notes = (observation.note ?? []).map(({ text }) => text);
  const texts = (value ? [`${label}: ${value}`, ...notes] : notes).filter(
    (text) => typeof text === 'string' && text.length > 0,
  );
  if (texts.length === 0) return;
  const date = dateOf(observation);
  const about = procedureOf(observation, context.whose);
  for (const text of texts) {
    const reading = context.read(text);
    const source: Draft<ReadText> = { reference, text, reading };
    if (date) source.date = date;
    if (about) source.about = about;
    addNarrative(context.collected, source);
  }
}

/** Its value in words, as the reader of texts takes them. */
export function valueWords(observation: Observation | ObservationComponent): string | undefined {
  if (typeof observation.valueString === 'string') return observation.valueString;
  const percent = percentOf(observation.valueQuantity);
  // With a comparator it is no value: what it bounds is read where the relief is.
  if (percent && !percent.isBound) return `${percent.low}%`;
  return observation.valueCodeableConcept ? wordsOf(observation.valueCodeableConcept) : undefined;
}

/** The Procedure an Observation points to. */
export function procedureOf(observation: Observation, whose: Whose): string | undefined {
  if (!observation.partOf && !observation.focus) return undefined;
  return [...(observation.partOf ?? []), ...(observation.focus ?? [])]
    .map((target) => ownReference(target, whose))
    .find((target) => target?.startsWith('Procedure/'));
}

function painScore(
  part: Observation | ObservationComponent,
  observation: Observation,
  reference: string,
  context: MappingContext,
): PainScore | undefined {
  const value = part.valueInteger ?? part.valueQuantity?.value;
  if (typeof value !== 'number') return undefined;
  if (!context.terminology.conceptsOf(part.code).concepts.includes('pain-score')) return undefined;
  const date = dateOf(observation);
  const procedure = procedureOf(observation, context.whose);
  return {
    reference,
    ...(procedure && { procedure }),
    ...(date && { date }),
    scale: scaleOf(part.code),
    site: wordsOf(observation.bodySite).toLowerCase(),
    isElsewhere: isElsewhere(observation.bodySite, context),
    when: timing([part.code, observation.code, observation.method].map(wordsOf).join(' '), observation),
    value,
    unit: scoreUnitOf(part.valueQuantity),
    isBound: part.valueQuantity?.comparator !== undefined,
  };
}
