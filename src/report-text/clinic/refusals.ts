import { filterMapped, allOf } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import type { TextStatement } from '../reading.js';
import { OWN_TARGETS } from './procedure-kinds.js';
import { isOfPatient, isOfReason, isOpen, placeBehind } from './refusal-subjects.js';
import { isOfSideAlone } from './side-ends.js';
import { ofPatient } from './generality.js';
import { isPatient, spanOf, textAt, type ClinicSentence } from './sentence.js';

/** What a patient may refuse that the pathway would propose. */
type Refusable = 'rfa' | 'block' | 'rehabilitation';
type Will = 'declined' | 'accepted' | 'advised-against';

/** What is refused, and the tokens that say so, last included. */
interface Named {
  readonly what: Refusable;
  readonly first: number;
  readonly last: number;
}

interface Wish extends Named {
  readonly will: Will;
}

const OF_PROCEDURE: ReadonlyMap<string, Refusable> = new Map([
  ['sacral-lateral-branch-rfa', 'rfa'],
  ['lateral-branch-block', 'block'],
  ['si-joint-injection', 'block'],
]);
const OF_ACTION: ReadonlyMap<string, Refusable> = new Map([
  ['ablation', 'rfa'],
  ['block', 'block'],
  ['injection', 'block'],
]);
const REHABILITATION: ReadonlySet<string> = new Set([
  'physical-therapy',
  'home-exercise',
  'chiropractic',
  'unspecified',
]);

/** Words between a refusal and what is refused: none of them names something else that is. */
const FILLERS: ReadonlySet<string> = new Set(
  [
    'further any more another repeat additional the a an to undergo undergoing have having get getting proceed with',
    'proceeding at this that in trying try do doing start starting attend attending offered recommended proposed',
    'referral option offer offers course recommendation order consideration idea consider considering going through',
    'instead rather over than formal both either all of her his their outpatient supervised cooled repeated new again possible',
  ].flatMap((words) => words.split(' ')),
);
/** Only behind one of these "for" still leads to what is refused: "declines sedation for RFA" refuses none. */
const LEADING: ReadonlySet<string> = new Set(
  'referral option offer course recommendation order consideration'.split(' '),
);
/** Parts that stand beside a procedure and name no other one. */
const BESIDE = [
  'side',
  'technique',
  'level',
  'ordinal-word',
  'number',
  'list',
  'comma',
  'target',
  'bracket',
  'planned',
] as const;
/** "RFA was offered and declined": how far back what is refused may stand, in words. */
const BEHIND_REACH = 14;

function objectAt(sentence: ClinicSentence, mark: Mark): Refusable | undefined {
  const care = sense(mark, 'care')?.code;
  if (care !== undefined) return REHABILITATION.has(care) ? 'rehabilitation' : undefined;
  const procedure = sense(mark, 'procedure')?.code;
  if (procedure !== undefined) return OF_PROCEDURE.get(procedure);
  const action = sense(mark, 'action')?.code;
  return action === undefined || hasOtherTarget(sentence, mark) ? undefined : OF_ACTION.get(action);
}

/** "RFA of the knee", "facet RFA": a target within a few words that is none of ours, and no reason's. */
function hasOtherTarget(sentence: ClinicSentence, mark: Mark): boolean {
  const { marks } = sentence;
  const at = marks.indexOf(mark);
  const beside = [marks[at - 1], marks[at - 2], marks[at + 1], marks[at + 2]];
  const named = allOf(beside, (one) =>
    one && Math.abs(one.first - mark.first) <= TARGET_REACH && !isOfReason(sentence, mark, one) ? [one] : [],
  );
  return isElsewhere(named);
}

function isElsewhere(named: readonly Mark[]): boolean {
  const targets = filterMapped(named, (one) => sense(one, 'target')?.code);
  return (
    !targets.some((code) => OWN_TARGETS.has(code)) &&
    (targets.length > 0 || named.some((one) => plays(one, 'other-organ')))
  );
}
const TARGET_REACH = 5;

/** What stands right behind a refusal: a list goes on. */
function objectsBehind(sentence: ClinicSentence, verb: Mark): readonly Named[] {
  const found: Named[] = [];
  for (let token = verb.last + 1; token < sentence.placed.end; token += 1) {
    const mark = sentence.markOf.get(token);
    const object = mark && objectAt(sentence, mark);
    if (mark && object) found.push({ what: object, first: verb.first, last: mark.last });
    const isName = mark && (object !== undefined || plays(mark, ...BESIDE) || isInstead(sentence, mark));
    if (!isName && (mark?.last ?? token) !== token) break;
    if (!isName && !isFiller(sentence, token)) break;
    token = mark?.last ?? token;
  }
  return found;
}

/** "prefers surgery instead of RFA", "rather than RFA" */
function isInstead(sentence: ClinicSentence, { first }: Mark): boolean {
  return ['instead', 'rather'].includes(textAt(sentence, first));
}

function isFiller(sentence: ClinicSentence, token: number): boolean {
  const text = textAt(sentence, token);
  if (text === 'for' || text === 'about') return LEADING.has(textAt(sentence, token - 1));
  return FILLERS.has(text) || sentence.tokens[token]?.kind === 'joint' || text === '/' || text === '-';
}

/** "RFA was offered, but she declined": what stands before it, where nothing else follows that could be meant. */
function objectBefore(sentence: ClinicSentence, verb: Mark): Named | undefined {
  const at = sentence.marks.indexOf(verb);
  if (!isLast(sentence, verb) && !(plays(verb, 'advised-against') && givesReason(sentence, at)))
    return undefined;
  const place = placeBehind(sentence, verb);
  if (place !== undefined && isElsewhere([place])) return undefined;
  for (let index = at - 1; index >= 0; index -= 1) {
    const mark = sentence.marks[index];
    if (!mark || verb.first - mark.last > BEHIND_REACH) return undefined;
    if (isNamed(sentence, mark)) return named(sentence, mark, verb.last);
    if (plays(mark, 'drug', 'medication', 'statement')) return undefined;
  }
  return undefined;
}

