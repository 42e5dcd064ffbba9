import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { BlockReliefParams } from '../evaluation/criterion-params.js';
import { CONFLICT_VALUES, CRITERION_KINDS } from '../evaluation/criteria/kinds.js';
import type { PolicyInForce } from '../evaluation/evaluate.js';
import type { Condition, Criterion, Policy } from '../evaluation/policy.js';
import { fill, isQuantity, placeholdersOf, quantityText } from '../evaluation/sentences.js';
import { StartupError } from '../errors.js';
import { placesIn, readOverridden, type ServiceOverrides, type Tree } from './overrides.js';

/** The policy in force, and what of it and of the words the site has set, by its place. */
export interface LoadedPolicy extends PolicyInForce {
  readonly overridden: readonly (readonly [place: string, value: string | number])[];
}

/**
 * Loads hooks/<service>/policy.json, with a site's overrides in it, and checks what a schema cannot: that decisions
 * name criteria and answers that exist, that the last decision always holds, that every sentence uses declared
 * {placeholders} and every answer has one. Sentences of criteria and conflicts are given their parameters.
 *
 * @throws StartupError with the path and the place
 */
export function loadPolicy(
  hooksFolder: string,
  service: string,
  overrides: ServiceOverrides = {},
): LoadedPolicy {
  const file = join(hooksFolder, service, 'policy.json');
  const { content, path } = readOverridden<Policy>(
    file,
    join(hooksFolder, 'policy.schema.json'),
    overrides.policy,
  );
  if (content.id !== service) throw new StartupError(path, '/id must be the name of its folder');
  for (const [index, criterion] of content.criteria.entries())
    checkCriterion(criterion, `${path}#/criteria/${index}`);
  checkDecisions(content, path);
  checkConflicts(content, path);
  checkConsiderations(content, path);
  for (const [index, { sentence }] of content.notes.entries())
    checkPlaceholders(sentence, ['side'], `${path}#/notes/${index}`);
  const policy = withParameters(content, path);
  const words = overrides.cards?.changes;
  const overridden = placesIn({ policy: overrides.policy?.changes ?? {}, cards: words ?? {} });
  return { policy, sha256: digest(policy, words), overridden };
}

/**
 * SHA-256 over the policy as JSON, and the words that a site has set; the same content gives the same digest whatever
 * the files' white space and the order in the site's file.
 */
export function digest(policy: Policy, siteWords: Tree = {}): string {
  const set = placesIn(siteWords).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash('sha256').update(JSON.stringify(policy));
  return (set.length === 0 ? hash : hash.update(JSON.stringify(set))).digest('hex');
}

function checkCriterion(criterion: Criterion, place: string): void {
  const kind = CRITERION_KINDS[criterion.kind];
  if (criterion.kind === 'block-relief') checkOrder(criterion.params, place);
  for (const because of kind.because) {
    const says = criterion.says[because];
    if (!says && criterion.step) throw new StartupError(place, `/says needs an entry for ${because}`);
    for (const sentence of [says?.reason, says?.missing])
      checkPlaceholders(sentence, kind.values, `${place}/says/${because}`);
  }
  const unknown = Object.keys(criterion.says).find((because) => !kind.because.includes(because));
  if (unknown) throw new StartupError(place, `/says/${unknown} is not an answer of kind ${criterion.kind}`);
}

function checkOrder(params: BlockReliefParams, place: string): void {
  if (params.equivocalRelief.value > params.minimumRelief.value)
    throw new StartupError(`${place}/params/equivocalRelief`, 'has to be at most minimumRelief');
  if (params.minimumPositive > params.recommendedPositive)
    throw new StartupError(`${place}/params/minimumPositive`, 'has to be at most recommendedPositive');
}

function checkPlaceholders(sentence: string | undefined, declared: readonly string[], place: string): void {
  const unknown = placeholdersOf(sentence ?? '').find((name) => !declared.includes(name));
  if (unknown) throw new StartupError(place, `{${unknown}} is not a declared placeholder`);
}

/** Numbers in a sentence are those of its parameters: `{minimumRelief}` becomes `75 %`. */
function withParameters(policy: Policy, path: string): Policy {
  const stated = <T extends { readonly id: string; readonly sentence: string; readonly params: object }>(
    one: T,
  ): T => {
    const values = parameterTexts(one.params);
    checkPlaceholders(one.sentence, Object.keys(values), `${path}#/${one.id}/sentence`);
    return { ...one, sentence: fill(one.sentence, values) };
  };
  const considerations = policy.considerations.map((one) => {
    const values = parametersOf(one, policy);
    return values ? { ...one, sentence: fill(one.sentence, values) } : one;
  });
  const [criteria, conflicts] = [policy.criteria.map(stated), policy.conflicts.map(stated)];
  return { ...policy, criteria, conflicts, considerations };
}

