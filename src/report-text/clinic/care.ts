import { allOf } from '../../lists.js';
import { Assertions } from '../findings/assertion.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import { mentionAt } from '../marks/mention.js';
import type { TextCare, TextStatement } from '../reading.js';
import { figuresOf, ownedAmounts } from './care-amounts.js';
import { denialOfAblation, isOfFacets, isTakenBack } from './denials.js';
import { ofPatient } from './generality.js';
import { isPatient, spanOf, textAt, type ClinicSentence } from './sentence.js';
import { statusOf } from './status.js';

const CARE: ReadonlyMap<string, TextCare['care']> = new Map(
  (
    [
      'physical-therapy',
      'home-exercise',
      'chiropractic',
      'activity-modification',
      'rest',
      'bracing',
      'acupuncture',
      'behavioural',
      'unspecified',
    ] as const
  ).map((care) => [care, care]),
);
const STATEMENTS: ReadonlyMap<string, TextStatement['id']> = new Map(
  (
    [
      'cauda-equina-signs',
      'groin-pain',
      'opioid-taper',
      'pregnancy',
      'bleeding-risk',
      'inflammatory-disease',
      'inflammatory-signs',
      'implanted-device',
      'chronic-pain',
    ] as const
  ).map((id) => [id, id]),
);
/** Sections that warn or forbid: medicines named there were not taken. */
const NOT_CARE: ReadonlySet<string> = new Set(['risks', 'technique', 'family-history']);

function careIn(sentence: ClinicSentence): readonly TextCare[] {
  const { marks, placed } = sentence;
  const own = ofPatient(sentence);
  const named = marks.filter(
    (mark) => plays(mark, 'care', 'medication') && !isPatient(sentence, mark) && own(mark),
  );
  if (named.length === 0 || NOT_CARE.has(placed.section)) return [];
  const amounts = ownedAmounts(sentence, named);
  let status: TextCare['status'] | undefined;
  return allOf(named, (mark, at) => {
    const index = marks.indexOf(mark);
    const limits = [
      at === 0 ? -1 : marks.indexOf(named[at - 1] ?? mark),
      at + 1 < named.length ? marks.indexOf(named[at + 1] ?? mark) : marks.length,
    ] as const;
    status =
      careStatus(sentence, index, limits) ??
      (at > 0 ? status : undefined) ??
      (placed.section === 'plan' ? 'planned' : 'done');
    const figures = figuresOf(amounts.get(mark) ?? []);
    if (figures.visits === 0 || sentence.tokens[mark.first]?.said === 'no') status = 'not-done';
    const care = careOf(mark);
    if (care === undefined) return [];
    const ended = status === 'done' && isEnded(sentence, mark, limits[1]) ? { ended: true } : {};
    return [{ ...care, status, ...figures, ...ended, ...spanOf(sentence, mark.first, mark.last) }];
  });
}

const TAKEN: ReadonlySet<string> = new Set(
  'completed attended finished participated underwent went did'.split(' '),
);
const NOT_TAKEN: ReadonlySet<string> = new Set('be not never yet been until when once if'.split(' '));

/** "Referred to PT and completed 8 weeks" */
function wasTaken(sentence: ClinicSentence, index: number, limit: number): boolean {
  const first = (sentence.marks[index]?.last ?? 0) + 1;
  const end = sentence.marks[limit]?.first ?? sentence.placed.end;
  return sentence.tokens
    .slice(first, end)
    .some(({ text }, on) => TAKEN.has(text) && !NOT_TAKEN.has(textAt(sentence, first + on - 1)));
}

const ENDED: ReadonlySet<string> = new Set(
  'stopped quit discontinued halted abandoned dropped ceased'.split(' '),
);

/** "3 sessions, then stopped for pain" */
function isEnded(sentence: ClinicSentence, { last }: Mark, limit: number): boolean {
  const end = sentence.marks[limit]?.first ?? sentence.placed.end;
  return sentence.tokens
    .slice(last + 1, end)
    .some(({ text }, on) => ENDED.has(text) && !NOT_TAKEN.has(textAt(sentence, last + on)));
}

function careOf(mark: Mark): Pick<TextCare, 'care' | 'medicationClass'> | undefined {
  const care = CARE.get(sense(mark, 'care')?.code ?? '');
  if (care !== undefined) return { care };
  const medicine = sense(mark, 'medication')?.code;
  if (medicine === undefined) return undefined;
  return { care: 'medication', ...(medicine !== 'other' && { medicationClass: medicine }) };
}

