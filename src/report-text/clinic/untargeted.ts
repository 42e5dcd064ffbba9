import { plays, playsAny, sense, wordsBetween } from '../marks/marks.js';
import type { TextStatement } from '../reading.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { spanOf, textAt, wordsOf, type ClinicSentence } from './sentence.js';
import { OWN_TARGETS } from './procedure-kinds.js';
import { statusOf, type MentionStatus } from './status.js';

/** An ablation, done or spoken of, whose target the words do not name: of the sacroiliac joint, of facets, of anything. */
export interface UntargetedAblation extends TextStatement {
  /** Only "ablation" or so: what is ablated may also be a heart or a vein. */
  readonly ofAnyOrgan: boolean;
}

/** Names that ablation of nerves alone goes by. */
const OF_NERVES = /^(?:c?rf(?:as?|n|tc)|rf (?!$).+|radio ?frequency.*|rhizotomy)$/u;
const ABLATION = /^(?:ablations?|thermal ablation)$/u;
/** Words of what is still to come: "follow up 6 weeks after RFA". */
const AHEAD: ReadonlySet<string> = new Set(
  [
    'will would plan follow followup f u return rtc reassess reevaluate re recheck schedule scheduled pending await',
    'awaiting authorization approval appeal candidate hope before require required requires need needs until once',
    'next upcoming proposed anticipate anticipated going',
  ].flatMap((words) => words.split(' ')),
);
/** Words right before a procedure that put it ahead of something: "before RFA", "prior to RFA". */
const BEFORE: ReadonlySet<string> = new Set(['before', 'pre', 'until', 'without', 'than', 'no', 'not']);
const DENYING: ReadonlySet<string> = new Set(['without', 'than', 'no', 'not']);
/** Headings of what was tried. */
const TRIED: ReadonlySet<string> = new Set(
  'prior previous past failed tried hx history treatment treatments interventions'.split(' '),
);
const LISTED: ReadonlySet<string> = new Set(
  'list comma level side technique target number bracket care-continues ordinal-word drug'.split(' '),
);
const HEADING_REACH = 4;
const RELATIVE_REACH = 4;

interface Told {
  readonly anchor: Anchor;
  readonly told: AnchoredSentence;
  readonly said: MentionStatus | undefined;
  /** ISO date the words give for it. */
  readonly date: string | undefined;
  readonly isRelieved: boolean;
  /** Spoken of under a condition. */
  readonly isOnlyIf: boolean;
}

/** The ablation without a target that an anchor tells of as done, or speaks of as to come; undefined where neither is plain. */
export function untargeted(mention: Told): UntargetedAblation | undefined {
  const { anchor, told, date, isRelieved, isOnlyIf } = mention;
  const { sentence } = told;
  const { marks } = sentence;
  const [first, last] = [marks[anchor.first]?.first ?? 0, marks[anchor.last]?.last ?? 0];
  const name = wordsOf(sentence, first, last).join(' ');
  const isPlain = OF_NERVES.test(name);
  if (!isPlain && !ABLATION.test(name) && !isRelieved && !isBesidePain(sentence)) return undefined;
  if (isElsewhere(sentence, first) || isPulsed(sentence, first) || isRelatives(sentence, first))
    return undefined;
  const done = isRelieved || (!isOnlyIf && isDone(mention));
  if (!done && !(isPlain && isToCome(sentence, first, mention))) return undefined;
  return {
    id: done ? 'ablation-without-target' : 'ablation-spoken-of',
    ...spanOf(sentence, first, last),
    ...(done && date !== undefined && { date }),
    ofAnyOrgan: !isPlain && !isRelieved && !isBesidePain(sentence),
  };
}

function isDone({ anchor, told, said, date }: Told): boolean {
  const { sentence } = told;
  const first = sentence.marks[anchor.first]?.first ?? 0;
  const status = said ?? statusInList(anchor, told);
  if (status === 'planned' || status === 'not-done' || status === 'stopped') return false;
  if (date === undefined && (isSpokenOf(sentence, anchor) || isCell(sentence, anchor))) return false;
  const before = textAt(sentence, first - 1);
  if (BEFORE.has(before) || (before !== 'for' && textAt(sentence, first - 2) === 'prior')) return false;
  if (sentence.placed.section === 'past-history') return true;
  if (isAhead(sentence)) return isFailed(sentence);
  return (
    status === 'completed' || date !== undefined || isCounted(sentence, anchor) || isHeadedTried(sentence)
  );
}

/** "RFA scheduled for 12/5/2026", "Plan: RFA" */
function isToCome(sentence: ClinicSentence, first: number, { said, isOnlyIf }: Told): boolean {
  if (said === 'not-done' || said === 'stopped' || DENYING.has(textAt(sentence, first - 1))) return false;
  return isOnlyIf || said === 'planned' || isAhead(sentence);
}

function isAhead({ placed, tokens }: ClinicSentence): boolean {
  const isPlan = placed.section === 'plan' || placed.section === 'recommendation';
  return isPlan || tokens.slice(placed.first, placed.end).some(({ text }) => AHEAD.has(text));
}