/** What stands for the placeholders of its sentence whoever the patient is. */
function parametersOf(
  { answer, relieved }: Policy['considerations'][number],
  { criteria }: Policy,
): Readonly<Record<string, string>> | undefined {
  const criterion = criteria.find(({ id }) => id === answer?.criterion);
  const params = criterion?.params ?? relieved;
  if (!params) return undefined;
  // What differs from patient to patient is filled in when it is said.
  const later = criterion ? CRITERION_KINDS[criterion.kind].values.map((name) => [name, `{${name}}`]) : [];
  return { ...(Object.fromEntries(later) as Readonly<Record<string, string>>), ...parameterTexts(params) };
}

/** A sentence about an answer may name the parameters and values of its criterion, one about relief {atLeast}; others may name {onset}. */
function checkConsiderations(policy: Policy, path: string): void {
  for (const [index, consideration] of policy.considerations.entries()) {
    const place = `${path}#/considerations/${index}`;
    if (consideration.answer) checkCondition(consideration.answer, policy, place);
    const named = parametersOf(consideration, policy);
    checkPlaceholders(consideration.sentence, named ? Object.keys(named) : ['onset'], place);
  }
}

function parameterTexts(params: object): Readonly<Record<string, string>> {
  const entries = Object.entries(params).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value === 'number') return [[name, String(value)]];
    return isQuantity(value) ? [[name, quantityText(value)]] : [];
  });
  return Object.fromEntries(entries) as Readonly<Record<string, string>>;
}

function checkDecisions(policy: Policy, path: string): void {
  for (const [index, rule] of policy.decisions.entries()) {
    const conditions = [...(rule.all ?? []), ...(rule.any ?? []), ...(rule.none ?? [])];
    for (const condition of conditions) checkCondition(condition, policy, `${path}#/decisions/${index}`);
    const isLast = index === policy.decisions.length - 1;
    if (isLast !== (conditions.length === 0)) {
      throw new StartupError(
        `${path}#/decisions/${index}`,
        'the last decision, and only it, has no condition',
      );
    }
  }
  for (const [
    index,
    { criterion, onlyWhen, unless = [], because, also = [], sentence },
  ] of policy.wouldChange.entries()) {
    const place = `${path}#/wouldChange/${index}`;
    for (const is of [...onlyWhen, ...unless, because, ...also])
      checkCondition({ criterion, is }, policy, place);
    const kind = policy.criteria.find(({ id }) => id === criterion)?.kind;
    if (kind) checkPlaceholders(sentence, [...CRITERION_KINDS[kind].values, 'decision'], place);
  }
}

const STATES = ['met', 'not-met', 'unknown'];

function checkCondition({ criterion, is }: Condition, policy: Policy, place: string): void {
  const found = policy.criteria.find(({ id }) => id === criterion);
  if (!found) throw new StartupError(place, `there is no criterion ${criterion}`);
  const { because, also = [] } = CRITERION_KINDS[found.kind];
  if (![...STATES, ...because, ...also].includes(is)) {
    throw new StartupError(place, `${is} is neither a state nor an answer of kind ${found.kind}`);
  }
}

function checkConflicts(policy: Policy, path: string): void {
  for (const [index, { id, reason }] of policy.conflicts.entries()) {
    checkPlaceholders(reason, CONFLICT_VALUES[id], `${path}#/conflicts/${index}/reason`);
  }
}

/** Every value set id that a policy names, for the check that each exists and none is an orphan. */
export function valueSetsOf(policy: Policy): ReadonlySet<string> {
  const gates = policy.criteria.flatMap((criterion) => {
    if (criterion.kind === 'red-flags') return criterion.params.flags.flatMap(({ valueSets }) => valueSets);
    return criterion.kind === 'other-diagnosis' ? criterion.params.valueSets : [];
  });
  const mismatch = policy.conflicts.flatMap((conflict) =>
    conflict.id === 'diagnosis-mismatch' ? [...conflict.params.fitting, ...conflict.params.notFitting] : [],
  );
  const { reviewed, companions, indicated, otherIndication } = policy.order;
  const noted = policy.notes.flatMap(({ conditions = [], medications = [] }) => [
    ...conditions,
    ...medications,
  ]);
  const considered = policy.considerations.flatMap(({ conditions = [], possible = [], onset }) => [
    ...conditions,
    ...possible,
    ...(onset ? [...onset.of, ...onset.alsoOf, ...onset.unlessConditions] : []),
  ]);
  const generators = policy.painGenerators.conditions.map(({ valueSet }) => valueSet);
  return new Set([
    reviewed,
    ...companions,
    ...indicated,
    ...otherIndication,
    ...gates,
    ...mismatch,
    ...noted,
    ...considered,
    ...generators,
  ]);
}
