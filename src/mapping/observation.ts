import type { CodeableConcept, Observation, ObservationComponent } from 'fhir/r4.js';
import type { ProvocationTestId, Relief } from '../evaluation/facts.js';
import { labelOf, lateralityOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { clip, literalReference, validDate } from './references.js';
import { addNarrative } from './text-facts.js';

const FINAL: ReadonlySet<string> = new Set(['final', 'amended', 'corrected']);

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
  readonly when: 'before' | 'after' | undefined;
  readonly value: number;
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
  for (const part of parts) addProvocation(part, observation, reference, context);
  addWords(observation, reference, context);
  return parts.flatMap((part) => painScore(part, observation, reference, context));
}

/** Laboratory results and vital signs, most of a chart, say nothing of the pathway. Pain is a vital sign to some. */
function isMeasurement({ category = [], code }: Observation): boolean {
  const codes = category.flatMap(({ coding = [] }) => coding.map((one) => one.code));
  return codes.includes('laboratory') || (codes.includes('vital-signs') && !/pain/i.test(wordsOf(code)));
}

function dateOf(observation: Observation): string | undefined {
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
  const { concepts } = context.terminology.conceptsOf(part.code);
  const test = concepts.map((id) => TESTS[id]).find((id) => id !== undefined);
  const result = resultOf(part);
  if (!test || !result) return;
  const laterality = lateralityOf(
    [part.code, observation.bodySite, part.valueCodeableConcept],
    context.terminology,
  );
  const date = dateOf(observation);
  context.collected.provocation.push({
    test,
    result,
    ...(laterality && { laterality }),
    ...(date && { date }),
    evidence: [{ reference, ...(date && { date }), excerpt: clip(`${labelOf(part.code)}: ${result}`) }],
  });
}

const POSITIVE_CODES: ReadonlySet<string> = new Set(['POS', '10828004']);
const NEGATIVE_CODES: ReadonlySet<string> = new Set(['NEG', '260385009']);

/** Positive or negative by value, interpretation, boolean or plain words; undefined when it says neither. */
function resultOf(part: Observation | ObservationComponent): 'positive' | 'negative' | undefined {
  if (typeof part.valueBoolean === 'boolean') return part.valueBoolean ? 'positive' : 'negative';
  const concepts: readonly (CodeableConcept | undefined)[] = [
    part.valueCodeableConcept,
    ...(part.interpretation ?? []),
  ];
  const codes = concepts.flatMap((concept) => concept?.coding ?? []).map(({ code }) => code ?? '');
  if (codes.some((code) => POSITIVE_CODES.has(code))) return 'positive';
  if (codes.some((code) => NEGATIVE_CODES.has(code))) return 'negative';
  const words = [...concepts.map(wordsOf), part.valueString ?? ''].join(' ');
  if (/\b(?:neg(?:ative)?|not reproduced|no pain)\b/i.test(words)) return 'negative';
  return /\b(?:pos(?:itive)?|reproduced|concordant)\b/i.test(words) ? 'positive' : undefined;
}

/** Code, value and notes read as one sentence, so that "Relief after lateral branch block: 80-90 %" is tied to it. */
function addWords(observation: Observation, reference: string, context: MappingContext): void {
  const label = wordsOf(observation.code);
  const value = valueWords(observation);
  const notes = (observation.note ?? []).map(({ text }) => text);
  const texts = [...(value ? [`${label}: ${value}`] : []), ...notes].filter(
    (text) => typeof text === 'string' && text.length > 0,
  );
  const date = dateOf(observation);
  const about = procedureOf(observation);
  for (const text of texts) {
    const reading = context.read(text);
    addNarrative(context.collected, {
      reference,
      text,
      reading,
      ...(date && { date }),
      ...(about && { about }),
    });
  }
}

function valueWords(observation: Observation): string | undefined {
  if (typeof observation.valueString === 'string') return observation.valueString;
  const quantity = observation.valueQuantity;
  if (typeof quantity?.value === 'number' && isPercent(quantity.code ?? quantity.unit))
    return `${quantity.value}%`;
  return observation.valueCodeableConcept ? wordsOf(observation.valueCodeableConcept) : undefined;
}

function isPercent(unit: string | undefined): boolean {
  return unit === '%' || /percent/i.test(unit ?? '');
}

/** The Procedure an Observation points to. */
export function procedureOf(observation: Observation): string | undefined {
  return [...(observation.partOf ?? []), ...(observation.focus ?? [])]
    .map(literalReference)
    .find((target) => target?.startsWith('Procedure/'));
}

/** Percent relief that an Observation gives as a quantity or in words, for the Procedure it points to. */
export function reliefOf(observation: Observation, context: MappingContext): Relief | undefined {
  if (!FINAL.has(observation.status)) return undefined;
  const value = valueWords(observation);
  if (!value || !/relief|improve|reduc|better/i.test(`${wordsOf(observation.code)} ${value}`))
    return undefined;
  const relief = context.read(`Pain relief: ${value}`, 'lateral-branch-block').about?.relief;
  return (
    relief && {
      low: relief.low,
      high: relief.high,
      ...(relief.ofIndexPain === false && { ofIndexPain: false }),
    }
  );
}

function painScore(
  part: Observation | ObservationComponent,
  observation: Observation,
  reference: string,
  context: MappingContext,
): readonly PainScore[] {
  const { concepts } = context.terminology.conceptsOf(part.code);
  const value = part.valueInteger ?? part.valueQuantity?.value;
  if (!concepts.includes('pain-score') || typeof value !== 'number') return [];
  const date = dateOf(observation);
  const procedure = procedureOf(observation);
  return [
    {
      reference,
      ...(procedure && { procedure }),
      ...(date && { date }),
      scale: part.code.coding?.[0]?.code ?? wordsOf(part.code),
      site: wordsOf(observation.bodySite).toLowerCase(),
      when: timing([part.code, observation.code, observation.method].map(wordsOf).join(' '), observation),
      value,
    },
  ];
}

function timing(words: string, observation: Observation): PainScore['when'] {
  const all = [words, ...(observation.note ?? []).map(({ text }) => text)].join(' ');
  if (/\b(?:pre|before|prior|baseline)\b|\bpre-?(?:proc|block|inj|rfa)/i.test(all)) return 'before';
  return /\b(?:post|after|following)\b|\bpost-?(?:proc|block|inj|rfa)/i.test(all) ? 'after' : undefined;
}
