import { filterMapped, allOf } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import { textAt, type ClinicSentence } from './sentence.js';

/** Tokens of a sentence that speak of treatment in general, last included. */
interface Scope {
  readonly from: number;
  readonly to: number;
}

/** What turns from what is said in general to what was, or back. */
const TURNS: ReadonlySet<string> = new Set(
  'but however although though yet whereas while nevertheless nonetheless'.split(' '),
);
const SUBJECTS: ReadonlySet<string> = new Set('patient pt she he they i who which'.split(' '));
/** Verbs of what was done or felt. */
const HAPPENED: ReadonlySet<string> = new Set(
  [
    'had got underwent received reported reports report noted experienced obtained achieved felt states stated',
    'responded completed attended did tried failed gave provided afforded yielded produced resulted meets met meet',
    'exceeded describes described endorses endorsed finished participated',
  ].flatMap((words) => words.split(' ')),
);
const BETWEEN: ReadonlySet<string> = new Set('has have already also then since now recently only'.split(' '));
/** Before a participle these make it a rule, or another's: "patients who have completed", "to be completed". */
const NO_FACT: ReadonlySet<string> = new Set(
  'have has be been must to of who that patient subject'.split(' '),
);
const PASSIVE: ReadonlySet<string> = new Set(['was', 'were']);
/** Words from a subject to its verb. */
const VERB_REACH = 3;

/** "He told me that ...": a report of what was, where "she was told that ..." is counsel. */
const TELLERS: ReadonlySet<string> = new Set('he she they patient pt who'.split(' '));
const HEARERS: ReadonlySet<string> = new Set(['me', 'us']);

/** "studies", where "the study shows" is a report of imaging: some cues count in the plural alone. */
function counts({ document, tokens }: ClinicSentence, mark: Mark): boolean {
  const cue = sense(mark, 'in-general');
  if (cue === undefined) return false;
  const isReport = HEARERS.has(tokens[mark.last + 1]?.text ?? '');
  if (isReport && tokens.slice(Math.max(0, mark.first - 2), mark.last).some(({ text }) => TELLERS.has(text)))
    return false;
  if (cue.properties.get('plural') !== 'yes') return true;
  return tokens
    .slice(mark.first, mark.last + 1)
    .some(({ start, end }) =>
      /^(?:studies|patients|people|subjects|individuals|series)$/iu.test(document.text.slice(start, end)),
    );
}

/** "the patient had", "she has since completed": one patient, and what happened; "patients had" is a rule's. */
function tellsAt(sentence: ClinicSentence, token: number): boolean {
  const { document, tokens } = sentence;
  const subject = tokens[token];
  if (subject === undefined || !SUBJECTS.has(subject.text) || textAt(sentence, token - 1) === 'that')
    return false;
  if (/^patients$/iu.test(document.text.slice(subject.start, subject.end))) return false;
  let verb = token + 1;
  while (verb < token + VERB_REACH && BETWEEN.has(textAt(sentence, verb))) verb += 1;
  return HAPPENED.has(textAt(sentence, verb)) && textAt(sentence, verb + 1) !== 'been';
}

function happenedAt(sentence: ClinicSentence, token: number): boolean {
  return HAPPENED.has(textAt(sentence, token)) && !NO_FACT.has(textAt(sentence, token - 1));
}

/** Tokens that part a sentence into what is told apart: "but", and a colon that no cue stands before. */
function partings({ marks, tokens }: ClinicSentence): readonly number[] {
  return allOf(marks, (mark, index) => {
    const colon = plays(mark, 'colon') && !plays(marks[index - 1], 'in-general');
    const turns = plays(mark, 'ends-scope') && TURNS.has(tokens[mark.first]?.text ?? '');
    return colon || turns ? [mark.first] : [];
  });
}

const CARRIED_OUT: ReadonlySet<string> = new Set(
  'performed done completed given injected treated'.split(' '),
);

/** What a patient is told before a procedure, which the same sentence may go on to tell of. */
const WARNS: ReadonlySet<string> = new Set(['risks', 'counsel']);

/** "After the risks were explained, a right block was performed": the warning ends before the clause that tells of it. */
function endOfWarning(sentence: ClinicSentence, cue: Mark, to: number): number {
  for (let token = cue.last + 1; token <= to; token += 1) {
    const done = CARRIED_OUT.has(textAt(sentence, token)) && PASSIVE.has(textAt(sentence, token - 1));
    if (!done && !tellsAt(sentence, token)) continue;
    const clause = sentence.marks.findLast(
      (mark) => plays(mark, 'comma', 'list') && mark.first > cue.last && mark.last < token,
    );
    return clause?.first ?? to;
  }
  return to;
}

/** "Risks of RFA discussed" may stand for a plan; with figures it is of what is known of the treatment. */
function hasFigure({ marks }: ClinicSentence, from: number, to: number): boolean {
  return marks.some((mark) => mark.first >= from && mark.last <= to && plays(mark, 'percent'));
}

function scopeOf(sentence: ClinicSentence, cue: Mark, { from, to }: Scope): Scope | undefined {
  const tokens = (first: number, end: number) =>
    Array.from({ length: Math.max(0, end - first) }, (_, on) => first + on);
  const code = sense(cue, 'in-general')?.code;
  const ofRule = code === 'criterion';
  const warned = WARNS.has(code ?? '') ? endOfWarning(sentence, cue, to) : to;
  if (code === 'risks')
    return hasFigure(sentence, cue.first, warned) ? { from: cue.first, to: warned } : undefined;
  const comma = sentence.marks.findLast(
    (mark) => plays(mark, 'comma') && mark.last < cue.first && mark.first > from,
  );
  const ahead = tokens(cue.last + 1, to + 1);
  const told = ahead.find((token) => tellsAt(sentence, token) || (ofRule && happenedAt(sentence, token)));
  // "PT required by her plan was completed": said of what stands before the rule.
  if (told !== undefined && PASSIVE.has(textAt(sentence, told - 1))) return undefined;
  const behind = tokens(comma?.last ?? from, cue.first);
  const fact = behind.some((token) => tellsAt(sentence, token) || happenedAt(sentence, token));
  return {
    from: fact ? cue.first : (comma?.last ?? from),
    to: told === undefined ? warned : Math.min(warned, told - 1),
  };
}

/**
 * What of a sentence is said in general (what studies found, what a payer requires, what a patient was told, hopes for
 * or may get) and of nothing that this patient had. What follows "she had" is hers, and a rule that she meets is told
 * of what she had.
 */
function generalities(sentence: ClinicSentence): readonly Scope[] {
  const cues = sentence.marks.filter((mark) => counts(sentence, mark));
  if (cues.length === 0) return [];
  const { first, end } = sentence.placed;
  const ends = [...partings(sentence), end];
  return filterMapped(cues, (cue) => {
    const from = ends.findLast((at) => at < cue.first) ?? first - 1;
    const to = ends.find((at) => at > cue.first) ?? end;
    const met = sentence.marks.some(
      (mark) => plays(mark, 'fulfilled') && mark.first > from && mark.last < to,
    );
    return met ? undefined : scopeOf(sentence, cue, { from: from + 1, to: to - 1 });
  });
}

/** Tells of each mark of a sentence whether it speaks of this patient; a term whose box was left open does not. */
export function ofPatient(sentence: ClinicSentence): (mark: { readonly first: number }) => boolean {
  const scopes = generalities(sentence);
  return ({ first }) =>
    sentence.tokens[first]?.said !== 'open' && !scopes.some(({ from, to }) => from <= first && first <= to);
}
