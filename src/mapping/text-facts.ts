import type { SomeEvidence } from '../evaluation/evidence.js';
import { isLater } from '../evaluation/dates.js';
import { sidesOf } from '../evaluation/sides.js';
import type { Draft } from '../evaluation/draft.js';
import type { ConservativeCareFact, FindingFact, Relief, StatementId } from '../evaluation/facts.js';
import type {
  InterventionDetail,
  ReportReading,
  Span,
  TextFinding,
  TextRelief,
} from '../report-text/reading.js';
import type { Collected, ToldIntervention } from './collected.js';
import { isOfOtherRegion } from './body-region.js';
import { excerptOf, sentenceAround, validDate } from './references.js';

/** A text that was read, and the resource it belongs to. */
export interface ReadText {
  readonly reference: string;
  /** Date of the resource: of the study for a report, of writing for a note. */
  readonly date?: string;
  readonly text: string;
  readonly reading: ReportReading;
  readonly preliminary?: boolean;
  /** `Type/id` of the Procedure the resource points to, if it does. */
  readonly about?: string;
}

/** The words relied on: the sentence that holds them, for a term alone tells a reader nothing. */
function evidenceAt(source: ReadText, span: Span, date: string | undefined): SomeEvidence {
  return evidenceOfSentence(source, sentenceAround(source.text, span.start, span.end), date);
}

/** @param sentence its offsets in the text */
export function evidenceOfSentence(
  { reference, text }: Pick<ReadText, 'reference' | 'text'>,
  sentence: Pick<Span, 'start' | 'end'>,
  date: string | undefined,
): SomeEvidence {
  const { excerpt, start, end } = excerptOf(text, sentence.start, sentence.end);
  return [date ? { reference, date, excerpt, start, end } : { reference, excerpt, start, end }];
}

/** With the relief that its words give as two scores. Of a range, or of two sides, the words alone stand. */
export function withScores([first, ...more]: SomeEvidence, relief: TextRelief | undefined): SomeEvidence {
  if (!relief?.computed || relief.low !== relief.high || relief.bySide) return [first, ...more];
  return [{ ...first, scores: { reliefPercent: relief.low } }, ...more];
}

/** Findings of an imaging report. Hypothetical ones are no findings. */
export function addFindings(collected: Collected, source: ReadText): void {
  for (const finding of source.reading.findings) {
    if (finding.hypothetical) continue;
    const fact: Draft<FindingFact> = {
      finding: finding.finding,
      negated: finding.negated,
      evidence: evidenceAt(source, finding, source.date),
    };
    addFindingDetail(fact, finding);
    if (source.date) fact.date = source.date;
    if (source.preliminary) fact.preliminary = true;
    collected.findings.push(fact);
  }
}

function addFindingDetail(fact: Draft<FindingFact>, finding: TextFinding): void {
  const { level, laterality, severity, historical, uncertain, acuity, subtype } = finding;
  if (level !== null) fact.level = level;
  if (laterality !== null) fact.laterality = laterality;
  if (severity !== null) fact.severity = severity;
  if (historical) fact.historical = historical;
  if (uncertain) fact.uncertain = uncertain;
  if (acuity) fact.acuity = acuity;
  if (subtype) fact.subtype = subtype;
}

/** Everything but imaging findings that a text tells: procedures, examination, care, statements. */
export function addNarrative(collected: Collected, source: ReadText): void {
  addInterventions(collected, source);
  const dated = source.date ? { date: source.date } : {};
  for (const told of source.reading.provocation) {
    const { test, result, laterality } = told;
    collected.provocation.push({
      test,
      result,
      ...(laterality && { laterality }),
      ...dated,
      evidence: evidenceAt(source, told, source.date),
    });
  }
  for (const told of source.reading.provocationCounts) {
    const { positive, of } = told;
    collected.provocationCounts.push({
      positive,
      of,
      ...dated,
      evidence: evidenceAt(source, told, source.date),
    });
  }
  for (const told of source.reading.care) {
    const sentence = sentenceAround(source.text, told.start, told.end);
    if (isOfOtherRegion(source.text.slice(sentence.start, sentence.end))) continue;
    collected.conservativeCare.push(toCare(told, evidenceOfSentence(source, sentence, source.date)));
  }
  for (const told of source.reading.statements) {
    const eventDate = validDate(told.date);
    // Then it had not come yet.
    if (isLater(eventDate, source.date)) continue;
    const event = eventDate ? { eventDate } : {};
    collected.statements.push({
      ...{ id: told.id, ...dated, ...event },
      evidence: evidenceAt(source, told, source.date),
    });
  }
}

