import { nothingFound, unreadKinds, type CriterionResult, type Question } from '../criterion.js';
import type { Evidence } from '../evidence.js';
import type { CriterionOfKind } from '../policy.js';
import { barred, chief, setAsideFor } from './admission.js';
import { survivingFindings } from '../pain-generators/surviving.js';
import { redFlags } from '../red-flags.js';

const NONE = { notCounted: [], values: {} } as const;

/** Whether any red flag stands. because: found, none-found, unread. */
export function redFlagGate(question: Question, criterion: CriterionOfKind<'red-flags'>): CriterionResult {
  const evidence = redFlags(question, criterion.params).flatMap((flag) => flag.evidence);
  if (evidence.length > 0) return { state: 'met', because: 'found', evidence, ...NONE };
  return nothingFound(question, criterion);
}

/** Whether the record points to a cause that the pathway's evidence leaves out. because: found, none-found, unread. */
export function otherDiagnosis(
  question: Question,
  criterion: CriterionOfKind<'other-diagnosis'>,
): CriterionResult {
  const { valueSets, subtypes, statements } = criterion.params;
  const evidence: Evidence[] = [
    ...question.facts.conditions.filter(({ concepts }) => concepts.some((id) => valueSets.includes(id))),
    ...survivingFindings(question.facts.findings).filter(
      ({ subtype }) => subtype !== undefined && subtypes.includes(subtype),
    ),
    ...question.facts.statements.filter(({ id }) => statements.includes(id)),
  ].flatMap((fact) => fact.evidence);
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

/** Whether the procedure was done before on the ordered side. because: done-before, none-found, unread. */
export function priorProcedure(
  question: Question,
  criterion: CriterionOfKind<'prior-procedure'>,
): CriterionResult {
  const kinds = { targets: criterion.params.procedures, otherTargets: [] };
  const found = question.facts.interventions.filter(({ kind }) => kinds.targets.includes(kind));
  const done = found.filter((fact) => barred(fact, kinds, question.side) === undefined);
  const notDone = found.flatMap((fact) => {
    const why = barred(fact, kinds, question.side);
    return why ? [{ why, evidence: chief(fact) }] : [];
  });
  const notCounted = [...notDone, ...setAsideFor(question.facts, kinds)];
  if (done.length > 0) {
    return {
      state: 'met',
      because: 'done-before',
      evidence: done.flatMap((fact) => fact.evidence),
      notCounted,
      values: {},
    };
  }
  const unread = unreadKinds(question.facts, criterion.reads).length > 0;
  return { ...nothingFound(question, criterion), because: unread ? 'unread' : 'none-found', notCounted };
}
