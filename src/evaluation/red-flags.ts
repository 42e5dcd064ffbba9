import { isWithin } from './dates.js';
import type { Question } from './criterion.js';
import type { RedFlag } from './evaluation.js';
import type { Evidence } from './evidence.js';
import type { ConditionFact } from './facts.js';
import { allOf } from '../lists.js';
import { shareOne } from './grouping.js';
import type { RedFlagParams } from './criterion-params.js';
import { survivingFindings, type MergedFinding } from './pain-generators/surviving.js';

type Flag = RedFlagParams['flags'][number];

/**
 * Signs that outrank every step of the pathway: live diagnoses, coded reasons of the order itself, report findings that
 * no later report denies, and words of a note. A hedged finding ("suspicious for metastasis") raises the flag, an old fracture does not.
 */
export function redFlags(question: Question, params: RedFlagParams): readonly RedFlag[] {
  const findings = survivingFindings(question.facts.findings).filter((finding) =>
    isWithin(finding.date, params.reportLookback, question.asOf),
  );
  const flags: RedFlag[] = [];
  for (const flag of params.flags) {
    const [first, ...more] = evidenceFor(flag, question, { ...params, findings });
    if (first) flags.push({ id: flag.id, evidence: [first, ...more] });
  }
  return flags;
}

type Looked = Pick<RedFlagParams, 'signLookback' | 'visitLookback' | 'fractureOfUnknownAge'> & {
  readonly findings: readonly MergedFinding[];
};

function evidenceFor(flag: Flag, question: Question, looked: Looked): readonly Evidence[] {
  const { facts, asOf } = question;
  const evidence: Evidence[] = [];
  for (const condition of facts.conditions)
    if (shareOne(condition.concepts, flag.valueSets) && !isPast(condition, flag, looked, question))
      evidence.push(...condition.evidence);
  for (const reason of question.order.ownReasons)
    if (shareOne(reason.concepts, flag.valueSets)) evidence.push(reason.evidence);
  for (const finding of looked.findings)
    if (raises(finding, flag, looked, asOf)) evidence.push(...finding.evidence);
  for (const { id, date, evidence: told } of facts.statements)
    if (flag.statements.includes(id) && isWithin(date, looked.signLookback, asOf)) evidence.push(...told);
  return evidence;
}

/** Diagnoses of visits long ago that nothing read says have ended, flag by flag: none of now, and not known to be over. */
export function pastFlags(
  question: Question,
  params: RedFlagParams,
): readonly { readonly name: string; readonly evidence: readonly Evidence[] }[] {
  return allOf(params.flags, (flag) => {
    const past = question.facts.conditions.filter(
      (condition) =>
        shareOne(condition.concepts, flag.valueSets) && isPast(condition, flag, params, question),
    );
    const evidence = allOf(past, (condition) => condition.evidence);
    return evidence.length > 0 ? [{ name: flag.name, evidence }] : [];
  });
}

/** Not where the order itself is for such a disease: then it is of now, whenever the visit was. */
function isPast(
  { visit }: ConditionFact,
  { passes, valueSets }: Flag,
  { visitLookback }: Pick<RedFlagParams, 'visitLookback'>,
  { asOf, order }: Question,
): boolean {
  return passes && !isWithin(visit, visitLookback, asOf) && !shareOne(order.reasonConcepts, valueSets);
}

function raises(finding: MergedFinding, flag: Flag, params: Looked, asOf: number): boolean {
  if (finding.finding === 'tumor-or-infection')
    return flag.subtypes.includes(finding.subtype ?? 'unspecified');
  if (finding.finding !== 'fracture' || !flag.fracture || finding.acuity === 'old') return false;
  return (
    finding.acuity === 'acute' ||
    (finding.date !== undefined && isWithin(finding.date, params.fractureOfUnknownAge, asOf))
  );
}