function toCare(told: ReportReading['care'][number], evidence: SomeEvidence): ConservativeCareFact {
  const { care, status, medicationClass, weeks, weeksAtMost, visits, ended } = told;
  const fact: Draft<ConservativeCareFact> = { care, status, evidence };
  if (medicationClass) fact.medicationClass = medicationClass;
  if (weeks !== undefined) fact.weeks = weeks;
  if (weeksAtMost !== undefined) fact.weeksAtMost = weeksAtMost;
  if (visits !== undefined) fact.visits = visits;
  if (ended) fact.ended = ended;
  return fact;
}

/** What is said of a treatment that was proposed: advice, a refusal, a denial. It is no event that was not done. */
const SAID_OF_IT: ReadonlySet<StatementId> = new Set([
  'rfa-advised-against',
  'rfa-declined',
  'rfa-denied-by-plan',
  'block-declined',
]);

function isSaidOfProposal({ text, reading }: ReadText, told: Span): boolean {
  const placeOf = ({ start, end }: Span) => sentenceAround(text, start, end).start;
  const place = placeOf(told);
  return reading.statements.some((said) => SAID_OF_IT.has(said.id) && placeOf(said) === place);
}

function addInterventions(collected: Collected, source: ReadText): void {
  for (const told of source.reading.interventions) {
    if (told.status === 'not-done' && isSaidOfProposal(source, told)) continue;
    const date = validDate(told.date);
    const fact: Draft<ToldIntervention> = {
      kind: told.kind,
      status: told.status,
      ...detailOf(told),
      toldBy: 'text',
      evidence: withScores(evidenceAt(source, withRelief(told), date), told.relief),
    };
    if (date) fact.date = date;
    if (source.preliminary) fact.preliminary = true;
    if (source.about) fact.about = source.about;
    if (source.date) fact.toldOn = source.date;
    collected.interventions.push(...perSide(fact, told.relief));
  }
}

const MOST_QUOTED = 200;

/** From the words that name a procedure to those that say what it did, where a quotation has room for both. */
function withRelief({ start, end, relief }: Span & Pick<InterventionDetail, 'relief'>): Span {
  if (!relief) return { start, end };
  const whole = { start: Math.min(start, relief.start), end: Math.max(end, relief.end) };
  return whole.end - whole.start <= MOST_QUOTED ? whole : { start, end };
}

const SIDES = ['left', 'right'] as const;

/** One telling, or one for each side where the words give a side its own relief: the other side then has none. */
export function perSide(told: ToldIntervention, relief: TextRelief | undefined): readonly ToldIntervention[] {
  const { bySide } = relief ?? {};
  if (!bySide || !told.relief) return [told];
  const { relief: whole, reliefDuration, reliefMeasuredAfter, ...rest } = told;
  const sides = told.laterality ? sidesOf(told.laterality) : SIDES.filter((side) => bySide[side]);
  return sides.map((laterality) => {
    const own = bySide[laterality];
    if (!own) return { ...rest, laterality };
    return {
      ...rest,
      laterality,
      relief: { ...whole, ...own },
      ...(reliefDuration && { reliefDuration }),
      ...(reliefMeasuredAfter && { reliefMeasuredAfter }),
    };
  });
}

/** Side, levels, technique, drug and relief that a text gives, in the evaluation's terms. */
export function detailOf(detail: InterventionDetail): ToldDetail {
  const { levels, laterality, technique, drug, relief } = detail;
  const duration = relief?.duration ?? detail.reliefDuration;
  const told: Draft<ToldDetail> = { levels };
  if (laterality) told.laterality = laterality;
  if (technique) told.technique = technique;
  if (drug) told.drug = drug;
  if (relief) told.relief = reliefOf(relief);
  if (duration) told.reliefDuration = duration;
  if (relief?.measuredAfter) told.reliefMeasuredAfter = relief.measuredAfter;
  if (detail.notCarriedThrough) told.contradictedByText = true;
  if (detail.calledFailed) told.calledFailed = true;
  return told;
}

type ToldDetail = Pick<
  ToldIntervention,
  | 'levels'
  | 'laterality'
  | 'technique'
  | 'drug'
  | 'relief'
  | 'reliefDuration'
  | 'reliefMeasuredAfter'
  | 'contradictedByText'
  | 'calledFailed'
>;

function reliefOf({ low, high, computed, ofIndexPain }: TextRelief): Relief {
  const relief: Draft<Relief> = { low, high };
  if (computed) relief.computed = computed;
  if (ofIndexPain === false) relief.ofIndexPain = ofIndexPain;
  return relief;
}
