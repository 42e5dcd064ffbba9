import { areApart, certainlyApart } from '../../src/evaluation/apart.js';
import type { TimeSpan } from '../../src/evaluation/dates.js';

const SIX_WEEKS: TimeSpan = { value: 6, unit: 'wk' };
const dated = (...dates: readonly (string | undefined)[]) => dates.map((date) => (date ? { date } : {}));

describe('how many events some tellings are of at the least', () => {
  test.each([
    ['none', [], 0],
    ['one without a date', [undefined], 1],
    ['two without a date, which may be one', [undefined, undefined], 1],
    ['a dated one and one without a date', ['2025-05-20', undefined], 1],
    ['a month and its year', ['2025-05', '2025'], 1],
    ['a day and its month', ['2025-05-20', '2025-05'], 1],
    ['two days apart', ['2025-05-20', '2025-05-22'], 1],
    ['41 days apart', ['2025-05-20', '2025-06-30'], 1],
    ['42 days apart', ['2025-05-20', '2025-07-01'], 2],
    ['neighbouring months', ['2025-05', '2025-06'], 1],
    ['December and the following year, which a note may mean by it', ['2024-12', '2025'], 1],
    ['two years', ['2024', '2025'], 2],
    ['fourteen months apart', ['2024-09-10', '2025-11-12'], 2],
    ['fourteen months apart, and told of again by year', ['2024-09-10', '2025-11-12', '2025', '2024'], 2],
    ['one each month, of which every other one is certain', ['2025-01-10', '2025-02-10', '2025-03-10'], 2],
    ['a date that is none', ['2025-13-45', '2025-05-20'], 1],
  ])('%s', (_title, dates, count) => {
    expect(certainlyApart(dated(...dates), SIX_WEEKS)).toBe(count);
    expect(certainlyApart(dated(...dates.toReversed()), SIX_WEEKS)).toBe(count);
  });

  test('what is apart is so whichever is asked of the other', () => {
    const [early, late] = [{ date: '2024-09-10' }, { date: '2025-11-12' }];
    expect(areApart(early, late, SIX_WEEKS)).toBe(true);
    expect(areApart(late, early, SIX_WEEKS)).toBe(true);
    expect(areApart(late, {}, SIX_WEEKS)).toBe(false);
  });
});
