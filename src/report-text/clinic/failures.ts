import { plays, playsAny, type Mark } from '../marks/marks.js';
import type { ReadOptions } from '../reading.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import type { EventLog } from './event-log.js';
import { lastRecent } from './merge.js';
import { OTHER_TIMES } from './own-note.js';
import { ABLATIONS, HAPPENED } from './procedure-kinds.js';
import { textAt, wordsOf, type ClinicSentence } from './sentence.js';

/** Between "failed" and what it is said of: other members of one list, and what stands beside a procedure. */
const LISTED: ReadonlySet<string> = new Set(
  [
    'list comma level side technique target number bracket care medication procedure action ordinal-word drug',
    'at-least care-continues',
  ].flatMap((roles) => roles.split(' ')),
);
const FAILED: ReadonlySet<string> = new Set([
  'failed',
  'failure',
  'refractory',
  'recalcitrant',
  'unresponsive',
]);
/** Words behind a procedure in which it may be called failed: "RFA in 2024 which failed". */
const BEHIND_REACH = 8;
/** And in which its result may be said to be poor: "RFA on 02/10/2025 at an outside hospital, with no lasting benefit". */
const RESULT_REACH = 16;
/** Words before a result that has its procedure in the sentence before: "Overall this was". */
const SUBJECT_REACH = 6;
const PARTING: ReadonlySet<string> = new Set([';', 'but', 'however', 'and', 'then']);

/** "failed left SIJ RFA", "left SIJ RFA 2024, failed": called so; a share of relief, where there is one, says more. */
export function isCalledFailed({ first, last }: Anchor, { sentence }: AnchoredSentence): boolean {
  const { marks } = sentence;
  for (let index = first - 1; index >= 0; index -= 1) {
    const mark = marks[index];
    if (!mark) break;
    if (saysFailed(sentence, mark)) return !isDenied(sentence, mark.first);
    if (!playsAny(mark, LISTED)) break;
  }
  return isFailedBehind(sentence, (marks[last]?.last ?? 0) + 1);
}

function isFailedBehind(sentence: ClinicSentence, from: number): boolean {
  let isParted = false;
  for (let token = from; token < Math.min(from + RESULT_REACH, sentence.placed.end); token += 1) {
    const [word, mark] = [textAt(sentence, token), sentence.markOf.get(token)];
    if (plays(mark, 'failure')) return !isDenied(sentence, token);
    if (!isParted && token < from + BEHIND_REACH && (word === 'failed' || word === 'failure'))
      return textAt(sentence, token + 1) !== 'to' && !isDenied(sentence, token);
    if (word === ';' || plays(mark, 'action', 'procedure', 'care', 'medication')) return false;
    isParted ||= PARTING.has(word);
  }
  return false;
}

function saysFailed(sentence: ClinicSentence, mark: Mark): boolean {
  return plays(mark, 'failure') || wordsOf(sentence, mark.first, mark.last).some((word) => FAILED.has(word));
}

/** "It was unsuccessful.", "Poor result.": of the ablation just told of; anything treated beside it may be meant instead. */
export function isFailureOfBefore(sentence: ClinicSentence): boolean {
  const { marks, placed } = sentence;
  const [cue] = marks.filter((mark) => plays(mark, 'failure'));
  return (
    cue !== undefined &&
    cue.first - placed.first <= SUBJECT_REACH &&
    !marks.some((mark) => plays(mark, 'care', 'medication', 'drug', 'target')) &&
    !isDenied(sentence, cue.first)
  );
}

function isDenied(sentence: ClinicSentence, token: number): boolean {
  return [1, 2].some((back) => ['not', 'no', 'never', 'if'].includes(textAt(sentence, token - back)));
}

const LESIONED: ReadonlySet<string> = new Set(
  'lesioned lesion ablated treated completed done performed denervated burned reached'.split(' '),
);
const ONLY: ReadonlySet<string> = new Set(['only', 'just', 'solely']);
/** Words between "only" and the levels or lesions it limits, and from them to the verb. */
const ONLY_REACH = 8;

/**
 * Where a sentence says that not all lesions of an ablation were made: offset of the words; undefined where it does not,
 * or says that all were made in the end. Such an ablation is no technically complete lesion.
 */
function partialAt(sentence: ClinicSentence): number | undefined {
  if (sentence.marks.some((mark) => plays(mark, 'carried-through'))) return undefined;
  const cue = sentence.marks.find((mark) => plays(mark, 'partial-lesion'));
  const token = cue?.first ?? onlySome(sentence);
  return token === undefined ? undefined : sentence.tokens[token]?.start;
}

/** "only S1 and S2 lesioned", "lesioned S1 and S2 only", "only 2 of 3 lesions completed" */
function onlySome(sentence: ClinicSentence): number | undefined {
  const { placed } = sentence;
  for (let token = placed.first; token < placed.end; token += 1) {
    if (!ONLY.has(textAt(sentence, token)) || limitsRelief(sentence, token)) continue;
    const [from, to] = [
      Math.max(placed.first, token - ONLY_REACH),
      Math.min(placed.end, token + 1 + ONLY_REACH),
    ];
    const words = wordsOf(sentence, from, to - 1);
    const lesions =
      words.some((word) => LESIONED.has(word)) && (namesSome(sentence, from, to) || isShare(words));
    if (lesions) return token;
  }
  return undefined;
}

/** "only 10% relief" */
function limitsRelief(sentence: ClinicSentence, token: number): boolean {
  return [1, 2, 3, 4].some((on) => textAt(sentence, token + on) === '%');
}

/** Levels, and not all of S1 to S3, which are the whole lesion. */
function namesSome({ marks }: ClinicSentence, from: number, to: number): boolean {
  const named = marks
    .filter((mark) => mark.first >= from && mark.last < to)
    .flatMap(({ level }) => level?.vertebrae ?? []);
  return named.length > 0 && !['S1', 'S2', 'S3'].every((nerve) => named.includes(nerve));
}

/** "2 of 3 lesions", "one lesion" */
function isShare(words: readonly string[]): boolean {
  return (
    words.some((word) => /^(?:lesions?|levels?|nerves?|burns?)$/u.test(word)) &&
    words.some((word) => /^(?:\d+|one|two|three)$/u.test(word))
  );
}

/**
 * Ends the ablation told of last before words that say it was not complete ("relief 30%, with only S1 and S2 lesioned").
 * @param events the event is amended in it
 * @returns whether the words are of the ablation whose own note this is, and of none that it names
 */
export function endPartial(events: EventLog, sentence: ClinicSentence, { about }: ReadOptions): boolean {
  const cue = partialAt(sentence);
  if (cue === undefined) return false;
  const at = lastRecent(events.all, ({ kind, start }) => ABLATIONS.has(kind) && start <= cue);
  const event = events.all[at];
  if (event && HAPPENED.has(event.status)) {
    events.amend(at, { ...event, status: 'stopped', notCarriedThrough: true });
    return false;
  }
  return about !== undefined && ABLATIONS.has(about) && !OTHER_TIMES.has(sentence.placed.section);
}
