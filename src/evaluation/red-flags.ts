import { isWithin } from './dates.js';
import type { Question } from './criterion.js';
import type { RedFlag } from './evaluation.js';
import type { RedFlagParams } from './criterion-params.js';
import { survivingFindings, type MergedFinding } from './pain-generators/surviving.js';

type Flag = RedFlagParams['flags'][number];

/**
 * Signs that outrank every step of the pathway: live diagnoses, report findings that no later report denies, and
 * words of a note. A hedged finding ("suspicious for metastasis") raises the flag, an old fracture does not.
 */
export function redFlags(question: Question, params: RedFlagParams): readonly RedFlag[] {
  const findings = survivingFindings(question.facts.findings).filter((finding) =>
    isWithin(finding.date, params.reportLookback, question.asOf),
  );
  return params.flags.flatMap((flag) => {
    const [first, ...more] = [
      ...question.facts.conditions.filter(({ concepts }) =>
        concepts.some((id) => flag.valueSets.includes(id)),
      ),
      ...findings.filter((finding) => raises(finding, flag, params, question.asOf)),
      ...question.facts.statements.filter(
        ({ id, date }) => flag.statements.includes(id) && isWithin(date, params.signLookback, question.asOf),
      ),
    ].flatMap(({ evidence }) => evidence);
    return first ? [{ id: flag.id, evidence: [first, ...more] }] : [];
  });
}

function raises(finding: MergedFinding, flag: Flag, params: RedFlagParams, asOf: number): boolean {
  if (finding.finding === 'tumor-or-infection')
    return flag.subtypes.includes(finding.subtype ?? 'unspecified');
  if (finding.finding !== 'fracture' || !flag.fracture || finding.acuity === 'old') return false;
  return (
    finding.acuity === 'acute' ||
    (finding.date !== undefined && isWithin(finding.date, params.fractureOfUnknownAge, asOf))
  );
}