/** "| RFA | done |": a cell of a table whose head is not known tells nothing without a date or a relief. */
function isCell(sentence: ClinicSentence, { first, last }: Anchor): boolean {
  const { marks } = sentence;
  return (
    textAt(sentence, (marks[first]?.first ?? 0) - 1) === '|' &&
    textAt(sentence, (marks[last]?.last ?? 0) + 1) === '|'
  );
}

/** "since RFA was discussed", "RFA recommended" */
function isSpokenOf({ marks, tokens }: ClinicSentence, { last }: Anchor): boolean {
  const [own, next] = [
    marks[last],
    marks.slice(last + 1).find((mark) => !plays(mark, 'finite-verb', 'side')),
  ];
  return (
    plays(next, 'planned') && own !== undefined && next !== undefined && wordsBetween(tokens, own, next) <= 2
  );
}

/** "RFA x2", "RFA twice" */
function isCounted(sentence: ClinicSentence, { last }: Anchor): boolean {
  const next = (sentence.marks[last]?.last ?? 0) + 1;
  const word = textAt(sentence, next);
  return /^(?:x\d*|×|twice)$/u.test(word) && textAt(sentence, next + 1) !== '0';
}

/** "Plan: neurectomy, failed RFA": called failed, it was done, whatever is planned now. */
function isFailed({ tokens, placed }: ClinicSentence): boolean {
  return tokens
    .slice(placed.first, placed.end)
    .some(({ text }) => text === 'failed' || text === 'refractory');
}

/** "Prior treatments: PT, TFESI, RFA" */
function isHeadedTried({ tokens, placed }: ClinicSentence): boolean {
  const heading = tokens.slice(Math.max(0, placed.first - HEADING_REACH), placed.first);
  return heading.at(-1)?.text === ':' && heading.some(({ text }) => TRIED.has(text));
}

/** "refractory to PT, injections, and RFA": what is said of the first of a list holds for the rest. */
function statusInList(anchor: Anchor, told: AnchoredSentence): MentionStatus | undefined {
  const { anchors, sentence } = told;
  for (let at = anchors.indexOf(anchor); at > 0; at -= 1) {
    const [previous, own] = [anchors[at - 1], anchors[at]];
    if (!previous || !own) return undefined;
    const between = sentence.marks.slice(previous.last + 1, own.first);
    if (between.length === 0 || !between.every((mark) => playsAny(mark, LISTED))) return undefined;
    const status = statusOf(sentence, previous, [anchors[at - 2]?.last ?? -1, own.first]);
    if (status !== undefined) return status;
  }
  return undefined;
}

/** Whether the target or organ that stands nearest is one that is none of ours, or a level of the neck or chest. */
function isElsewhere(sentence: ClinicSentence, first: number): boolean {
  const { marks, tokens, placed } = sentence;
  if (tokens.slice(placed.first, placed.end).some(({ text }) => /^[ct](?:[1-9]|1[0-2])$/u.test(text)))
    return true;
  const named = marks.filter((mark) => plays(mark, 'target', 'other-organ') || isOtherProcedure(mark));
  const distance = (mark: { readonly first: number }) => Math.abs(mark.first - first);
  const nearest = named.toSorted((a, b) => distance(a) - distance(b))[0];
  if (!nearest) return false;
  const target = sense(nearest, 'target')?.code;
  return target === undefined ? true : !MAY_BE_OURS.has(target);
}
const MAY_BE_OURS: ReadonlySet<string> = new Set([...OWN_TARGETS, 'lumbar']);

/** "MBBs, then RFA": what a block of facets prepares is of facets. */
function isOtherProcedure(mark: Parameters<typeof sense>[0]): boolean {
  return sense(mark, 'procedure')?.code === 'medial-branch-block';
}

function isPulsed({ marks }: ClinicSentence, first: number): boolean {
  const beside = marks.filter((mark) => Math.abs(mark.first - first) <= HEADING_REACH);
  return beside.some((mark) => sense(mark, 'technique')?.code === 'pulsed');
}

function isRelatives({ marks }: ClinicSentence, first: number): boolean {
  return marks.some(
    (mark) => plays(mark, 'family') && mark.first < first && first - mark.last <= RELATIVE_REACH,
  );
}

/** Whether a sentence speaks of treating pain: "failed injections and ablation". */
function isBesidePain({ marks }: ClinicSentence): boolean {
  return marks.some((mark) => plays(mark, 'care', 'place', 'score', 'percent') || isTreatment(mark));
}

function isTreatment(mark: Parameters<typeof sense>[0]): boolean {
  const [procedure, action] = [sense(mark, 'procedure')?.code, sense(mark, 'action')?.code];
  return (
    (procedure !== undefined && procedure !== 'other') ||
    action === 'injection' ||
    action === 'block' ||
    sense(mark, 'technique')?.code === 'cooled'
  );
}
