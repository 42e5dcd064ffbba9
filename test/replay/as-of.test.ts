/** The rule of docs/replay.md, "What the chart held": only what was dated and recorded before the order. */
import { chartAt } from '../../src/replay/as-of/chart-at.js';
import { heldAt } from '../../src/replay/as-of/held.js';
import { takenBack } from '../../src/replay/as-of/taken-back.js';
import { toWhen, twelveMonthsAfter, type When } from '../../src/replay/as-of/when.js';

const when = (date: string): When => toWhen(date)!;
const MOMENT = when('2025-06-10T10:00:00-05:00');
const updated = (lastUpdated: string) => ({ meta: { lastUpdated } });
const procedure = (more: object) => ({ resourceType: 'Procedure', ...more });
const condition = (more: object) => ({ resourceType: 'Condition', ...more });
const report = (more: object) => ({ resourceType: 'DiagnosticReport', ...more });

describe('held: dated and recorded before the order', () => {
  test.each([
    ['a procedure of the day before', procedure({ performedDateTime: '2025-06-09' }), 'held'],
    ['of the same day, where only the day is known', procedure({ performedDateTime: '2025-06-10' }), 'held'],
    ['of the day after', procedure({ performedDateTime: '2025-06-11' }), 'later'],
    ['an instant before, in another zone', procedure({ performedDateTime: '2025-06-10T14:59:59Z' }), 'held'],
    ['an instant after, in another zone', procedure({ performedDateTime: '2025-06-10T15:00:01Z' }), 'later'],
    [
      'done before, recorded after',
      procedure({ performedDateTime: '2025-05-01', ...updated('2025-06-11T08:00:00Z') }),
      'later',
    ],
    [
      'done and recorded before',
      procedure({ performedDateTime: '2025-05-01', ...updated('2025-05-02T08:00:00Z') }),
      'held',
    ],
    ['only recorded, before', procedure(updated('2025-05-02T08:00:00Z')), 'held'],
    ['a month that may have ended after the order', procedure({ performedDateTime: '2025-06' }), 'later'],
    [
      'that month, but recorded before',
      procedure({ performedDateTime: '2025-06', ...updated('2025-06-05T08:00:00Z') }),
      'held',
    ],
    ['a month that was over', procedure({ performedDateTime: '2025-05' }), 'held'],
    ['no date at all', procedure({}), 'undated'],
    ['a date that is none', procedure({ performedDateTime: 'last spring' }), 'undated'],
    [
      'a report on an image before, issued after',
      report({ effectiveDateTime: '2025-06-01', issued: '2025-06-12T09:00:00Z' }),
      'later',
    ],
    [
      'a report issued before',
      report({ effectiveDateTime: '2025-06-01', issued: '2025-06-02T09:00:00Z' }),
      'held',
    ],
    [
      'a condition recorded before, changed after',
      condition({ recordedDate: '2025-01-01', ...updated('2025-12-01T00:00:00Z') }),
      'held',
    ],
    [
      'a condition that began before, recorded after',
      condition({ onsetDateTime: '2019', recordedDate: '2025-07-01' }),
      'later',
    ],
    [
      'an order written before for a day after',
      { resourceType: 'ServiceRequest', authoredOn: '2025-06-01', occurrenceDateTime: '2025-08-01' },
      'held',
    ],
    [
      'a note of a visit before, written after',
      {
        resourceType: 'DocumentReference',
        date: '2025-06-20T09:00:00Z',
        context: { period: { start: '2025-06-01' } },
      },
      'later',
    ],
    [
      'an observation made and issued before',
      { resourceType: 'Observation', effectiveDateTime: '2025-06-01', issued: '2025-06-01T09:00:00Z' },
      'held',
    ],
    ['who the patient is', { resourceType: 'Patient', ...updated('2026-01-01T00:00:00Z') }, 'held'],
  ])('%s', (_name, resource, expected) => {
    expect(heldAt(resource, MOMENT, 'fallback')).toBe(expected);
  });

  test('R5 recorded, as an extension on a Procedure, is its time of recording', () => {
    const url = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Procedure.recorded';
    const at = (valueDateTime: string) =>
      procedure({
        performedDateTime: '2025-05-01',
        extension: [{ url, valueDateTime }],
        ...updated('2026-01-01T00:00:00Z'),
      });
    expect(heldAt(at('2025-05-02'), MOMENT, 'fallback')).toBe('held');
    expect(heldAt(at('2025-07-02'), MOMENT, 'fallback')).toBe('later');
  });
});

