/** Notes tell of one event again and again, each time less exactly: what may be the event known already is joined to it. */
import { joinEvents } from '../../src/mapping/events.js';
import type { ToldIntervention } from '../../src/mapping/collected.js';

let serial = 0;

function told(part: Partial<ToldIntervention>): ToldIntervention {
  serial += 1;
  return {
    kind: 'sacral-lateral-branch-rfa',
    status: 'completed',
    levels: [],
    toldBy: 'text',
    toldOn: '2026-03-01',
    evidence: [{ reference: `DocumentReference/${serial}` }],
    ...part,
  };
}

const FAILED = { relief: { low: 20, high: 20 } };

describe('what notes alone tell', () => {
  test.each<[string, Partial<ToldIntervention>, Partial<ToldIntervention>]>([
    ['its year, and nothing else', { date: '2025-05', ...FAILED }, { date: '2025' }],
    ['its year, with the same relief', { date: '2025-05-20', ...FAILED }, { date: '2025', ...FAILED }],
    ['its month', { date: '2025-05-20', ...FAILED }, { date: '2025-05' }],
    ['no date, in a later note', { date: '2025-05', ...FAILED }, {}],
    ['no side', { date: '2025-05', laterality: 'left', ...FAILED }, { date: '2025' }],
  ])('is one event, where the other telling gives %s', (_title, exact, again) => {
    const both = [told(exact), told(again)];
    for (const tellings of [both, both.toReversed()]) {
      const [event, ...more] = joinEvents(tellings);
      expect(more).toEqual([]);
      expect(event).toMatchObject({ date: exact.date, ...FAILED });
      expect(event?.evidence).toHaveLength(2);
    }
  });

  test.each<[string, Partial<ToldIntervention>, Partial<ToldIntervention>]>([
    ['of two years', { date: '2024' }, { date: '2025' }],
    ['of two days', { date: '2025-05-20' }, { date: '2025-05-22' }],
    ['of two sides', { date: '2025-05', laterality: 'left' }, { date: '2025', laterality: 'right' }],
    ['with different relief', { date: '2025-05', ...FAILED }, { date: '2025', relief: { low: 0, high: 0 } }],
    ['told of before it was done', { date: '2025-05-20' }, { toldOn: '2024-02-01' }],
  ])('stays two facts %s', (_title, one, other) => {
    expect(joinEvents([told(one), told(other)])).toHaveLength(2);
  });
});
