import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { CONFLICT_VALUES, CRITERION_KINDS } from '../evaluation/criteria/kinds.js';
import type { PolicyInForce } from '../evaluation/evaluate.js';
import type { Condition, Criterion, Policy } from '../evaluation/policy.js';
import { placeholdersOf } from '../evaluation/sentences.js';
import { StartupError } from '../errors.js';
import { readChecked } from './read-checked.js';

/**
 * Loads hooks/<service>/policy.json and checks what a schema cannot: that decisions name criteria and answers that
 * exist, that the last decision always holds, that every sentence uses declared {placeholders} and every answer has
 * one. Throws StartupError with the path and the place.
 */
export function loadPolicy(hooksFolder: string, service: string): PolicyInForce {
  const path = join(hooksFolder, service, 'policy.json');
  const policy = readChecked<Policy>(path, join(hooksFolder, 'policy.schema.json'));
  if (policy.id !== service) throw new StartupError(path, '/id must be the name of its folder');
  for (const [index, criterion] of policy.criteria.entries())
    checkCriterion(criterion, `${path}#/criteria/${index}`);
  checkDecisions(policy, path);
  checkConflicts(policy, path);
  return { policy, sha256: digest(policy) };
}

/** SHA-256 over the policy as JSON; the same content gives the same digest whatever the file's white space. */
export function digest(policy: Policy): string {
  return createHash('sha256').update(JSON.stringify(policy)).digest('hex');
}

function checkCriterion(criterion: Criterion, place: string): void {
  const kind = CRITERION_KINDS[criterion.kind];
  for (const because of kind.because) {
    const says = criterion.says[because];
    if (!says && criterion.step) throw new StartupError(place, `/says needs an entry for ${because}`);
    for (const sentence of [says?.reason, says?.missing])
      checkPlaceholders(sentence, kind.values, `${place}/says/${because}`);
  }
  const unknown = Object.keys(criterion.says).find((because) => !kind.because.includes(because));
  if (unknown) throw new StartupError(place, `/says/${unknown} is not an answer of kind ${criterion.kind}`);
}

function checkPlaceholders(sentence: string | undefined, declared: readonly string[], place: string): void {
  const unknown = placeholdersOf(sentence ?? '').find((name) => !declared.includes(name));
  if (unknown) throw new StartupError(place, `{${unknown}} is not a declared placeholder`);
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
  for (const [index, { criterion, onlyWhen, because, sentence }] of policy.wouldChange.entries()) {
    const place = `${path}#/wouldChange/${index}`;
    for (const is of [...onlyWhen, because]) checkCondition({ criterion, is }, policy, place);
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
  const generators = policy.painGenerators.conditions.map(({ valueSet }) => valueSet);
  return new Set([
    reviewed,
    ...companions,
    ...indicated,
    ...otherIndication,
    ...gates,
    ...mismatch,
    ...noted,
    ...generators,
  ]);
}
