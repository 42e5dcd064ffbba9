import {
  byDate,
  calendarDay,
  dayRange,
  durationDays,
  formatDay,
  instantsOf,
  quantityDays,
  shiftDay,
  type TimeSpan,
} from '../../src/evaluation/dates.js';

/** First and last day that a date may mean, as dates. */
function days(date: string | undefined): readonly string[] | undefined {
  const range = dayRange(date);
  return range && [formatDay(range.first), formatDay(range.last)];
}

describe('dayRange: a FHIR date of any precision is a range of whole days', () => {
  test.each<[string | undefined, readonly string[] | undefined]>([
    ['2024-05-17', ['2024-05-17', '2024-05-17']],
    ['2024-05-17T23:30:00-05:00', ['2024-05-17', '2024-05-17']],
    ['2024-02', ['2024-02-01', '2024-02-29']],
    ['2023-12', ['2023-12-01', '2023-12-31']],
    ['2023', ['2023-01-01', '2023-12-31']],
    ['2024-02-29', ['2024-02-29', '2024-02-29']],
    ['2023-02-29', undefined],
    ['2023-13', undefined],
    ['2023-04-31', undefined],
    ['2023-00-10', undefined],
    ['2023-05-00', undefined],
    ['May 2023', undefined],
    ['', undefined],
    [undefined, undefined],
    [`2024-05-17${'0'.repeat(60)}`, ['2024-05-17', '2024-05-17']],
  ])('%s', (date, expected) => {
    expect(days(date)).toEqual(expected);
    expect(days(date)).toEqual(expected);
  });

  test('a date is read as well after thousands of others', () => {
    for (let day = 0; day < 2_500; day += 1) expect(dayRange(formatDay(day))?.first).toBe(day);
    expect(dayRange(formatDay(7))).toEqual({ first: 7, last: 7 });
  });
});

describe('calendarDay: a whole day, or none', () => {
  test.each<[string | undefined, string | undefined]>([
    ['2024-05-17', '2024-05-17'],
    ['2024-05-17T08:00:00Z', '2024-05-17'],
    ['2024-05', undefined],
    ['2024', undefined],
    ['2024-13-01', undefined],
    [undefined, undefined],
  ])('%s', (date, day) => {
    expect(calendarDay(date)).toBe(day);
  });
});

describe('shiftDay: months and years by the calendar, clipped to its end', () => {
  test.each<[string, TimeSpan, 1 | -1, string]>([
    ['2026-03-20', { value: 10, unit: 'd' }, 1, '2026-03-30'],
    ['2026-03-20', { value: 20, unit: 'd' }, -1, '2026-02-28'],
    ['2026-03-20', { value: 6, unit: 'wk' }, 1, '2026-05-01'],
    ['2026-03-20', { value: 6, unit: 'wk' }, -1, '2026-02-06'],
    ['2026-03-31', { value: 1, unit: 'mo' }, -1, '2026-02-28'],
    ['2024-01-31', { value: 1, unit: 'mo' }, 1, '2024-02-29'],
    ['2025-08-31', { value: 6, unit: 'mo' }, 1, '2026-02-28'],
    ['2026-03-20', { value: 24, unit: 'mo' }, -1, '2024-03-20'],
    ['2024-02-29', { value: 2, unit: 'a' }, -1, '2022-02-28'],
    ['2026-03-20', { value: 2, unit: 'a' }, 1, '2028-03-20'],
  ])('%s by %j, %i', (from, span, direction, to) => {
    expect(formatDay(shiftDay(dayRange(from)?.first ?? Number.NaN, span, direction))).toBe(to);
  });
});

describe('durations in days', () => {
  test.each<[string | undefined, number | undefined]>([
    ['P1Y', 365.25],
    ['P3M', 91.3125],
    ['P2W', 14],
    ['P90D', 90],
    ['P1.5D', 1.5],
    ['PT6H', 0.25],
    ['PT90M', 0.0625],
    ['PT43200S', 0.5],
    ['P1M2DT12H', 32.9375],
    ['3 months', undefined],
    ['P3X', undefined],
    [undefined, undefined],
  ])('%s', (duration, expected) => {
    expect(durationDays(duration)).toBe(expected);
  });

  test.each<[TimeSpan, number]>([
    [{ value: 3, unit: 'd' }, 3],
    [{ value: 6, unit: 'wk' }, 42],
    [{ value: 3, unit: 'mo' }, 91.3125],
    [{ value: 2, unit: 'a' }, 730.5],
  ])('%j', (span, expected) => {
    expect(quantityDays(span)).toBe(expected);
  });
});

test('a day is shifted by days or more: minutes and shares are no such span', () => {
  const day = dayRange('2026-03-20')?.first ?? Number.NaN;
  // @ts-expect-error -- the compiler refuses what the schema of the policy refuses
  expect(() => shiftDay(day, { value: 60, unit: 'min' }, 1)).not.toThrow();
  // @ts-expect-error -- the same
  expect(() => quantityDays({ value: 75, unit: '%' })).not.toThrow();
});

test('byDate: oldest first, those without a date before all, ties by reference', () => {
  const fact = (reference: string, date?: string) => ({ ...(date && { date }), evidence: [{ reference }] });
  const sorted = [
    fact('d', '2026-01-01'),
    fact('c', '2025-01-01'),
    fact('b', '2026-01-01'),
    fact('a'),
    { date: '2026-01-01', evidence: [] },
  ].toSorted(byDate);
  expect(sorted.map(({ evidence }) => evidence[0]?.reference)).toEqual(['a', 'c', undefined, 'b', 'd']);
});

describe('instantsOf: what a date may mean, wherever its day is told', () => {
  const iso = (date: string | undefined): readonly string[] | undefined => {
    const instants = instantsOf(date);
    const { first, everywhere, last } = instants ?? { first: 0, everywhere: 0, last: 0 };
    return instants && [first, everywhere, last].map((at) => new Date(at).toISOString());
  };

  test('a day begins first at UTC+14, has begun everywhere at UTC-12 and ends there', () => {
    const everywhere = '2024-05-17T12:00:00.000Z';
    expect(iso('2024-05-17')).toEqual(['2024-05-16T10:00:00.000Z', everywhere, '2024-05-18T11:59:59.999Z']);
  });

  test('a time without a zone means its day', () => {
    expect(instantsOf('2024-05-17T08:00:00')).toEqual(instantsOf('2024-05-17'));
  });

  test('a time with a zone is one instant', () => {
    const instant = '2024-05-17T13:00:00.000Z';
    expect(iso('2024-05-17T08:00:00-05:00')).toEqual([instant, instant, instant]);
  });

  test.each([undefined, 'soon', '2024-13-01', '2024-05-17T25:00:00Z'])('%s is none', (date) => {
    expect(instantsOf(date)).toBeUndefined();
  });
});