function careStatus(
  sentence: ClinicSentence,
  index: number,
  limits: readonly [number, number],
): TextCare['status'] | undefined {
  const { marks } = sentence;
  const continues = marks.slice(limits[0] + 1, index).some((mark) => plays(mark, 'care-continues'));
  const status = statusOf(sentence, { first: index, last: index }, limits);
  if (status === 'not-done' && goesOn(marks, index, limits[0])) return 'done';
  if (status === 'not-done' || status === 'stopped') return status === 'stopped' ? 'done' : 'not-done';
  if (continues || status === 'completed') return 'done';
  if (status === 'planned' && wasTaken(sentence, index, limits[1])) return 'done';
  return status === 'planned' ? 'planned' : undefined;
}

/** "without benefit, and continues home exercise": the denial is of something before, in a clause of its own. */
function goesOn(marks: readonly Mark[], index: number, limit: number): boolean {
  const own = marks.slice(limit + 1, index);
  const continues = own.findLastIndex((mark) => plays(mark, 'care-continues'));
  const denial = own.findLastIndex((mark) => plays(mark, 'negation-before', 'not-done', 'relief-in-words'));
  return continues > denial && own.slice(denial + 1, continues).some((mark) => plays(mark, 'comma', 'list'));
}

/** Conservative care a note tells of, one entry for each class and status; the fuller entry wins. */
export function careOfNote(sentences: readonly ClinicSentence[]): readonly TextCare[] {
  const kept = new Map<string, TextCare>();
  for (const care of allOf(
    sentences.filter(({ speaks }) => speaks),
    careIn,
  )) {
    const key = `${care.care}|${care.medicationClass ?? ''}|${care.status}`;
    const before = kept.get(key);
    kept.set(key, before === undefined ? care : { ...care, ...before });
  }
  return [...kept.values()];
}

const DENIED = 'rfa-denied-by-plan';

function denials(sentence: ClinicSentence): readonly TextStatement[] {
  const span = denialOfAblation(sentence);
  return span === undefined || isOfFacets(sentence) ? [] : [{ id: DENIED, ...span }];
}

const GONE: ReadonlySet<string> = new Set(
  'removed removal explanted explant explantation declined refused considered recommended'.split(' '),
);

/** "Stimulator 2019, removed 2021", "consider a pacemaker": a device that is gone, or was never put in. */
function isNotThere(sentence: ClinicSentence, index: number): boolean {
  const { marks, tokens, placed } = sentence;
  const mark = marks[index];
  if (mark === undefined || sense(mark, 'statement')?.code !== 'implanted-device') return false;
  const planned = marks
    .slice(0, index)
    .some((one) => plays(one, 'planned', 'refusal') && mark.first - one.last <= DEVICE_REACH);
  const asked = tokens[placed.end - 1]?.text === '?';
  return asked || planned || tokens.slice(mark.last + 1, placed.end).some(({ text }) => GONE.has(text));
}
/** Words between "consider" and the device. */
const DEVICE_REACH = 3;

function statementsIn(sentence: ClinicSentence): readonly TextStatement[] {
  const { marks, tokens } = sentence;
  const named = allOf(marks, (mark, index) => {
    const id = STATEMENTS.get(sense(mark, 'statement')?.code ?? '');
    return id === undefined ? [] : [{ id, index, mark }];
  });
  if (named.length === 0) return denials(sentence);
  const assertions = new Assertions(tokens, marks);
  const stated = named.filter(({ index }) => {
    const { negated, hypothetical } = assertions.of(mentionAt(index, ''));
    return (
      !negated &&
      !hypothetical &&
      !isNotThere(sentence, index) &&
      sentence.placed.section !== 'risks' &&
      sentence.placed.section !== 'family-history'
    );
  });
  return [
    ...denials(sentence),
    ...stated.map(({ id, mark }) => ({ id, ...spanOf(sentence, mark.first, mark.last) })),
  ];
}

/** Sentences that matter beside findings and procedures, each kind once; what is denied or only warned of is left out. */
export function statementsOf(sentences: readonly ClinicSentence[]): readonly TextStatement[] {
  const kept = new Map<string, TextStatement>();
  for (const [at, sentence] of sentences.entries())
    for (const statement of sentence.speaks ? statementsIn(sentence) : [])
      if (!kept.has(statement.id) && !(statement.id === DENIED && isTakenBack(sentences, at)))
        kept.set(statement.id, statement);
  return [...kept.values()];
}
