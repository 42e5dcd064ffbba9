import type { Observation, ObservationComponent } from 'fhir/r4.js';
import type { Relief } from '../evaluation/facts.js';
import type { TextRelief } from '../report-text/reading.js';
import { timeBetween } from './events.js';
import { labelOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { dateOf, FINAL, procedureOf, valueWords } from './observation.js';
import { percentOf } from './quantity.js';
import { clip } from './references.js';
import { wellFormed } from './well-formed.js';
import { allOf } from '../lists.js';

/** Relief that an Observation gives for the Procedure it points to. */
export function attachRelief(observations: readonly Observation[], context: MappingContext): void {
  const { interventions } = context.collected;
  const places = new Map<string, number>();
  for (const [index, { toldBy, evidence }] of interventions.entries()) {
    const [{ reference }] = evidence;
    if (toldBy === 'record' && !places.has(reference)) places.set(reference, index);
  }
  for (const sent of observations) {
    if (!sent.partOf && !sent.focus) continue;
    const observation = wellFormed(sent);
    const index = places.get(procedureOf(observation, context.whose) ?? '') ?? -1;
    const fact = interventions[index];
    const seen = fact && !fact.relief ? reliefOf(observation, fact.date, context) : undefined;
    if (!fact || !seen) continue;
    const { seenOn, words, ...told } = seen;
    const reference = `Observation/${observation.id ?? ''}`;
    const own = { reference, ...(seenOn && { date: seenOn }), excerpt: words };
    // What gives the relief stands first: it is what a card shows.
    interventions[index] = { ...fact, ...told, evidence: [own, ...fact.evidence] };
  }
}

/** Relief that an Observation, or one of its components, gives for the Procedure it points to. */
interface ObservedRelief {
  readonly relief: Relief;
  readonly reliefDuration?: string;
  /** From the Procedure's day to the Observation's, where both are known. */
  readonly reliefMeasuredAfter?: string;
  /** FHIR date of the Observation. */
  readonly seenOn?: string;
  /** What was observed, and its value. */
  readonly words: string;
}

/** Percent relief as a quantity or in words. `performed` is the date of the Procedure. */
function reliefOf(
  observation: Observation,
  performed: string | undefined,
  context: MappingContext,
): ObservedRelief | undefined {
  if (!FINAL.has(observation.status)) return undefined;
  const parts: readonly (Observation | ObservationComponent)[] = [
    observation,
    ...(observation.component ?? []),
  ];
  const [found] = allOf(parts, (part) => {
    const told = boundedRelief(part) ?? reliefInWords(part, context);
    return told ? [{ part, told }] : [];
  });
  if (!found) return undefined;
  const { low, high, ofIndexPain, isBound, duration, measuredAfter } = found.told;
  const seenOn = dateOf(observation);
  const after = measuredAfter ?? timeBetween(performed, seenOn);
  return {
    relief: {
      ...{ low, high },
      ...(ofIndexPain === false && { ofIndexPain: false }),
      ...(isBound && { isBound: true }),
    },
    ...(duration && { reliefDuration: duration }),
    ...(after && { reliefMeasuredAfter: after }),
    ...(seenOn && { seenOn }),
    words: clip([labelOf(found.part.code), shownValue(found.part)].filter(Boolean).join(': ')),
  };
}

/** Its value as the record writes it. */
function shownValue(part: Observation | ObservationComponent): string | undefined {
  const { value, comparator = '', unit, code } = part.valueQuantity ?? {};
  if (typeof part.valueString === 'string') return part.valueString;
  if (typeof value === 'number') return `${comparator}${value} ${unit ?? code ?? ''}`.trim();
  return part.valueCodeableConcept && labelOf(part.valueCodeableConcept);
}

/** What words or a bound tell of relief. */
type ToldRelief = Omit<TextRelief, 'start' | 'end'> & Pick<Relief, 'isBound'>;

const RELIEF = /relief|improve|reduc|better/i;

function boundedRelief(part: Observation | ObservationComponent): ToldRelief | undefined {
  const percent = percentOf(part.valueQuantity);
  return percent?.isBound && RELIEF.test(wordsOf(part.code)) ? percent : undefined;
}

function reliefInWords(
  part: Observation | ObservationComponent,
  context: MappingContext,
): ToldRelief | undefined {
  const value = valueWords(part);
  if (!value || !RELIEF.test(`${wordsOf(part.code)} ${value}`)) return undefined;
  return context.read(`Pain relief: ${value}`, 'lateral-branch-block').about?.relief;
}
