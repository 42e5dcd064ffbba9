import type { Determination } from './coverage-rules.types.js';

interface Invariant {
  readonly name: string;
  readonly holds: (determination: Determination) => boolean;
}

/**
 * The invariants of the coverage-information extension, by the guide's prose: its expressions for q2, q3 and q4 say
 * something else in one version or the other (misspelt codes, one direction only). All of them hold in both versions.
 */
const INVARIANTS: readonly Invariant[] = [
  { name: 'crd-ci-q1: a questionnaire needs doc-needed', holds: questionnairesHaveDocuments },
  {
    name: 'crd-ci-q2: pa-needed unless not-covered, and never with it',
    holds: authorizationUnlessNotCovered,
  },
  { name: 'crd-ci-q3: info-needed if and only if something is conditional', holds: infoIfConditional },
  {
    name: 'crd-ci-q4: no document for an authorization that is not needed',
    holds: noDocumentsForNoAuthorization,
  },
  { name: 'crd-ci-q5: satisfied-pa-id if and only if satisfied', holds: numberIfSatisfied },
  { name: 'crd-ci-q6: info-needed OTH needs a reason', holds: otherInfoHasReason },
  { name: 'crd-ci-q7: a reason without a code needs text', holds: reasonsSaySomething },
  { name: 'crd-ci-q8: doc-purpose needs a reason', holds: purposesHaveReason },
  { name: 'crd-ci-q9: indeterminate needs a reason', holds: indeterminateHasReason },
];

/** The first invariant that a determination breaks, by name; undefined when all hold. */
export function brokenInvariant(determination: Determination): string | undefined {
  return INVARIANTS.find(({ holds }) => !holds(determination))?.name;
}

function questionnairesHaveDocuments({ questionnaires, docNeeded }: Determination): boolean {
  return isEmpty(questionnaires) || !isEmpty(docNeeded);
}

function authorizationUnlessNotCovered({ covered, paNeeded }: Determination): boolean {
  return (covered === 'not-covered') === (paNeeded === undefined);
}

function infoIfConditional({ infoNeeded, ...determination }: Determination): boolean {
  return statesOf(determination).includes('conditional') === !isEmpty(infoNeeded);
}

function noDocumentsForNoAuthorization({ paNeeded, docPurpose = [] }: Determination): boolean {
  return !(paNeeded === 'satisfied' || paNeeded === 'no-auth') || !docPurpose.includes('withpa');
}

function numberIfSatisfied({ paNeeded, satisfiedPaId }: Determination): boolean {
  return (paNeeded === 'satisfied') === (satisfiedPaId !== undefined);
}

function otherInfoHasReason({ infoNeeded = [], reasons }: Determination): boolean {
  return !infoNeeded.includes('OTH') || !isEmpty(reasons);
}

function reasonsSaySomething({ reasons = [] }: Determination): boolean {
  return reasons.every(({ code, text }) => code !== undefined || text !== undefined);
}

function purposesHaveReason({ docPurpose, reasons }: Determination): boolean {
  return isEmpty(docPurpose) || !isEmpty(reasons);
}

function indeterminateHasReason({ reasons, ...determination }: Determination): boolean {
  return !statesOf(determination).includes('indeterminate') || !isEmpty(reasons);
}

function statesOf({ covered, paNeeded, docNeeded = [] }: Determination): readonly (string | undefined)[] {
  return [covered, paNeeded, ...docNeeded];
}

function isEmpty(list: readonly unknown[] | undefined): boolean {
  return list === undefined || list.length === 0;
}
