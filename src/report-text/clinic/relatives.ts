import { plays, type Mark } from '../marks/marks.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { textAt, type ClinicSentence } from './sentence.js';

/** What a relative had, where one stands right before it. */
const RELATIVE_HAD: ReadonlySet<string> = new Set(['had', 'has', 'underwent', 'received', 'got', 'also']);
/** The same, behind a clause in which a colleague or a partner may stand as well. */
const UNDERWENT: ReadonlySet<string> = new Set(['had', 'underwent', 'received', 'got']);
const BETWEEN: ReadonlySet<string> = new Set(
  'also recently just previously once actually only already'.split(' '),
);
const WHO: ReadonlySet<string> = new Set(['who', 'whom']);
/** Tokens of a clause between commas: "her daughter, who also sees him, had RFA". */
const CLAUSE_REACH = 14;

function verbFrom(sentence: ClinicSentence, token: number): string {
  let verb = token;
  while (BETWEEN.has(textAt(sentence, verb))) verb += 1;
  return textAt(sentence, verb);
}

const PATIENT: ReadonlySet<string> = new Set(['patient', 'pt']);
const DETERMINERS: ReadonlySet<string> = new Set(['the', 'this', 'our']);

/** "Sister of patient", "Mother of the pt": the last token of whose relative it is. */
function behindPatient(sentence: ClinicSentence, last: number): number {
  if (textAt(sentence, last + 1) !== 'of') return last;
  const patient = DETERMINERS.has(textAt(sentence, last + 2)) ? last + 3 : last + 2;
  return PATIENT.has(textAt(sentence, patient)) ? patient : last;
}

/** Whether what is said behind a relative is that this one had something done. @param relative last token of it */
function didSo(sentence: ClinicSentence, relative: number): boolean {
  const last = behindPatient(sentence, relative);
  if (RELATIVE_HAD.has(textAt(sentence, last + 1)) || UNDERWENT.has(verbFrom(sentence, last + 1)))
    return true;
  const who = textAt(sentence, last + 1) === ',' ? last + 2 : last + 1;
  if (!WHO.has(textAt(sentence, who))) return false;
  if (UNDERWENT.has(verbFrom(sentence, who + 1))) return true;
  let token = who + 1;
  while (token < who + CLAUSE_REACH && !['', ','].includes(textAt(sentence, token))) token += 1;
  return UNDERWENT.has(verbFrom(sentence, token + 1));
}

/** "listed in error as right": what was wrong is the side. */
function isOfWrongSide(sentence: ClinicSentence, { first, last }: Mark): boolean {
  const { tokens, placed, marks } = sentence;
  const wrong = SIDE_WORDS.get(textAt(sentence, last + 2));
  if (textAt(sentence, last + 1) !== 'as' || wrong === undefined) return false;
  // "as right instead of left", "as right sided and did not happen": more than the side.
  if (!ENDS.has(textAt(sentence, last + 3)) || marks.some((mark) => plays(mark, 'not-done'))) return false;
  const before = tokens.slice(placed.first, first).map(({ text }) => SIDE_WORDS.get(text));
  const named = new Set(before.filter((side) => side !== undefined));
  return named.size === 1 && !named.has(wrong);
}
const ENDS: ReadonlySet<string> = new Set(['', '.', ',', ';', ')', ']']);

const PRONOUNS: ReadonlySet<string> = new Set('she he they who her his their both'.split(' '));

/** In a family history: what its heading has beside it, a relative or one spoken of; a line below may be the patient's. */
function isOfFamily({ placed, tokens, marks }: ClinicSentence): boolean {
  if (placed.section !== 'family-history') return false;
  const beside = tokens[placed.first - 1]?.text === ':';
  const pronoun = PRONOUNS.has(tokens[placed.first]?.text ?? '') && placed.after !== 'empty-line';
  if (beside || pronoun) return true;
  return marks.some((mark) => plays(mark, 'family'));
}

/** Words from "brother's" to what was done to him. */
const POSSESSION_REACH = 5;

/** "her sister had a fusion", "her brother's SIJ fusion": what a relative had, not what one reports; "copied in error". */
export function tellsOfSomeoneElse(sentence: ClinicSentence): boolean {
  if (isOfFamily(sentence)) return true;
  return sentence.marks.some(
    (mark) =>
      (plays(mark, 'misfiled') && !isOfWrongSide(sentence, mark)) ||
      (plays(mark, 'family') &&
        (didSo(sentence, mark.last) || ownsProcedure(sentence, mark) || isLabel(sentence, mark))),
  );
}

/** "Father: SI fusion 2019" is his, where "Wife: he had a fusion" is what she says of the patient. */
function isLabel(sentence: ClinicSentence, { first, last }: Mark): boolean {
  const colon = behindPatient(sentence, last) + 1;
  if (first !== sentence.placed.first || textAt(sentence, colon) !== ':') return false;
  const next = sentence.marks.find((mark) => mark.first > colon);
  return next?.first === colon + 1 && plays(next, 'procedure', 'action', 'target', 'technique', 'side');
}

function ownsProcedure({ marks, tokens, document }: ClinicSentence, { last }: Mark): boolean {
  const word = tokens[last];
  if (word === undefined || !/['’]s$/u.test(document.text.slice(word.start, word.end))) return false;
  const next = marks.find(
    (mark) => mark.first > last && plays(mark, 'procedure', 'action', 'target', 'comma'),
  );
  return next !== undefined && next.first - last <= POSSESSION_REACH && !plays(next, 'comma');
}
