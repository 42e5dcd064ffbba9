import type { Question } from '../criterion.js';
import type { Draft } from '../draft.js';
import type { Evidence, SomeEvidence } from '../evidence.js';
import type { GeneratorFinding, PainGenerator } from '../evaluation.js';
import type { ConditionFact, InterventionFact } from '../facts.js';
import { compare } from '../dates.js';
import type { PainGeneratorParams } from '../policy.js';
import { coversAll } from '../sides.js';
import { facetSegments, foraminalSegments } from './segments.js';
import { mergedFindings, type MergedFinding } from './surviving.js';
import { allOf } from '../../lists.js';

type Candidate = Omit<PainGenerator, 'status'> & { readonly negatedLater: boolean };

/**
 * Other sources of the pain that the record shows: findings of reports and of the problem list, merged by finding,
 * level and side. A finding is `excluded` by a later report or by a negative block of that very target and level,
 * `treated` by a completed treatment of it with enough relief, else `unaddressed`.
 */
export function painGenerators(question: Question, params: PainGeneratorParams): readonly PainGenerator[] {
  const reported = fromReports(question, params);
  const listed = fromProblemList(question.facts.conditions, params, reported);
  return [...reported, ...listed]
    .map((candidate) => judge(candidate, question.facts.interventions, params))
    .sort((a, b) => compare(a.finding, b.finding) || compare(a.level ?? '', b.level ?? ''));
}

function fromReports({ facts }: Question, params: PainGeneratorParams): readonly Candidate[] {
  const candidates = allOf(mergedFindings(facts.findings), (merged) => {
    const rule = params.findings.find(
      ({ finding, subtype }) =>
        finding === merged.finding && (subtype === undefined || subtype === merged.subtype),
    );
    return rule ? [toCandidate(merged, rule.generator)] : [];
  });
  return candidates.filter(
    (one) => one.level !== undefined || !candidates.some((other) => isMorePrecise(other, one)),
  );
}

/** An entry without a level says nothing that one with a level of the same report does not. */
function isMorePrecise(other: Candidate, than: Candidate): boolean {
  return other.finding === than.finding && other.level !== undefined && !other.negatedLater;
}

function toCandidate(merged: MergedFinding, finding: GeneratorFinding): Candidate {
  // Members in the order in which they are sent.
  const candidate: Draft<Omit<Candidate, 'evidence' | 'negatedLater'>> = { finding };
  if (merged.level) candidate.level = merged.level;
  if (merged.laterality) candidate.laterality = merged.laterality;
  if (merged.severity) candidate.severity = merged.severity;
  return Object.assign(candidate, { evidence: merged.evidence, negatedLater: merged.negatedLater });
}

/** Problem-list entries that no report already stands for. */
function fromProblemList(
  conditions: readonly ConditionFact[],
  params: PainGeneratorParams,
  reported: readonly Candidate[],
): readonly Candidate[] {
  const byPlace = new Map<string, Candidate>();
  for (const condition of conditions) {
    for (const { valueSet, generator } of params.conditions) {
      if (!condition.concepts.includes(valueSet)) continue;
      const stoodFor = reported.some(
        ({ finding, level }) =>
          finding === generator && (condition.level === undefined || level === condition.level),
      );
      if (!stoodFor) addListed(byPlace, condition, generator);
    }
  }
  return [...byPlace.values()];
}

function addListed(
  byPlace: Map<string, Candidate>,
  condition: ConditionFact,
  finding: GeneratorFinding,
): void {
  const place = [finding, condition.level ?? '', condition.laterality ?? ''].join('|');
  const known = byPlace.get(place);
  byPlace.set(place, {
    finding,
    ...(condition.level && { level: condition.level }),
    ...(condition.laterality && { laterality: condition.laterality }),
    evidence: known ? join(known.evidence, condition.evidence) : condition.evidence,
    negatedLater: false,
  });
}

function judge(
  candidate: Candidate,
  interventions: readonly InterventionFact[],
  params: PainGeneratorParams,
): PainGenerator {
  const { negatedLater, ...generator } = candidate;
  const excluding = negatedLater ? [] : excludingBlocks(candidate, interventions, params);
  if (negatedLater || excluding.length > 0) {
    return {
      ...generator,
      status: 'excluded',
      evidence: join(
        generator.evidence,
        allOf(excluding, (block) => block.evidence),
      ),
    };
  }
  const treating = treatments(candidate, interventions, params);
  if (treating.length === 0) return { ...generator, status: 'unaddressed' };
  return {
    ...generator,
    status: 'treated',
    evidence: join(
      generator.evidence,
      allOf(treating, (one) => one.evidence),
    ),
  };
}

/** Negative blocks of that very target and level; none where another of them relieved the pain. */
function excludingBlocks(
  candidate: Candidate,
  interventions: readonly InterventionFact[],
  params: PainGeneratorParams,
) {
  const rules = params.excludedBy.filter(({ generator }) => generator === candidate.finding);
  return allOf(rules, ({ block, reliefBelow }) => {
    const answered = interventions.filter(
      (fact) => fact.kind === block && fact.relief !== undefined && reaches(fact, candidate),
    );
    const isNegative = ({ relief }: InterventionFact) => (relief?.high ?? 100) < reliefBelow.value;
    return answered.every(isNegative) ? answered : [];
  });
}

function treatments(
  candidate: Candidate,
  interventions: readonly InterventionFact[],
  params: PainGeneratorParams,
) {
  const rules = params.treatedBy.filter(({ generator }) => generator === candidate.finding);
  return interventions.filter((fact) =>
    rules.some(
      ({ treatment, minimumRelief }) =>
        fact.kind === treatment &&
        reaches(fact, candidate) &&
        fact.relief !== undefined &&
        fact.relief.low >= minimumRelief.value,
    ),
  );
}

const LEVELLESS_TARGETS: readonly string[] = ['hip-injection', 'caudal-epidural'];

/** Completed, at the very level and side of the finding. Where either names no level, only a hip or a caudal one reaches. */
function reaches(fact: InterventionFact, candidate: Candidate): boolean {
  if (
    fact.status !== 'completed' ||
    fact.contradictedByText ||
    !coversAll(fact.laterality, candidate.laterality)
  )
    return false;
  if (LEVELLESS_TARGETS.includes(fact.kind)) return true;
  return candidate.level !== undefined && segmentsOf(fact).includes(candidate.level);
}

function segmentsOf({ kind, levels }: InterventionFact): readonly string[] {
  return kind === 'medial-branch-block' || kind === 'facet-rfa'
    ? facetSegments(levels)
    : foraminalSegments(levels);
}

/** Evidence of both, each reference once. */
function join(first: SomeEvidence, more: readonly Evidence[]): SomeEvidence {
  const known = new Set(first.map(({ reference }) => reference));
  return [...first, ...more.filter(({ reference }) => !known.has(reference))];
}
