import { loadPolicy } from '../src/artifacts/policy.js';
import { WORD_KEYS } from '../src/cards/placeholders.js';
import type { Card } from '../src/cds-hooks/card.types.js';
import { CRITERION_KINDS } from '../src/evaluation/criteria/kinds.js';
import type { Rationale } from '../src/evaluation/evaluate.js';
import { DECISIONS, type Evaluation, type OrderEvaluation } from '../src/evaluation/evaluation.js';
import type { CriterionKind } from '../src/evaluation/policy.js';
import { goldenCases, readJson } from './golden-case.js';
import { answering, unchanged } from './golden-change.js';

const SERVICE = 'sij-neurectomy-review';
const { policy } = loadPolicy('hooks', SERVICE);

interface Answer {
  readonly cards: readonly Card[];
  readonly extension?: { readonly 'stepwise-cds.evaluation': Evaluation };
}

const cases = goldenCases(SERVICE);
const answers = cases.map(({ name, expectedPath }) => ({ name, ...(readJson(expectedPath) as Answer) }));
const evaluations = answers.flatMap(({ extension }) =>
  extension ? [extension['stepwise-cds.evaluation']] : [],
);
const orders = evaluations.flatMap((evaluation) => evaluation.orders);
const steps = orders.flatMap((order) => order.steps);

/** Each criterion's answers, side by side, as every case is judged now. */
let rationale: Rationale;
beforeAll(async () => {
  const { answerTo, assessments, close } = answering(
    SERVICE,
    cases.map(({ chart }) => chart),
  );
  for (const { chart, delivered } of cases) await answerTo(chart.patientId, unchanged, delivered);
  rationale = assessments.flatMap(({ rationales }) => rationales.flat());
  await close();
}, 60_000);

/** Of the words of a closed vocabulary, those that no golden case reaches. */
function unreached(
  vocabulary: readonly string[],
  reached: readonly (string | undefined)[],
): readonly string[] {
  const known = new Set(reached);
  return vocabulary.filter((word) => !known.has(word));
}

function all<T>(pick: (order: OrderEvaluation) => readonly T[] | undefined): readonly T[] {
  return orders.flatMap((order) => pick(order) ?? []);
}

