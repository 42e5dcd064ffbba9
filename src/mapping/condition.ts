import type { Condition } from 'fhir/r4.js';
import type { Draft } from '../evaluation/draft.js';
import type { ConditionFact } from '../evaluation/facts.js';
import { exclude } from './collected.js';
import { endWithoutStatus, isOver, verificationOf } from './condition-status.js';
import { evidenceOf } from './evidence.js';
import { labelOf, lateralityOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { dayOfVisit, lastDayTold } from './over-by-problem-list.js';
import { clip, excerptAround, validDate } from './references.js';
import type { ConceptId } from './terminology.js';
import { allOf } from '../lists.js';

/** A problem that is named a relative's, whatever its code says. */
const FAMILY_HISTORY = /\b(?:family (?:history|hx)|fam hx|fhx)\b/i;
/** Words that make a text-only entry no diagnosis of this patient now. Coded entries say it by their status. */
const NOT_THIS_PATIENT = /\b(?:mother|father|sister|brother|sibling)\b/i;
const NOT_NOW = /\b(?:history of|hx of|h\/o|no evidence of|screening|denies|resolved|ruled out)\b/i;
const TO_BE_RULED_OUT = /\b(?:rule out|r\/o|not (?:yet |be |been )*ruled out)\b/gi;

/** Words of a disease that does not pass with the visit it was named at, or comes of one; `lasting-disease` holds codes that mean one. */
const LASTING =
  /\b(?:chronic|persist\w*|recurr\w*|relaps\w*|ongoing|lifelong|neoplas\w*|tumou?rs?|malignan\w*|metasta\w*)\b/i;

/**
 * A problem or encounter diagnosis that is live: not refuted, not resolved, of a kind the policy knows. What is only
 * one of several, or to be ruled out, is kept apart.
 * M46.1 and other billing labels are what their value set says; nothing is concluded here.
 *
 * @param ends FHIR date on which another entry says, without a status, that it ends
 */
export function mapCondition(
  condition: Condition,
  { reference, ends }: { readonly reference: string; readonly ends: string | undefined },
  context: MappingContext,
): void {
  const words = wordsOf(condition.code);
  const verification = verificationOf(condition);
  if (FAMILY_HISTORY.test(words) && verification !== 'entered-in-error')
    return exclude(context.collected, reference, 'family-history');
  if (verification !== 'refuted' && verification !== 'entered-in-error')
    addHistory(reference, words, context);
  const { concepts, recognisedBy, isToBeRuledOut } = recognised(condition, words, context);
  if (concepts.length === 0) return;
  if (verification === 'refuted') return exclude(context.collected, reference, 'refuted');
  if (verification === 'entered-in-error') return exclude(context.collected, reference, 'entered-in-error');
  if (recognisedBy === 'text' && NOT_THIS_PATIENT.test(words))
    return exclude(context.collected, reference, 'family-history');
  if (isOver(condition)) return exclude(context.collected, reference, 'resolved');
  if (recognisedBy === 'text' && !isToBeRuledOut && NOT_NOW.test(words)) return;
  const end = endWithoutStatus(condition) ?? ends;
  const fact = toFact(condition, { reference, words, concepts, recognisedBy }, context);
  const { conditions, possible } = context.collected;
  const isOpen = isToBeRuledOut || verification === 'differential';
  (isOpen ? possible : conditions).push(end === undefined ? fact : { ...fact, ends: end });
}

/** Words of what is to be ruled out name a disease too; value sets leave out what stands behind such words. */
function recognised({ code }: Condition, words: string, { terminology }: MappingContext) {
  const found = terminology.conceptsOf(code);
  const isCoded = found.recognisedBy === 'code' && found.concepts.length > 0;
  if (isCoded || words.search(TO_BE_RULED_OUT) < 0) return { ...found, isToBeRuledOut: false };
  const concepts = terminology.conceptsOfText(words.replaceAll(TO_BE_RULED_OUT, ' '));
  return { concepts, recognisedBy: 'text' as const, isToBeRuledOut: true };
}

const ABLATION = /\b(?:rfa|radio ?frequency|ablation|rhizotomy)/i;

/** "S/P radiofrequency ablation": a history on the problem list is told like one in a note, whatever its status there. */
function addHistory(reference: string, words: string, context: MappingContext): void {
  if (!ABLATION.test(words)) return;
  for (const { id, start, end } of context.read(words).statements) {
    if (id !== 'ablation-without-target') continue;
    context.collected.statements.push({
      id,
      evidence: [{ reference, excerpt: excerptAround(words, { start, end }) }],
    });
  }
}

interface Recognised {
  readonly reference: string;
  readonly words: string;
  readonly concepts: readonly ConceptId[];
  readonly recognisedBy: 'code' | 'text';
}

/** Where no words were sent, the codes are all there is to show. */
function codesOf(concept: Condition['code']): string {
  const codes = allOf(concept?.coding ?? [], ({ code }) => (typeof code === 'string' ? [code] : []));
  return clip([...new Set(codes)].join(', '));
}

function toFact(condition: Condition, recognised: Recognised, context: MappingContext): ConditionFact {
  const { reference, words, concepts, recognisedBy } = recognised;
  const laterality = lateralityOf([condition.code, ...(condition.bodySite ?? [])], context.terminology);
  const label = labelOf(condition.code) || codesOf(condition.code);
  const level = context.read(words).findings.find((finding) => finding.level !== null)?.level;
  const onset = validDate(condition.onsetDateTime ?? condition.onsetPeriod?.start);
  const visit = lastDayTold(condition);
  const date = onset ?? validDate(condition.recordedDate);
  const fact: Draft<ConditionFact> = {
    concepts,
    recognisedBy,
    evidence: evidenceOf(reference, dayOfVisit(condition) ?? onset, label),
  };
  if (laterality) fact.laterality = laterality;
  if (level) fact.level = level;
  if (date) fact.date = date;
  if (onset) fact.onset = onset;
  if (visit && !LASTING.test(words) && !concepts.includes('lasting-disease')) fact.visit = visit;
  return fact;
}
