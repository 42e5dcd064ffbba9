import { CRITERION_KINDS } from '../evaluation/criteria/kinds.js';
import { parameters, whenText } from '../artifacts/policy-text.js';
import type { LoadedService } from '../artifacts/services.js';
import type { Criterion, DecisionRule, Policy, Source } from '../evaluation/policy.js';
import { fill, quantityText } from '../evaluation/sentences.js';

/** `stepwise-cds policy`: every policy as {@link policyAsMarkdown} has it. */
export function policiesAsMarkdown(services: readonly LoadedService[]): string {
  return services.map(policyAsMarkdown).join('\n');
}

/**
 * A policy as a decision table that a clinician can read and dispute: what the site has set of its own; sentence,
 * test, when it is unknown, source and certainty; then the decisions in their order. GitHub Flavored Markdown.
 */
function policyAsMarkdown({ definition, policy: { policy, sha256, overridden } }: LoadedService): string {
  const inForce = `Policy \`${policy.id}\`, version ${policy.version}, in force from ${policy.effectiveDate}. Digest \`${sha256}\`.`;
  const sections = [
    ...(definition.offByDefault ? [[OFF_BY_DEFAULT]] : []),
    overrides(overridden),
    criteria(policy),
    decisions(policy),
    generators(policy),
    conflicts(policy),
    notes(policy),
    considerations(policy),
    changes(policy),
  ];
  return `${[`# ${policy.title}`, inForce, ...sections.flat()].join('\n\n')}\n`;
}

const OFF_BY_DEFAULT = 'Off by default: served only where the setting `SERVICES` names it.';

/** Heading and paragraphs of a section. */
type Section = readonly string[];

/** What this site has set otherwise than the product; nothing where it has set nothing. */
function overrides(overridden: LoadedService['policy']['overridden']): Section {
  if (overridden.length === 0) return [];
  const rows = overridden.map(([place, value]) => [place, String(value)]);
  return ['## Set by this site', table(['Place', 'Value'], rows)];
}

function criteria(policy: Policy): Section {
  const head = ['Criterion', 'Sentence', 'Test', 'When nothing is found', 'Source (certainty)'];
  return ['## Criteria', table(head, policy.criteria.map(criterionRow))];
}

function decisions(policy: Policy): Section {
  return [
    '## Decisions, in order of precedence',
    'The first row that holds decides; where the sides of a bilateral order differ, the earliest row of the two.',
    table(['#', 'Decision', 'When', 'Sentence'], policy.decisions.map(decisionRow)),
  ];
}

function generators(policy: Policy): Section {
  const { sentence, source } = policy.painGenerators;
  return ['## Other pain generators', `${sentence} ${sourceText(source)}`, generatorLines(policy).join('\n')];
}

function conflicts(policy: Policy): Section {
  const rows = policy.conflicts.map(({ id, sentence, params, source }) => [
    id,
    sentence,
    parameters(params),
    sourceText(source),
  ]);
  return [
    '## What does not line up',
    table(['Conflict', 'Sentence', 'Parameters', 'Source (certainty)'], rows),
  ];
}

function notes(policy: Policy): Section {
  return [
    '## Notes',
    table(
      ['Note', 'Sentence'],
      policy.notes.map(({ id, sentence }) => [id, fill(sentence, {})]),
    ),
  ];
}

function considerations(policy: Policy): Section {
  return [
    '## Weighed first',
    table(
      ['Consideration', 'Sentence', 'Not pre-selected'],
      policy.considerations.map(({ id, sentence, withholds }) => [
        id,
        fill(sentence, { onset: '<onset>' }),
        withholds?.join(', ') ?? 'any suggestion',
      ]),
    ),
  ];
}

function changes(policy: Policy): Section {
  const lines = policy.wouldChange.map(
    ({ criterion, onlyWhen, sentence }) =>
      `- ${criterion} is ${onlyWhen.join(', ')}: ${fill(sentence, PLACEHOLDERS)}`,
  );
  return ['## What would change the decision', lines.join('\n')];
}

/** Placeholders are shown as such: their values come from the case. */
const PLACEHOLDERS = Object.fromEntries(
  Object.values(CRITERION_KINDS).flatMap(({ values }) =>
    [...values, 'decision'].map((name) => [name, `<${name}>`]),
  ),
);

function criterionRow(criterion: Criterion): readonly string[] {
  return [
    criterion.id,
    criterion.sentence,
    parameters(criterion.params),
    `${criterion.whenAbsent}: ${criterion.whyAbsent}`,
    sourceText(criterion.source),
  ];
}

function decisionRow(rule: DecisionRule, index: number): readonly string[] {
  return [String(index + 1), rule.decision, whenText(rule), rule.sentence];
}

function generatorLines({ painGenerators, names }: Policy): readonly string[] {
  const { excludedBy, treatedBy, headline } = painGenerators;
  return [
    ...excludedBy.map(
      ({ generator, block, reliefBelow }) =>
        `- ${names.findings[generator]} is ruled out at its level and side by ${names.interventions[block]} with less than ${quantityText(reliefBelow)} relief.`,
    ),
    ...treatedBy.map(
      ({ generator, treatment, minimumRelief }) =>
        `- ${names.findings[generator]} counts as treated after ${names.interventions[treatment]} at its level with at least ${quantityText(minimumRelief)} relief.`,
    ),
    `- The headline of the card names, from ${headline.minimumSeverity} severity on or without a stated one: ${headline.generators.map((generator) => names.findings[generator]).join(', ')}.`,
  ];
}

function sourceText({ citation, url, certainty }: Source): string {
  return `${citation}${url ? ` <${url}>` : ''} (${certainty})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
