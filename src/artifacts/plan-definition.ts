import type {
  DataRequirement,
  PlanDefinition,
  PlanDefinitionAction,
  PlanDefinitionGoal,
  RelatedArtifact,
} from 'fhir/r4.js';
import type { Words } from '../cards/words.js';
import type { DataKind } from '../evaluation/facts.js';
import type { Criterion, DecisionRule, Policy, Source } from '../evaluation/policy.js';
import { CANONICAL_BASE } from './canonical.js';
import { valueSetsOf } from './policy.js';
import { parameters, whenText } from './policy-text.js';
import type { LoadedService } from './services.js';

const PLAN_TYPE = 'http://terminology.hl7.org/CodeSystem/plan-definition-type';
const POLICY_DIGEST = `${CANONICAL_BASE}/NamingSystem/policy-digest`;

/**
 * The policy in force as a FHIR R4 PlanDefinition, for reading and exchange: steps are goals, criteria and decisions
 * are actions, in their order of precedence. Conditions are text/plain: the criteria are kinds of this product, and no
 * expression language says what they do. A version with a site's own numbers or words has its digest behind a plus.
 */
export function toPlanDefinition({ definition, policy: inForce, words }: LoadedService): PlanDefinition {
  const { policy, sha256, overridden } = inForce;
  return {
    resourceType: 'PlanDefinition',
    id: policy.id,
    url: `${CANONICAL_BASE}/PlanDefinition/${policy.id}`,
    identifier: [{ system: POLICY_DIGEST, value: sha256 }],
    version: overridden.length === 0 ? policy.version : `${policy.version}+${sha256.slice(0, 12)}`,
    name: nameOf(policy.id),
    title: policy.title,
    type: { coding: [{ system: PLAN_TYPE, code: 'eca-rule', display: 'ECA Rule' }] },
    status: 'active',
    date: policy.effectiveDate,
    publisher: 'Stepwise CDS',
    description: definition.description,
    effectivePeriod: { start: policy.effectiveDate },
    relatedArtifact: [...citations(policy), ...dependencies(policy)],
    goal: policy.criteria.flatMap((criterion) => (criterion.step ? [toGoal(criterion)] : [])),
    action: [
      {
        title: policy.title,
        trigger: definition.hooks.map((hook) => ({ type: 'named-event' as const, name: hook })),
        groupingBehavior: 'logical-group',
        action: [criteriaAction(policy), decisionsAction(policy, words)],
      },
    ],
  };
}

/** `sij-neurectomy-review` is `SijNeurectomyReview`. */
function nameOf(id: string): string {
  return id
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('');
}

/** Each source once, with how sure it is. */
function citations(policy: Policy): readonly RelatedArtifact[] {
  const stated = [...policy.criteria, policy.painGenerators, ...policy.conflicts];
  return [...new Map(stated.map(({ source }) => [source.citation, toCitation(source)])).values()];
}

function toCitation({ citation, certainty, url }: Source): RelatedArtifact {
  return { type: 'citation', label: `certainty: ${certainty}`, citation, ...(url && { url }) };
}

function dependencies(policy: Policy): readonly RelatedArtifact[] {
  return [...valueSetsOf(policy)]
    .sort()
    .map((id) => ({ type: 'depends-on', resource: `${CANONICAL_BASE}/ValueSet/${id}` }));
}

function toGoal({ id, sentence, source }: Criterion): PlanDefinitionGoal {
  return { id, description: { text: sentence }, documentation: [toCitation(source)] };
}

function criteriaAction({ criteria }: Policy): PlanDefinitionAction {
  return {
    title: 'Criteria',
    description: 'Each is answered met, not met or unknown, side by side, from the record as it was read.',
    groupingBehavior: 'logical-group',
    selectionBehavior: 'all',
    action: criteria.map(toCriterionAction),
  };
}

function toCriterionAction(criterion: Criterion): PlanDefinitionAction {
  const { id, sentence, source, params, step, reads, whenAbsent, whyAbsent } = criterion;
  const tested = parameters(params);
  const absence = `When a complete search finds nothing: ${whenAbsent}; ${whyAbsent}.`;
  const inputs = [...new Set(reads.flatMap((kind) => RESOURCES[kind] ?? []))];
  return {
    id: `criterion.${id}`,
    title: id,
    description: sentence,
    textEquivalent: [...(tested ? [`${tested}.`] : []), absence].join(' '),
    documentation: [toCitation(source)],
    ...(step && { goalId: [id] }),
    ...(inputs.length > 0 && { input: inputs.map((type) => ({ type })) }),
  };
}

const RESOURCES: Partial<Record<DataKind, DataRequirement['type']>> = {
  conditions: 'Condition',
  procedures: 'Procedure',
  diagnosticReports: 'DiagnosticReport',
  observations: 'Observation',
  medications: 'MedicationRequest',
  serviceRequests: 'ServiceRequest',
  documents: 'DocumentReference',
};

function decisionsAction({ decisions }: Policy, words: Words): PlanDefinitionAction {
  return {
    title: 'Decisions, in order of precedence',
    description: 'The first whose condition holds decides.',
    groupingBehavior: 'logical-group',
    selectionBehavior: 'exactly-one',
    action: decisions.map((rule, index) =>
      toDecisionAction({ rule, index, name: rowName(decisions, index) }, words),
    ),
  };
}

/** The decision; one that stands in several rows, with the number of its row from the second on. */
function rowName(decisions: readonly DecisionRule[], index: number): string {
  const decision = decisions[index]?.decision ?? '';
  const isFirst = decisions.findIndex((rule) => rule.decision === decision) === index;
  return isFirst ? decision : `${decision}-${index + 1}`;
}

interface DecisionRow {
  readonly rule: DecisionRule;
  readonly index: number;
  readonly name: string;
}

function toDecisionAction({ rule, index, name }: DecisionRow, words: Words): PlanDefinitionAction {
  const { decision, label, sentence } = rule;
  const suggestions = suggestionsOf(decision, name, words);
  return {
    id: `decision.${name}`,
    prefix: String(index + 1),
    title: label,
    description: sentence,
    condition: [
      { kind: 'applicability', expression: { language: 'text/plain', expression: whenText(rule) } },
    ],
    ...(suggestions.length > 0 && {
      groupingBehavior: 'visual-group',
      selectionBehavior: 'at-most-one',
      action: suggestions,
    }),
  };
}

/** What a card of the decision may propose, in any of its variants. */
function suggestionsOf(
  decision: DecisionRule['decision'],
  name: string,
  words: Words,
): PlanDefinitionAction[] {
  const { suggestions, variants = {} } = words.decisions[decision];
  const ids = new Set([...suggestions, ...Object.values(variants).flatMap((one) => one.suggestions ?? [])]);
  return [...ids].flatMap((id) => {
    const suggestion = words.suggestions[id];
    if (!suggestion) return [];
    const { label, order } = suggestion;
    const coding = order?.system && order.code ? [{ system: order.system, code: order.code }] : [];
    return [
      {
        id: `suggestion.${name}.${id}`,
        title: withoutPlaceholders(label),
        ...(order && {
          code: [{ ...(coding.length > 0 && { coding }), text: withoutPlaceholders(order.text) }],
        }),
      },
    ];
  });
}

/** The side, and what else is known only of a patient, is left out. */
function withoutPlaceholders(text: string): string {
  return text.replaceAll(/\{[a-zA-Z]+\}\s?/g, '');
}
