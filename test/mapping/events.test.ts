/** What a chart of thousands of events costs is counted in looks at them, never in time. */
import { joinEvents } from '../../src/mapping/events.js';
import type { ToldIntervention } from '../../src/mapping/collected.js';
import { addComputedRelief } from '../../src/mapping/pain-scores.js';
import type { PainScore } from '../../src/mapping/observation.js';

function told(serial: number, part: Partial<ToldIntervention> = {}): ToldIntervention {
  return {
    kind: 'sacral-lateral-branch-rfa',
    status: 'completed',
    levels: [],
    toldBy: 'record',
    evidence: [{ reference: `Procedure/${serial}` }],
    ...part,
  };
}

/** A day of its own for each of some thousands. */
function day(serial: number): string {
  return new Date(Date.UTC(2000, 0, 1 + serial)).toISOString().slice(0, 10);
}

const text = (serial: number, part: Partial<ToldIntervention>) =>
  told(serial, {
    toldBy: 'text',
    evidence: [{ reference: `DocumentReference/${serial}` }],
    ...part,
  });

/** Procedures, and for each of them one telling of every kind that is looked for among them. */
function chart(procedures: number): readonly ToldIntervention[] {
  return Array.from({ length: procedures }, (_, serial) => [
    told(serial, { date: day(serial) }),
    text(serial, { date: day(serial) }),
    text(serial, { date: day(serial).slice(0, 7), laterality: 'left' }),
    text(serial, { about: `Procedure/${serial}` }),
    text(serial, { toldOn: day(serial + 1) }),
    text(serial, { toldOn: day(serial), status: 'planned' }),
    told(serial + procedures, { date: day(serial), status: 'planned' }),
  ]).flat();
}

/** How often the fields of the tellings are read while they are worked on. */
function looks<T extends object>(items: readonly T[], work: (counted: readonly T[]) => unknown): number {
  let count = 0;
  const counted = items.map(
    (item) =>
      new Proxy(item, {
        get(target, name) {
          count += 1;
          return Reflect.get(target, name) as unknown;
        },
      }),
  );
  work(counted);
  return count;
}

describe('events are found by what they are, not by looking at all', () => {
  test('four times the procedures, at most five times the looks', () => {
    const [some, more] = [500, 2000].map((size) => looks(chart(size), joinEvents));
    expect(more).toBeLessThan(5 * (some ?? 0));
  });

  test('the same for pain scores before and after', () => {
    const scores = (size: number) =>
      Array.from({ length: size }, (_, serial) =>
        (['before', 'after'] as const).map((when): PainScore => {
          const value = when === 'before' ? 8 : 2;
          return { reference: `Observation/${serial}-${when}`, date: day(serial), scale: 'nrs', site: '', isElsewhere: false, when, value, unit: '', isBound: false }; // prettier-ignore
        }),
      ).flat();
    const records = (size: number) => Array.from({ length: size }, (_, serial) => told(serial, { date: day(serial) })); // prettier-ignore
    const costs = [500, 2000].map((size) =>
      looks(scores(size), (counted) => {
        const relieved = addComputedRelief(records(size), counted);
        expect(relieved.every(({ relief }) => relief?.low === 75)).toBe(true);
      }),
    );
    expect(costs[1]).toBeLessThan(5 * (costs[0] ?? 0));
  });
});

describe('of several events that words could mean', () => {
  const [january, may, june] = ['2024-01-05', '2024-05-17', '2024-06-02'];
  const records = [january, may, june].map((date, serial) => told(serial, { date }));
  const relieved = (...texts: readonly ToldIntervention[]) =>
    joinEvents([...records, ...texts])
      .filter(({ relief }) => relief)
      .map(({ date }) => date);
  const relief = { low: 80, high: 80 };

  test.each<[string, Partial<ToldIntervention>, readonly (string | undefined)[]]>([
    ['the day', { date: may }, [may]],
    ['the day, with a time', { date: `${may}T08:00:00Z` }, [may]],
    ['the month', { date: '2024-05' }, [may]],
    ['the year: the first of it', { date: '2024' }, [january]],
    ['a day on which there was none', { date: '2024-05-18' }, ['2024-05-18']],
    ['no date, told later: the last one before', { toldOn: '2024-05-30' }, [may]],
    ['no date, told on a day of one', { toldOn: may }, [may]],
    ['no date, told before all', { toldOn: '2023-01-01' }, [undefined]],
    ['the record it belongs to', { about: 'Procedure/0', toldOn: june }, [january]],
    ['another side', { date: may, laterality: 'left', levels: ['S1'] }, [may]],
  ])('%s', (_words, part, dates) => {
    expect(relieved(text(9, { relief, ...part }))).toEqual(dates);
  });

  test.each([
    ['lower', { low: 20, high: 20 }, 'DocumentReference/9'],
    ['higher', { low: 95, high: 95 }, 'Procedure/0'],
    ['lower, but of another place', { low: 20, high: 20, ofIndexPain: false }, 'Procedure/0'],
  ])('of two statements of its relief the words of the low one stand first: %s', (_name, other, first) => {
    const [event] = joinEvents([told(0, { date: may, relief }), text(9, { date: may, relief: other })]);
    expect(event?.evidence[0].reference).toBe(first);
    expect(event?.relief?.low).toBe(first.startsWith('Document') ? 20 : 80);
  });

  test('a record of a year or a month holds a day in it', () => {
    for (const date of ['2024', '2024-05']) {
      const [event, ...others] = joinEvents([told(0, { date }), text(1, { date: may, relief })]);
      expect([event?.date, event?.relief, others]).toEqual([date, relief, []]);
    }
  });

  test('a plan stands again where the text takes back that it was carried out', () => {
    const plan = text(8, { status: 'planned', toldOn: '2024-05-01' });
    const last = told(0, { date: may });
    const takenBack = text(9, { date: may, contradictedByText: true });
    const statuses = (...all: readonly ToldIntervention[]) => joinEvents(all).map(({ status }) => status);
    expect(statuses(last, plan)).toEqual(['completed']);
    expect(statuses(last, { ...plan, date: '2024-12-01' }, takenBack)).toEqual(['completed', 'planned']);
  });
});