/** "contraindicated with her ICD": what follows is the reason, no condition and nothing else that could be meant. */
function givesReason(sentence: ClinicSentence, at: number): boolean {
  const [verb, next] = [sentence.marks[at], sentence.marks[at + 1]];
  if (verb === undefined || ['if', 'unless', 'in'].includes(textAt(sentence, verb.last + 1))) return false;
  return next === undefined || next.first - verb.last > BARE_REACH || !isNamed(sentence, next);
}

function isNamed(sentence: ClinicSentence, mark: Mark): boolean {
  return plays(mark, 'action', 'procedure') || (plays(mark, 'care') && !isPatient(sentence, mark));
}

function named(sentence: ClinicSentence, mark: Mark, last: number): Named | undefined {
  const what = objectAt(sentence, mark);
  return what && { what, first: mark.first, last };
}

/** "declined.", "elects not to proceed with it at this time": nothing behind it names another thing. */
function isLast(sentence: ClinicSentence, verb: Mark): boolean {
  let token = verb.last + 1;
  while (GOING_AHEAD.has(textAt(sentence, token))) token += 1;
  return ENDS.has(textAt(sentence, token));
}
const GOING_AHEAD: ReadonlySet<string> = new Set(
  'to proceed pursue do undergo have with it this that go going ahead forward so done performed'.split(' '),
);
/** Behind a refusal these leave no room for another object. */
const ENDS: ReadonlySet<string> = new Set([
  ...['', '.', ',', ';', ')', '-', '–'],
  ...'by at it this that them due because for as since repeat further again today currently in and but'.split(
    ' ',
  ),
  ...'despite another stating secondary given after when on'.split(' '),
]);

function wishesIn(sentence: ClinicSentence, before: Named | undefined): readonly Wish[] {
  const own = ofPatient(sentence);
  return allOf(sentence.marks, (mark): readonly Wish[] => {
    const will = willOf(sentence, mark);
    if (!will || !own(mark) || isOpen(sentence, mark) || !isOfPatient(sentence, mark)) return [];
    const behind = objectsBehind(sentence, mark);
    const spoken = isBare(sentence, mark) ? before && { ...before, last: mark.last } : undefined;
    const all = behind.length > 0 ? behind : [objectBefore(sentence, mark) ?? spoken];
    return allOf(all, (one) => (one ? [{ ...one, will }] : []));
  });
}

/** A refusal is the patient's; what a clinician speaks against is told of ablations alone. */
function willOf(sentence: ClinicSentence, mark: Mark): Will | undefined {
  if (plays(mark, 'refusal')) return 'declined';
  // "She changed her mind and the procedure was not done": the other way.
  const undone = sentence.marks.some((each) => each.first > mark.last && plays(each, 'no-lesion'));
  if (plays(mark, 'acceptance')) return undone ? undefined : 'accepted';
  const isDenied = DENYING.has(textAt(sentence, mark.first - 1));
  const isRule =
    textAt(sentence, mark.last + 1) === 'in' && !OF_THIS_ONE.has(textAt(sentence, mark.last + 2));
  const isAdvice = plays(mark, 'advised-against') && !isOfSideAlone(sentence, mark);
  return isAdvice && !isDenied && !isRule ? 'advised-against' : undefined;
}
/** "contraindicated in pregnancy" is said of anyone, "in this patient" of one. */
const OF_THIS_ONE: ReadonlySet<string> = new Set('this her his him them my our light view'.split(' '));
/** "no contraindication to", "without a contraindication to" */
const DENYING: ReadonlySet<string> = new Set('no any without a absolute relative'.split(' '));

/** "She declined.", "Patient is not interested at this time.": of what the sentence before speaks of. */
function isBare(sentence: ClinicSentence, verb: Mark): boolean {
  return (
    isLast(sentence, verb) &&
    (verb.first - sentence.placed.first <= BARE_REACH || JOINING.has(textAt(sentence, verb.first - 1))) &&
    !sentence.marks.some((mark) => isNamed(sentence, mark) || plays(mark, 'drug', 'medication'))
  );
}
/** "She fears needles and does not wish to have it done" */
const JOINING: ReadonlySet<string> = new Set(['and', 'but', 'so']);
/** Words before a refusal that names nothing: "The patient has". */
const BARE_REACH = 5;

function lastObjectOf(sentence: ClinicSentence): Named | undefined {
  const last = sentence.marks.findLast((mark) => isNamed(sentence, mark));
  return last && named(sentence, last, last.last);
}

/**
 * What the patient refuses or, after that, accepts of what the pathway would propose: of each the last that a note
 * says. A payer's refusal, a relative's, and what a patient may refuse are none.
 */
export function wishesOf(sentences: readonly ClinicSentence[]): readonly TextStatement[] {
  const last = new Map<string, TextStatement>();
  let before: Named | undefined;
  for (const sentence of sentences) {
    if (sentence.placed.section !== 'family-history' && sentence.placed.section !== 'risks')
      for (const { what, will, first, last: end } of wishesIn(sentence, before))
        if (will !== 'advised-against')
          last.set(what, { id: `${what}-${will}`, ...spanOf(sentence, first, end) });
        else if (what === 'rfa') last.set(will, { id: `${what}-${will}`, ...spanOf(sentence, first, end) });
    before = lastObjectOf(sentence);
  }
  return [...last.values()];
}
