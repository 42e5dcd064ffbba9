import { evaluate } from '../../src/evaluation/evaluate.js';
import type { ConservativeCareFact } from '../../src/evaluation/facts.js';
import type { StepState } from '../../src/evaluation/evaluation.js';
import { AS_OF, facts, order, review, stepOf, tried, withLimits } from './facts.js';

/** Which days of care are one course, and how long it surely lasted. */
describe('conservative-care: after a break of more than three months another course begins', () => {
  const days = (...starts: readonly string[]) => starts.map((start) => tried({ start }));

  test.each<[string, readonly ConservativeCareFact[], StepState]>([
    ['two visits, three months to the day between them', days('2025-06-01', '2025-09-01'), 'met'],
    ['two visits, a day more between them', days('2025-06-01', '2025-09-02'), 'unknown'],
    [
      'four visits, three months to the day between two',
      days('2025-03-01', '2025-06-01', '2025-09-01', '2025-12-01'),
      'met',
    ],
    [
      'four visits in two courses, a day too far apart',
      days('2025-06-01', '2025-06-02', '2025-09-03', '2025-09-04'),
      'unknown',
    ],
    [
      'two visits of months that may lie more than three months apart',
      [tried({ start: '2025-01' }), tried({ start: '2025-04' })],
      'unknown',
    ],
    ['half a year in one record, by its months', [tried({ start: '2025-01', end: '2025-07' })], 'met'],
    ['two months that touch, in one record', [tried({ start: '2025-05', end: '2025-06' })], 'unknown'],
    ['a short course after a long one', days('2024-01-01', '2024-02-20', '2025-06-01', '2025-06-03'), 'met'],
    [
      'three visits, each within three months of the one before, not of the first',
      days('2025-01-01', '2025-01-20', '2025-04-15'),
      'met',
    ],
    ['a long course after a short one', days('2024-01-01', '2024-01-03', '2025-06-01', '2025-07-10'), 'met'],
  ])('%s', (_situation, conservativeCare, state) => {
    const found = review({ conservativeCare });
    expect(stepOf(found, 'conservative-care').state).toBe(state);
  });

  test('a site may count a break in days', () => {
    const inDays = withLimits('conservative-care', { courseBreak: { value: 30, unit: 'd' } });
    const state = (...starts: readonly string[]) =>
      evaluate(facts({ conservativeCare: days(...starts) }), [order()], inDays, AS_OF).evaluation.orders[0]
        ?.steps[0]?.state;
    expect(state('2025-06-01', '2025-07-01')).toBe('met');
    expect(state('2025-06-01', '2025-07-02')).toBe('unknown');
  });
});