describe('what two tellings of one event make together', () => {
  const may = '2024-05-17';
  const relief = (low: number, part: Partial<NonNullable<ToldIntervention['relief']>> = {}) => ({
    relief: { low, high: low, ...part },
  });
  const together = (record: Partial<ToldIntervention>, note: Partial<ToldIntervention>) =>
    joinEvents([told(0, { date: may, ...record }), text(1, { date: may, ...note })])[0];

  test.each<[string, Partial<ToldIntervention>, Partial<ToldIntervention>, object | undefined]>([
    ['neither tells', {}, {}, undefined],
    ['one tells', {}, relief(80), { low: 80, high: 80 }],
    ['both: a range', relief(80), relief(90), { low: 80, high: 90 }],
    ['both computed', relief(80, { computed: true }), relief(80, { computed: true }), { low: 80, high: 80, computed: true }], // prettier-ignore
    ['one computed', relief(80, { computed: true }), relief(80), { low: 80, high: 80 }],
    ['the first of another place', relief(100, { ofIndexPain: false }), relief(10), { low: 10, high: 10 }],
    ['the second of another place', relief(80), relief(10, { ofIndexPain: false }), { low: 80, high: 80 }],
  ])('relief: %s', (_name, record, note, expected) => {
    expect(together(record, note)?.relief).toEqual(expected);
  });

  test.each<[string, Partial<ToldIntervention>, string | undefined, string | undefined]>([
    ['told later', {}, '2024-06-16', 'P30D'],
    ['told on the day', {}, `${may}T17:00:00Z`, 'P0D'],
    ['told before it', {}, '2024-05-01', undefined],
    ['told nobody knows when', {}, undefined, undefined],
    ['told in a month', {}, '2024-06', undefined],
    ['known from the record already', relief(80), '2024-06-16', undefined],
  ])('how long after: %s', (_name, record, toldOn, after) => {
    const note = { ...relief(80), ...(toldOn !== undefined && { toldOn }) };
    expect(together(record, note)?.reliefToldAfter).toBe(after);
  });

  test('the note’s side, where the record names none', () => {
    expect(together({}, { laterality: 'left' })?.laterality).toBe('left');
    expect(together({ laterality: 'left' }, {})?.laterality).toBe('left');
  });

  const draft = { preliminary: true } as const;
  test.each<[string, Partial<ToldIntervention>, Partial<ToldIntervention>, true | undefined]>([
    ['both are', draft, draft, true],
    ['a note that tells no relief', {}, draft, undefined],
    ['a note that alone tells the relief', {}, { ...draft, ...relief(80) }, true],
    ['a note beside the record’s own relief', relief(80), { ...draft, ...relief(90) }, undefined],
    ['the first, and a final one adds the relief', draft, relief(80), undefined],
    ['the first, and it alone tells the relief', { ...draft, ...relief(80) }, {}, true],
  ])('preliminary: %s', (_name, record, note, expected) => {
    expect(together(record, note)?.preliminary).toBe(expected);
  });

  test.each<[string, Partial<ToldIntervention>, Partial<ToldIntervention>, number]>([
    ['the same relief', relief(20), relief(20), 1],
    ['another relief', relief(20), relief(30), 2],
    ['the same low end, another high one', { relief: { low: 20, high: 30 } }, relief(20), 2],
    ['one without relief', relief(20), {}, 1],
    ['another date', { date: may }, { date: '2025-05-17' }, 2],
    ['no date, which it may be of', { date: may }, {}, 1],
    ['another side', { laterality: 'left' }, { laterality: 'right' }, 2],
  ])('two notes of an event that no record shows: %s', (_name, one, other, events) => {
    expect(joinEvents([text(1, one), text(2, other)])).toHaveLength(events);
  });
});
