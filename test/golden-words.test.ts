import { loadPolicy } from '../src/artifacts/policy.js';
import { loadWords } from '../src/artifacts/words.js';
import type { Card } from '../src/cds-hooks/card.types.js';
import type { Evaluation } from '../src/evaluation/evaluation.js';
import { goldenCases, readJson, SERVICES } from './golden-case.js';

interface Answer {
  readonly cards: readonly Card[];
  readonly extension?: { readonly 'stepwise-cds.evaluation': Evaluation };
}

describe.each(SERVICES)('the golden cases of %s', (service) => {
  const { policy } = loadPolicy('hooks', service);
  const { decisions } = loadWords('hooks', policy);
  const answers = goldenCases(service).map(({ expectedPath }) => readJson(expectedPath) as Answer);
  const orders = answers.flatMap(({ extension }) => extension?.['stepwise-cds.evaluation'].orders ?? []);
  const summaries = answers.flatMap(({ cards }) => cards.map(({ summary }) => summary));

  test('reach every decision of its policy', () => {
    const reached = new Set(orders.map(({ decision }) => decision));
    const unreached = policy.decisions.filter(({ decision }) => !reached.has(decision));
    expect(unreached.map(({ decision }) => decision)).toEqual([]);
  });

  test('reach every state of every step', () => {
    const reached = new Set(orders.flatMap(({ steps }) => steps.map(({ id, state }) => `${id} ${state}`)));
    const wanted = policy.criteria.flatMap(({ step }) =>
      step ? ['met', 'not-met', 'unknown'].map((state) => `${step} ${state}`) : [],
    );
    expect(wanted.filter((one) => !reached.has(one))).toEqual([]);
  });

  test('show every summary of its words', () => {
    const written = policy.decisions.flatMap(({ decision }) => {
      const { summary, variants = {} } = decisions[decision];
      const own = decision === 'repeat-radiofrequency' ? [] : [summary];
      return [...own, ...Object.values(variants).flatMap((variant) => variant.summary ?? [])];
    });
    expect(written.length).toBeGreaterThan(policy.decisions.length);
    expect(written.filter((summary) => !summaries.some((shown) => asPattern(summary).test(shown)))).toEqual(
      [],
    );
  });

  test('leave an order unanswered that is another one', () => {
    expect(answers.some(({ cards }) => cards.length === 0)).toBe(true);
  });
});

/** What two services say of one patient must not differ where it is the same pathway. */
test('both policies share their gates, thresholds, generators and conflicts', () => {
  const [one, two] = ['sij-neurectomy-review', 'sij-rfa-review'].map(
    (service) => loadPolicy('hooks', service).policy,
  );
  const shared = two?.criteria.filter(({ id }) => id !== 'indication') ?? [];
  for (const criterion of shared) {
    const { params, kind, reads, whenAbsent } =
      one?.criteria.find(({ id }) => id === criterion.id) ?? criterion;
    expect({ params, kind, reads, whenAbsent }).toEqual({
      params: criterion.params,
      kind: criterion.kind,
      reads: criterion.reads,
      whenAbsent: criterion.whenAbsent,
    });
  }
  expect(shared.map(({ id }) => id)).toEqual(
    one?.criteria.map(({ id }) => id).filter((id) => id !== 'indication'),
  );
  expect(two?.painGenerators).toEqual(one?.painGenerators);
  expect(two?.conflicts).toEqual(one?.conflicts);
  expect(two?.names).toEqual(one?.names);
});

/** A sentence with anything in the place of its {placeholders}. */
function asPattern(sentence: string): RegExp {
  const literal = sentence.split(/\{[^}]+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`);
}
