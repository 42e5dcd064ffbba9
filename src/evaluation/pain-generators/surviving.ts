import { compare, dayRange } from '../dates.js';
import type { Draft } from '../draft.js';
import type { Evidence } from '../evidence.js';
import type { FindingFact } from '../facts.js';
import { groupBy } from '../grouping.js';
import { allOf } from '../../lists.js';
import { covers, joinAll } from '../sides.js';

/** A finding that stands after all reports were read, newest first, or one that a later report negates. */
export interface MergedFinding extends FindingFact {
  /** Seen once, denied by a later report. */
  readonly negatedLater: boolean;
}

/** Findings of one family at one place, for example `foraminal-stenosis` at L5-S1. */
function key(fact: FindingFact): string {
  return `${fact.finding}|${fact.subtype ?? ''}|${place(fact) ?? ''}`;
}

/** A pars defect is one of the upper vertebra, also where reports name the segment that it lets slip (L3 on L4). */
function place({ finding, level }: Pick<FindingFact, 'finding' | 'level'>): string | undefined {
  return finding === 'pars-defect' ? level?.split('-')[0] : level;
}

function newestDay(fact: FindingFact): number {
  return dayRange(fact.date)?.last ?? Number.NEGATIVE_INFINITY;
}

/** Newest first; a report's own order is kept within it. */
function newestFirst(a: FindingFact, b: FindingFact): number {
  const [dayOfA, dayOfB] = [newestDay(a), newestDay(b)];
  if (dayOfA !== dayOfB) return dayOfA > dayOfB ? -1 : 1;
  return compare(a.evidence[0].reference, b.evidence[0].reference);
}

/** By the list of findings they were merged from: several criteria, of each side, ask for the same. */
const known = new WeakMap<readonly FindingFact[], readonly MergedFinding[]>();

/**
 * One entry per finding and place, and per side where the newest report gives each its own severity. That report says
 * side and severity; an older one adds evidence. A later negation, also one that names no level, turns what was seen before into `negatedLater`.
 * Findings of the past, or of the comparison study, do not count.
 */
export function mergedFindings(facts: readonly FindingFact[]): readonly MergedFinding[] {
  const merged = known.get(facts) ?? merge(facts);
  known.set(facts, merged);
  return merged;
}

function merge(facts: readonly FindingFact[]): readonly MergedFinding[] {
  const current = facts.filter(({ historical, level }) => !historical && isLumbar(level));
  const seen = current.filter(({ negated }) => !negated);
  const denials = current.filter(({ negated }) => negated);
  const groups = groupBy(seen.sort(newestFirst), key);
  return allOf([...groups.values()], partedBySeverity).map((group) => mergeGroup(group, denials));
}

/** "Mild right and severe left stenosis": the sides of the newest report are apart where each is of its own severity. */
function partedBySeverity(group: readonly FindingFact[]): readonly (readonly FindingFact[])[] {
  if (group.length === 1) return [group];
  const newest = ofNewestReport(group);
  if (joinedSide(newest) !== 'bilateral') return [group];
  const [left, right] = SIDES.map((side) => worstOf(newest.filter((fact) => covers(fact.laterality, side))));
  if (left === right) return [group];
  return SIDES.map((side) =>
    group.filter((fact) => covers(fact.laterality, side)).map((fact) => ({ ...fact, laterality: side })),
  );
}

function ofNewestReport(group: readonly FindingFact[]): readonly FindingFact[] {
  const reference = group[0]?.evidence[0].reference;
  return group.filter(({ evidence }) => evidence[0].reference === reference);
}

function joinedSide(facts: readonly FindingFact[]): FindingFact['laterality'] {
  return joinAll(facts.map(({ laterality }) => laterality));
}

function worstOf(facts: readonly FindingFact[]): FindingFact['severity'] {
  return facts.length === 1 ? facts[0]?.severity : facts.map(({ severity }) => severity).sort(bySeverity)[0];
}

/** The merged findings that no later report denies. */
export function survivingFindings(facts: readonly FindingFact[]): readonly MergedFinding[] {
  return mergedFindings(facts).filter(({ negatedLater }) => !negatedLater);
}

function mergeGroup(group: readonly FindingFact[], denials: readonly FindingFact[]): MergedFinding {
  const [newest] = group as [FindingFact, ...FindingFact[]];
  const sameReport = ofNewestReport(group);
  const laterality = joinedSide(sameReport);
  const severity = worstOf(sameReport);
  const level = longestOf(group);
  const denial = denials.find((fact) => denies(fact, newest));
  const [first, ...more] = distinct(denial ? [...group, denial] : group);
  const merged: Draft<MergedFinding> = {
    ...newest,
    evidence: [first ?? newest.evidence[0], ...more],
    negatedLater: denial !== undefined,
  };
  if (level) merged.level = level;
  if (laterality) merged.laterality = laterality;
  if (severity) merged.severity = severity;
  return merged;
}

/** Only what was seen is denied: not what is of another kind, level, side or age. */
function denies(later: FindingFact, seen: FindingFact): boolean {
  if (later.finding !== seen.finding || kindOf(later) !== kindOf(seen)) return false;
  if (later.level !== undefined && place(later) !== place(seen)) return false;
  if (later.laterality !== undefined && !['bilateral', seen.laterality].includes(later.laterality))
    return false;
  if (later.acuity && seen.acuity && later.acuity !== seen.acuity) return false;
  return newestDay(later) > newestDay(seen) && later.evidence[0].reference !== seen.evidence[0].reference;
}

/** "No metastasis" denies no discitis, nor does a sound hip a sacroiliitis; a mass that is not named may be a tumour. */
function kindOf({ finding, subtype }: FindingFact): string {
  const unnamed = finding === 'tumor-or-infection' ? 'malignancy' : '';
  return `${finding} ${subtype ?? unnamed}`;
}

/** Of the levels of a group the one that says most: a segment says more than its vertebra. */
function longestOf(group: readonly FindingFact[]): string | undefined {
  let longest: string | undefined;
  for (const { level } of group)
    if ((level?.length ?? 0) >= (longest?.length ?? 0)) longest = level ?? longest;
  return longest;
}

const SEVERITY_RANK = { severe: 0, moderate: 1, mild: 2 } as const;

export function bySeverity(a: FindingFact['severity'], b: FindingFact['severity']): number {
  return (a ? SEVERITY_RANK[a] : 3) - (b ? SEVERITY_RANK[b] : 3);
}

function distinct(facts: readonly FindingFact[]): readonly Evidence[] {
  const [only] = facts;
  if (facts.length === 1 && only?.evidence.length === 1) return only.evidence;
  const byReference = new Map(
    allOf(facts, ({ evidence }) => evidence)
      .toReversed()
      .map((one) => [one.reference, one]),
  );
  return allOf(facts, ({ evidence }) => evidence).filter((one) => byReference.get(one.reference) === one);
}

const SIDES = ['left', 'right'] as const;

/** Levels of the contract: T10 and below. Cervical and upper thoracic findings are another region's. */
const LUMBAR = /^(T1[0-2]|L[1-6]|S[1-4])(-(T1[12]|L[1-6]|S1))?$/;

function isLumbar(level: string | undefined): boolean {
  return level === undefined || LUMBAR.test(level);
}