describe('meta.lastUpdated', () => {
  const changed = condition({ recordedDate: '2025-01-01', ...updated('2025-12-01T00:00:00Z') });
  const loaded = procedure({ performedDateTime: '2025-05-01', ...updated('2025-12-01T00:00:00Z') });

  test.each([
    ['strict', 'later', 'later'],
    ['fallback', 'held', 'later'],
    ['ignore', 'held', 'held'],
  ] as const)(
    '%s: what was changed after is %s, what says nothing else of its recording %s',
    (way, one, other) => {
      expect([heldAt(changed, MOMENT, way), heldAt(loaded, MOMENT, way)]).toEqual([one, other]);
    },
  );
});

describe('taken back: what a resource says itself to have happened after the moment', () => {
  test('a condition that abated later was active', () => {
    const abated = condition({
      clinicalStatus: { text: 'resolved' },
      abatementDateTime: '2025-09-01',
      code: { text: 'x' },
    });
    expect(takenBack(abated, MOMENT)).toEqual({
      resourceType: 'Condition',
      clinicalStatus: { coding: [expect.objectContaining({ code: 'active' })] },
      code: { text: 'x' },
    });
  });

  test('one that had abated had', () => {
    const abated = condition({ clinicalStatus: { text: 'resolved' }, abatementDateTime: '2025-05-01' });
    expect(takenBack(abated, MOMENT)).toBe(abated);
  });

  test('a course of therapy that ended later was under way, and nobody knew how it would end', () => {
    const therapy = procedure({
      ...{ status: 'completed', outcome: { text: 'better' } },
      performedPeriod: { start: '2025-05-01', end: '2025-08-01' },
    });
    expect(takenBack(therapy, MOMENT)).toEqual(
      procedure({ status: 'in-progress', performedPeriod: { start: '2025-05-01' } }),
    );
  });
});

describe('the chart at a moment', () => {
  const version = (lastUpdated: string) =>
    procedure({ id: 'p', performedDateTime: '2025-01-01', ...updated(lastUpdated) });
  const [old, newer, later] = ['2025-02-01T00:00:00Z', '2025-03-01T00:00:00Z', '2025-12-01T00:00:00Z'].map(
    version,
  );

  test.each([[[old, newer, later]], [[later, newer, old]], [[newer, later, old]]])(
    'holds the latest version that it held then, in whatever order they came',
    (versions) => {
      const chart = chartAt(new Map([['Procedure/p', versions.map((one) => one!)]]), MOMENT, 'fallback');
      expect([...chart.resources.values()]).toEqual([newer]);
      expect(chart.leftOut).toEqual({ later: 0, undated: 0 });
    },
  );

  test('counts what it leaves out, and what was changed since', () => {
    const chart = chartAt(
      new Map([
        ['Procedure/p', [later!]],
        ['Procedure/q', [procedure({})]],
        ['Condition/c', [condition({ recordedDate: '2025-01-01', ...updated('2025-12-01T00:00:00Z') })]],
      ]),
      MOMENT,
      'fallback',
    );
    expect(chart).toMatchObject({ leftOut: { later: 1, undated: 1 }, changedLater: 1 });
    expect([...chart.resources.keys()]).toEqual(['Condition/c']);
  });
});

test('twelve months after the last of February is a day of February', () => {
  expect(twelveMonthsAfter(when('2024-02-29T23:00:00Z'))).toEqual(toWhen('2025-02-28'));
});
