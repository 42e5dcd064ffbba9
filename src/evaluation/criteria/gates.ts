import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { Evidence } from '../evidence.js';
import { shareOne } from '../grouping.js';
import { allOf } from '../../lists.js';
import type { NotCountedReason } from '../evaluation.js';
import type { DataKind, InterventionFact } from '../facts.js';
import type { CriterionOfKind } from '../policy.js';
import { barred, chief, isSideless, setAsideFor } from './admission.js';
import { survivingFindings } from '../pain-generators/surviving.js';
import { pastFlags, redFlags } from '../red-flags.js';

const NONE = { notCounted: [], values: {} } as const;

/**
 * Whether any red flag stands. because: found, none-found, unread, not-offered (what was not read is what this service
 * is never given, and other records that would show one were read).
 * also: of-a-past-visit (one that was diagnosed long ago, and that nothing says has ended; {pastFlags} names them).
 */
export function redFlagGate(question: Question, criterion: CriterionOfKind<'red-flags'>): CriterionResult {
  const past = pastFlags(question, criterion.params);
  const answer = presentFlags(question, criterion);
  if (past.length === 0) return answer;
  return {
    ...answer,
    also: ['of-a-past-visit'],
    shownBy: { 'of-a-past-visit': allOf(past, ({ evidence }) => evidence) },
    values: { ...answer.values, pastFlags: past.map(({ name }) => name).join(', ') },
  };
}

function presentFlags(question: Question, criterion: CriterionOfKind<'red-flags'>): CriterionResult {
  const evidence = allOf(redFlags(question, criterion.params), (flag) => flag.evidence);
  if (evidence.length > 0) return { state: 'met', because: 'found', evidence, ...NONE };
  const nothing = nothingFound(question, criterion);
  return nothing.because === 'unread' && isOnlyNotOffered(question, criterion.reads)
    ? { ...nothing, because: 'not-offered' }
    : nothing;
}

/** A site's standing rule would else take the headline of every card, and tell nothing of this patient. */
function isOnlyNotOffered({ facts }: Question, reads: readonly DataKind[]): boolean {
  const unread = unreadKinds(facts, reads);
  const isNotOffered = (kind: DataKind) => facts.notOffered?.includes(kind) === true;
  return unread.length < reads.length && unread.every(isNotOffered);
}

/** Whether the record points to a cause that the pathway's evidence leaves out. because: found, none-found, unread. */
export function otherDiagnosis(
  question: Question,
  criterion: CriterionOfKind<'other-diagnosis'>,
): CriterionResult {
  const { valueSets, subtypes, statements } = criterion.params;
  const evidence: Evidence[] = [];
  for (const condition of question.facts.conditions)
    if (shareOne(condition.concepts, valueSets)) evidence.push(...condition.evidence);
  for (const finding of survivingFindings(question.facts.findings))
    if (finding.subtype !== undefined && subtypes.includes(finding.subtype))
      evidence.push(...finding.evidence);
  for (const statement of question.facts.statements)
    if (statements.includes(statement.id)) evidence.push(...statement.evidence);
  if (evidence.length > 0) return { state: 'met', because: 'found', evidence, ...NONE };
  return nothingFound(question, criterion);
}

/** Whether the order says what it is for. because: stated, not-stated. */
export function orderIndication({ order }: Question): CriterionResult {
  const stated = order.indication === 'sacroiliac';
  return {
    state: stated ? 'met' : 'unknown',
    because: stated ? 'stated' : 'not-stated',
    evidence: order.reasonEvidence,
    ...NONE,
  };
}

/**
 * Whether the procedure was done before on the ordered side. because: done-before, side-unknown (by a record that
 * names no side), none-found, unread.
 */
export function priorProcedure(
  question: Question,
  criterion: CriterionOfKind<'prior-procedure'>,
): CriterionResult {
  const kinds = { targets: criterion.params.procedures, otherTargets: [] };
  const found = question.facts.interventions
    .filter(({ kind }) => kinds.targets.includes(kind))
    .map((fact) => ({ fact, why: barred(fact, kinds, question.side) ?? sideless(fact, question.side) }));
  const done = allOf(
    found.filter(({ why }) => why === undefined),
    ({ fact }) => fact.evidence,
  );
  const notCounted = [
    ...allOf(found, ({ fact, why }) => (why ? [{ why, evidence: chief(fact) }] : [])),
    ...setAsideFor(question.facts, kinds),
  ];
  if (done.length > 0)
    return { state: 'met', because: 'done-before', evidence: done, notCounted, values: {} };
  if (found.some(({ why }) => why !== undefined && SIDE_DOUBTS.has(why)))
    return { state: 'unknown', because: 'side-unknown', evidence: [], notCounted, values: {} };
  const unread = unreadKinds(question.facts, criterion.reads).length > 0;
  return { ...nothingFound(question, criterion), because: unread ? 'unread' : 'none-found', notCounted };
}

const SIDE_DOUBTS: ReadonlySet<NotCountedReason> = new Set(['side-not-recorded', 'side-contradicted']);

function sideless(fact: InterventionFact, side: Question['side']): NotCountedReason | undefined {
  return isSideless(fact, side) ? 'side-not-recorded' : undefined;
}
