import type { InterventionFact, StatementFact } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import { block, care, intervention, review, stepOf } from './facts.js';

describe('an ablation told of without its target: one of the record may be meant, by the dates that are given', () => {
  const facets = (part: Partial<InterventionFact> = {}) =>
    intervention('facet-rfa', { date: '2024-05-05', ...part });
  const { date: _date, ...undatedFacets } = facets();

  test.each<[string, InterventionFact, Partial<StatementFact>, StepState]>([
    ['neither date of the telling known', facets(), {}, 'not-met'],
    ['told of after it', facets(), { date: '2024-06-01' }, 'not-met'],
    ['told of on its day', facets(), { date: '2024-05-05' }, 'not-met'],
    ['told of the day before', facets(), { date: '2024-05-04' }, 'unknown'],
    ['one of its year', facets(), { eventDate: '2024' }, 'not-met'],
    ['one of the year before', facets(), { eventDate: '2023' }, 'unknown'],
    ['one of its year, told of later', facets(), { eventDate: '2024', date: '2025-01-10' }, 'not-met'],
    ['its own date not known', undatedFacets, { date: '2024-05-04' }, 'not-met'],
    ['its own date not known, told of by year', undatedFacets, { eventDate: '2023' }, 'not-met'],
    ['it was only planned', facets({ status: 'planned' }), {}, 'unknown'],
    ['it was an injection', intervention('trigger-point-injection'), {}, 'unknown'],
  ])('%s', (_situation, done, telling, state) => {
    const statements: readonly StatementFact[] = [
      { id: 'ablation-without-target', evidence: [{ reference: 'DocumentReference/visit' }], ...telling },
    ];
    const found = stepOf(
      review({ conservativeCare: [care()], interventions: [block(85), done], statements }),
      'radiofrequency-ablation',
    );
    expect(found.state).toBe(state);
    expect(found.evidence?.map(({ reference }) => reference)).toEqual(
      state === 'unknown' ? ['DocumentReference/visit'] : undefined,
    );
  });
});
