import type { InterventionFact } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import { block, intervention, review, stepOf } from './facts.js';

describe('diagnostic-blocks: what a neurectomy has outdated', () => {
  const cut = (part: Partial<InterventionFact> = {}) =>
    intervention('neurectomy', { date: '2025-10-01', ...part });

  test.each<[string, string, InterventionFact, StepState]>([
    ['of the day before', '2025-09-30', cut(), 'unknown'],
    ['of its very day', '2025-10-01', cut(), 'unknown'],
    ['of the day after', '2025-10-02', cut(), 'met'],
    ['of a month that it falls into', '2025-10', cut(), 'met'],
    ['before one that was only planned', '2025-09-30', cut({ status: 'planned' }), 'met'],
    ['before one of an unknown day', '2025-09-30', cut({ date: '' }), 'met'],
  ])('a block %s', (_of, date, neurectomy, state) => {
    const found = stepOf(review({ interventions: [block(85, { date }), neurectomy] }), 'diagnostic-blocks');
    expect(found.state).toBe(state);
    expect(found.notCounted?.map(({ why }) => why)).toEqual(
      state === 'met' ? undefined : ['before-neurectomy'],
    );
  });

  test('of one side: the block of the other stays', () => {
    const sides = review({
      interventions: [block(85, { date: '2025-09-30' }), cut({ laterality: 'left' })],
    });
    const state = (side: 'left' | 'right') => stepOf(sides, 'diagnostic-blocks', side).state;
    expect([state('left'), state('right')]).toEqual(['unknown', 'met']);
  });
});

test('a block of both sides beside an injection of one: of the other side it stands alone', () => {
  const epidural = intervention('transforaminal-epidural', { laterality: 'right' });
  const sides = review({ interventions: [block(85), epidural] });
  const state = (side: 'left' | 'right') => stepOf(sides, 'diagnostic-blocks', side).state;
  expect([state('left'), state('right')]).toEqual(['met', 'unknown']);
});
