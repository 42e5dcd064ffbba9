import { plays, type Mark } from '../marks/marks.js';
import { textAt, type ClinicSentence } from './sentence.js';

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