describe('the golden cases', () => {
  test('are at least sixty, each with a title of its own and a reason why', () => {
    expect(cases.length).toBeGreaterThanOrEqual(60);
    expect(new Set(cases.map(({ title }) => title)).size).toBe(cases.length);
    expect(cases.filter(({ why }) => why.split(' ').length < 3).map(({ name }) => name)).toEqual([]);
  });

  test.each(policy.criteria.map((criterion) => [criterion.id, criterion] as const))(
    '%s: each of its states, and each of its answers, is that of some case',
    (id, { kind }) => {
      const given = rationale.flatMap(({ answers: byCriterion }) => byCriterion.get(id) ?? []);
      expect(
        unreached(
          STATES_OF[kind] ?? ['met', 'not-met', 'unknown'],
          given.map(({ state }) => state),
        ),
      ).toEqual([]);
      expect(
        unreached(
          CRITERION_KINDS[kind].because,
          given.map(({ because }) => because),
        ),
      ).toEqual([]);
      expect(
        unreached(
          CRITERION_KINDS[kind].also ?? [],
          given.flatMap(({ also = [] }) => also),
        ),
      ).toEqual([]);
    },
  );

  const stepCriteria = policy.criteria.filter(({ step }) => step !== undefined);

  test.each(stepCriteria.map((criterion) => [criterion.id, criterion] as const))(
    '%s: reach each state, and each of its answers',
    (_id, { step, says }) => {
      const own = steps.filter(({ id }) => id === step);
      expect(
        unreached(
          ['met', 'not-met', 'unknown'],
          own.map(({ state }) => state),
        ),
      ).toEqual([]);
      const unsaid = Object.entries(says).filter(
        ([, { reason }]) => !own.some((one) => asPattern(reason).test(one.reason ?? '')),
      );
      expect(unsaid.map(([because]) => because)).toEqual([]);
    },
  );

  test('reach every decision, as a whole and where the sides differ', () => {
    expect(
      unreached(
        DECISIONS,
        orders.map(({ decision }) => decision),
      ),
    ).toEqual([]);
    expect(orders.some(({ decisionBySide }) => decisionBySide !== undefined)).toBe(true);
  });

  test('reach every reason not to count, and every reason to set a record aside', () => {
    const reasons = steps.flatMap(({ notCounted = [] }) =>
      notCounted.map(({ why, because = why }) => because),
    );
    expect(unreached(WORD_KEYS['notCounted'] ?? [], reasons)).toEqual([]);
    const setAside = evaluations.flatMap(({ excluded = [] }) => excluded.map(({ why }) => why));
    expect(unreached(EXCLUSIONS, setAside)).toEqual([]);
  });

  test('reach every conflict, note and red flag', () => {
    const conflicts = all((order) => order.conflicts).map(({ id, because = id }) => because);
    const notes = all((order) => order.notes).map(({ id }) => id);
    const redFlags = all((order) => order.redFlags).map(({ id }) => id);
    expect(
      unreached(
        policy.conflicts.map(({ id }) => id),
        conflicts,
      ),
    ).toEqual([]);
    expect(
      unreached(
        policy.notes.map(({ id }) => id),
        notes,
      ),
    ).toEqual([]);
    expect(unreached(WORD_KEYS['redFlags'] ?? [], redFlags)).toEqual([]);
  });

  test('reach every pain generator, every status of one, and every severity', () => {
    const generators = all((order) => order.painGenerators);
    expect(
      unreached(
        Object.keys(policy.names.findings),
        generators.map(({ finding }) => finding),
      ),
    ).toEqual([]);
    expect(
      unreached(
        ['unaddressed', 'treated', 'excluded'],
        generators.map(({ status }) => status),
      ),
    ).toEqual([]);
    expect(
      unreached(
        ['mild', 'moderate', 'severe'],
        generators.map(({ severity }) => severity),
      ),
    ).toEqual([]);
  });

  test('reach every kind of intervention, with every status, technique and outcome', () => {
    const found = all((order) => order.interventions);
    expect(
      unreached(
        Object.keys(policy.names.interventions),
        found.map(({ kind }) => kind),
      ),
    ).toEqual([]);
    expect(
      unreached(
        STATUSES,
        found.map(({ status }) => status),
      ),
    ).toEqual([]);
    expect(
      unreached(
        TECHNIQUES,
        found.map(({ technique }) => technique),
      ),
    ).toEqual([]);
    expect(
      unreached(
        OUTCOMES,
        found.map(({ outcome }) => outcome),
      ),
    ).toEqual([]);
  });

  test('reach each side of an order, orders known by code and by text, and each state of the data', () => {
    expect(
      unreached(
        ['left', 'right', 'bilateral'],
        orders.map(({ laterality }) => laterality),
      ),
    ).toEqual([]);
    expect(
      unreached(
        ['code', 'text'],
        orders.map(({ recognisedBy }) => recognisedBy),
      ),
    ).toEqual([]);
    const states = evaluations.flatMap(({ data }) => data.map(({ state }) => state));
    expect(unreached(['complete', 'partial', 'unavailable'], states)).toEqual([]);
  });
});

describe('the cards of the golden cases', () => {
  test('are at most three, with summaries of at most 139 characters (CARD-2)', () => {
    expect(answers.filter(({ cards }) => cards.length > 3).map(({ name }) => name)).toEqual([]);
    const summaries = answers.flatMap(({ cards }) => cards.map(({ summary }) => summary));
    expect(summaries.filter((summary) => summary.length > 139 || summary.includes('…'))).toEqual([]);
  });
});

/** An order says what it is for, or does not: it never says that it is for nothing. */
const STATES_OF: Partial<Record<CriterionKind, readonly string[]>> = {
  'order-indication': ['met', 'unknown'],
};
const EXCLUSIONS = [
  'other-patient',
  'entered-in-error',
  'cancelled',
  'superseded',
  'other-body-region',
  'refuted',
  'resolved',
  'unreadable',
  'family-history',
];
const STATUSES = ['completed', 'planned', 'not-done', 'stopped', 'unknown'];
const TECHNIQUES = ['cooled', 'conventional', 'pulsed'];
const OUTCOMES = ['positive', 'equivocal', 'negative', 'worked', 'failed', 'unknown'];

/** A sentence of the policy with anything in the place of its {placeholders}. */
function asPattern(sentence: string): RegExp {
  const literal = sentence.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.+')}$`);
}
