import { plays, sense, type Mark } from '../marks/marks.js';
import { textAt, wordsOf, type ClinicSentence } from './sentence.js';

/** Before a refusal these leave it open: "may decline", "the right to refuse", "did not decline". */
const OPEN: ReadonlySet<string> = new Set(
  'may can could might if unless should not never didnt doesnt cannot would or right option whether'.split(
    ' ',
  ),
);

/** The payer's: it stands before the refusal with no patient between, or behind "by". */
function isPayers({ marks, tokens }: ClinicSentence, verb: Mark): boolean {
  const by = marks.some(
    (mark) =>
      plays(mark, 'payer') &&
      mark.first > verb.last &&
      mark.first - verb.last <= BY_REACH &&
      tokens.slice(verb.last + 1, mark.first).some(({ text }) => text === 'by'),
  );
  const payer = marks.findLast((mark) => plays(mark, 'payer') && mark.last < verb.first);
  const person = tokens.findLastIndex(({ text }, at) => at < verb.first && PERSONS.has(text));
  return by || (payer !== undefined && person < payer.last);
}
const PERSONS: ReadonlySet<string> = new Set('patient pt she he they who her his'.split(' '));

/** "Her sister declined", where "Her husband reports that she declined" is the patient's. */
function isAnothers({ marks, tokens }: ClinicSentence, verb: Mark): boolean {
  const relative = marks.findLast((mark) => plays(mark, 'family') && mark.last < verb.first);
  return (
    relative !== undefined &&
    !tokens.slice(relative.last + 1, verb.first).some(({ text }) => SUBJECTS.has(text))
  );
}
const SUBJECTS: ReadonlySet<string> = new Set('patient pt she he they'.split(' '));

/** "Patients often decline" is of no one patient. */
function isManys({ document, tokens, placed }: ClinicSentence, verb: Mark): boolean {
  const start = tokens[placed.first]?.start ?? 0;
  return /\b(?:patients|people|many|most|some)\b/iu.test(
    document.text.slice(start, tokens[verb.first]?.start),
  );
}

/** "may decline", "if she declines", "did not decline" */
export function isOpen(sentence: ClinicSentence, { first }: Mark): boolean {
  if (OPEN.has(textAt(sentence, first - 1))) return true;
  if (textAt(sentence, first - 1) === 'to') return OPEN.has(textAt(sentence, first - 2));
  for (let token = first - 1; token >= sentence.placed.first; token -= 1) {
    const text = textAt(sentence, token);
    if (text === ',') return false;
    if (text === 'if' || text === 'unless' || text === 'should') return true;
  }
  return false;
}

/** Words from a refusal to the payer behind it. */
const BY_REACH = 5;

/** Whether a refusal is this patient's own: not the payer's, a relative's, or that of patients in general. */
export function isOfPatient(sentence: ClinicSentence, verb: Mark): boolean {
  return !isPayers(sentence, verb) && !isAnothers(sentence, verb) && !isManys(sentence, verb);
}

const REASONS: ReadonlySet<string> = new Set(
  'because due given since as owing secondary considering light view account'.split(' '),
);
const POSSESSIVES: ReadonlySet<string> = new Set(['her', 'his', 'their']);
/** Words of a reason before the part of the body that it names: "in light of her long-standing". */
const REASON_REACH = 5;
/** Parts that also tell of which nerves an ablation is: "because the genicular blocks failed". */
const SPINAL: ReadonlySet<string> = new Set(['facet', 'medial-branch', 'lumbar']);

function givesReasonAt(sentence: ClinicSentence, token: number): boolean {
  const text = textAt(sentence, token);
  return REASONS.has(text) || (text === 'with' && POSSESSIVES.has(textAt(sentence, token + 1)));
}

function givesReasonIn(sentence: ClinicSentence, from: number, end: number): boolean {
  for (let token = from; token < end; token += 1) if (givesReasonAt(sentence, token)) return true;
  return false;
}

/** "because of negative genicular blocks": a block tells of what the ablation would have been. */
function isOfBlock({ marks }: ClinicSentence, place: Mark): boolean {
  const at = marks.indexOf(place);
  return SPINAL.has(sense(place, 'target')?.code ?? '') || plays(marks[at + 1], 'action', 'procedure');
}

/**
 * "RFA because of her skin disease", "Given her heart disease, RFA ...": a part of the body that the reason names, not
 * the one that is treated. Only "ablation" may be of a heart, whose disease is then no other's.
 */
export function isOfReason(sentence: ClinicSentence, treated: Mark, place: Mark): boolean {
  if (/^ablations?$/u.test(wordsOf(sentence, treated.first, treated.last).join(' '))) return false;
  if (isOfBlock(sentence, place)) return false;
  if (place.first > treated.last) return givesReasonIn(sentence, treated.last + 1, place.first);
  const from = Math.max(sentence.placed.first, place.first - REASON_REACH);
  const comma = wordsOf(sentence, place.last + 1, treated.first - 1).includes(',');
  return comma && givesReasonIn(sentence, from, place.first);
}

/** "not an option for the knee": of which part of the body what stands before it is spoken against. */
export function placeBehind(sentence: ClinicSentence, verb: Mark): Mark | undefined {
  if (!['for', 'of'].includes(textAt(sentence, verb.last + 1))) return undefined;
  const place = sentence.marks.find(
    (mark) => mark.first > verb.last && plays(mark, 'target', 'other-organ', 'comma'),
  );
  return place && !plays(place, 'comma') && !isOfReason(sentence, verb, place) ? place : undefined;
}
