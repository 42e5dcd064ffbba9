import { join } from 'node:path';
import { PLACEHOLDERS, WORD_KEYS } from '../cards/placeholders.js';
import { conditionsOf, type DecisionWords, type VariantCondition, type Words } from '../cards/words.js';
import { CRITERION_KINDS } from '../evaluation/criteria/kinds.js';
import type { Policy } from '../evaluation/policy.js';
import { placeholdersOf } from '../evaluation/sentences.js';
import { StartupError } from '../errors.js';
import { readOverridden, type ServiceOverrides } from './overrides.js';

/**
 * Loads hooks/<service>/cards.json, with a site's words in it, and checks what a schema cannot: a word for every decision, state, reason and
 * note there is, variants that name answers that exist, keys that point somewhere, declared {placeholders} only.
 */
export function loadWords(hooksFolder: string, policy: Policy, overrides: ServiceOverrides = {}): Words {
  const { content: words, path } = readOverridden<Words>(
    join(hooksFolder, policy.id, 'cards.json'),
    join(hooksFolder, 'cards.schema.json'),
    overrides.cards,
  );
  checkVocabularies(words, policy, path);
  for (const { decision } of policy.decisions) {
    checkDecision(words.decisions[decision], words, `${path}#/decisions/${decision}`);
    checkVariants(words.decisions[decision], policy, `${path}#/decisions/${decision}`);
  }
  checkStates(words, policy, path);
  checkKeys(words.generatorsCard, words, `${path}#/generatorsCard`);
  checkSuggestions(words, path);
  checkWithheld(policy, words, path);
  const { decisions: _, suggestions: __, ...others } = words;
  checkPlaceholders(others, [], path);
  return words;
}

function checkVocabularies(words: Words, policy: Policy, path: string): void {
  const wanted: Readonly<Record<string, readonly string[]>> = {
    ...WORD_KEYS,
    decisions: policy.decisions.map(({ decision }) => decision),
    'infoCard/conflicts': policy.conflicts.map(({ id }) => id),
    'infoCard/notes': policy.notes.map(({ id }) => id),
  };
  const content: Readonly<Record<string, object>> = {
    ...words,
    'infoCard/conflicts': words.infoCard.conflicts,
    'infoCard/notes': words.infoCard.notes,
  };
  for (const [section, keys] of Object.entries(wanted)) {
    const missing = keys.find((key) => !(key in (content[section] ?? {})));
    if (missing) throw new StartupError(`${path}#/${section}`, `needs a word for ${missing}`);
  }
}

const DECISION_PLACEHOLDERS: readonly string[] = [
  'side',
  'joint',
  'redFlags',
  'minimumDuration',
  'minimumRelief',
  'requiredFailures',
  'successfulRelief',
  'successfulDuration',
  'judgedAfterWeeks',
  'failed',
  'earliest',
  'fusedJoint',
  'plannedSide',
];

function checkDecision(decision: DecisionWords, words: Words, place: string): void {
  checkKeys(decision, words, place);
  const variants = Object.values(decision.variants ?? {});
  const caveats = [decision, ...variants].flatMap((one) => one.caveats ?? []);
  const unknownCaveat = caveats.find((id) => !(id in words.caveats));
  if (unknownCaveat) throw new StartupError(place, `there is no caveat ${unknownCaveat}`);
  for (const { summary = '', advice = '' } of [decision, ...variants]) {
    if (widest(summary) > SUMMARY_LENGTH)
      throw new StartupError(place, `a summary has to fit in ${SUMMARY_LENGTH} characters (CARD-2)`);
    const unknown = placeholdersOf(summary + advice).find((name) => !DECISION_PLACEHOLDERS.includes(name));
    if (unknown) throw new StartupError(place, `{${unknown}} is not a declared placeholder`);
  }
}

const SUMMARY_LENGTH = 139;

/** Its length with the longest side and joint; other placeholders differ from case to case and are not counted. */
function widest(summary: string): number {
  return summary
    .replaceAll(/\{(?:side|plannedSide)\}/g, 'bilateral ')
    .replaceAll('{fusedJoint}', 'joint, its side not told,')
    .replaceAll(/\{[a-zA-Z]+\}/g, '').length;
}

function checkKeys(
  { suggestions, overrideReasons }: Pick<DecisionWords, 'suggestions' | 'overrideReasons'>,
  words: Words,
  place: string,
): void {
  const suggestion = suggestions.find((id) => !(id in words.suggestions));
  if (suggestion) throw new StartupError(place, `there is no suggestion ${suggestion}`);
  const reason = overrideReasons.find((id) => !(id in words.overrideReasons.displays));
  if (reason) throw new StartupError(place, `there is no override reason ${reason}`);
}

function checkWithheld({ considerations }: Policy, words: Words, path: string): void {
  const unknown = considerations
    .flatMap(({ withholds = [] }) => withholds)
    .find((id) => !(id in words.suggestions));
  if (unknown)
    throw new StartupError(`${path}#/suggestions`, `there is no suggestion ${unknown} to withhold`);
}

function checkVariants({ variants = {} }: DecisionWords, policy: Policy, place: string): void {
  const unknown = Object.keys(variants).find((key) =>
    conditionsOf(key).some((one) => !isOfPolicy(one, policy)),
  );
  if (unknown === undefined) return;
  throw new StartupError(
    `${place}/variants/${unknown}`,
    'names no answer of a criterion, no consideration and no note',
  );
}

function isOfPolicy({ of, id }: VariantCondition, { criteria, considerations, notes }: Policy): boolean {
  if (of === 'consideration') return considerations.some((one) => one.id === id);
  if (of === 'note') return notes.some((one) => one.id === id);
  const criterion = criteria.find((one) => one.id === of);
  return criterion !== undefined && CRITERION_KINDS[criterion.kind].because.includes(id);
}

/** Words for the state of a step by its answer name answers that its criterion can give. */
function checkStates({ states }: Words, { criteria }: Policy, path: string): void {
  for (const { step, kind } of criteria) {
    const known = CRITERION_KINDS[kind].because;
    const unknown = Object.keys((step && states[step].answers) ?? {}).find((key) => !known.includes(key));
    if (unknown !== undefined)
      throw new StartupError(
        `${path}#/states/${step}/answers/${unknown}`,
        'names no answer of its criterion',
      );
  }
}

function checkSuggestions(words: Words, path: string): void {
  for (const [id, { label, createDescription = '', order }] of Object.entries(words.suggestions)) {
    const unknown = placeholdersOf(label + createDescription + (order?.text ?? '')).find(
      (name) => name !== 'side' && name !== 'list',
    );
    if (unknown)
      throw new StartupError(`${path}#/suggestions/${id}`, `{${unknown}} is not a declared placeholder`);
  }
}

function checkPlaceholders(words: unknown, place: readonly string[], path: string): void {
  if (typeof words === 'string') {
    const declared = PLACEHOLDERS[place.join('/')] ?? [];
    const unknown = placeholdersOf(words).find((name) => !declared.includes(name));
    if (unknown === undefined) return;
    throw new StartupError(`${path}#/${place.join('/')}`, `{${unknown}} is not a declared placeholder`);
  }
  if (typeof words !== 'object' || words === null) return;
  for (const [name, inner] of Object.entries(words)) checkPlaceholders(inner, [...place, name], path);
}
