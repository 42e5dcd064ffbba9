import { Fhir } from 'fhir/fhir.js';
import type { Chart } from '../../src/sandbox/charts.js';
import { referenceTo, valuesAt } from '../../src/sandbox/resource.js';
import { allCharts } from '../../src/sandbox/sandbox.js';
import { codesOf, everyValue, ofType, statuses, withCode, words } from './chart-reading.js';

const charts = allCharts();
const named = (patientId: string): Chart => charts.find((chart) => chart.patientId === patientId)!;
const fhir = new Fhir();

test('the synthetic patients are these', () => {
  expect(charts.map(({ patientId }) => patientId)).toEqual([
    'article',
    'rfa-failed-twice',
    'rfa-wore-off',
    'facet-rfa-only',
    'no-block',
    'red-flag',
    'unrelated',
    'empty-chart',
    'rfa-planned',
    'block-equivocal',
    'one-sided',
    'hostile',
    'large-chart',
  ]);
});

test('the validator sees what is missing and what is not FHIR', () => {
  expect(fhir.validate({ resourceType: 'Procedure', id: 'x' }).valid).toBe(false);
  expect(fhir.validate({ resourceType: 'Patient', id: 'x', colour: 'red' }).messages).not.toEqual([]);
});

describe.each(charts.map((chart) => [chart.patientId, chart] as const))('%s', (patientId, chart) => {
  const all = [...chart.resources, ...chart.draftOrders];

  test('every resource is valid R4', () => {
    const faults = all.flatMap((resource) =>
      fhir
        .validate(resource)
        .messages.filter(({ severity }) => ['error', 'fatal'].includes(String(severity)))
        .map(({ location, message }) => `${referenceTo(resource)} ${location ?? ''}: ${message ?? ''}`),
    );
    expect(faults).toEqual([]);
  });

  test('every id is the patient’s or starts with it, and none is twice', () => {
    const ids = all.map(referenceTo);
    expect(new Set(ids).size).toBe(ids.length);
    expect(all.filter(({ id }) => id !== patientId && !id.startsWith(`${patientId}-`))).toEqual([]);
  });

  test('every reference and every relative file leads to a resource of the same chart', () => {
    const known = new Set(chart.resources.map(referenceTo));
    const references = [...everyValue(all, 'reference'), ...everyValue(all, 'url')];
    expect(references.filter((reference) => !known.has(String(reference)))).toEqual([]);
  });

  test('every clinical resource is this patient’s', () => {
    const subjects = all.flatMap((one) =>
      ['subject', 'beneficiary'].flatMap((path) => valuesAt(one, `${path}.reference`)),
    );
    expect(new Set(subjects)).toEqual(new Set([`Patient/${patientId}`]));
  });

  test('is marked as test data and orders 64772', () => {
    const [patient] = ofType(chart, 'Patient');
    expect(valuesAt(patient, 'meta.security.code')).toEqual(['HTEST']);
    expect(chart.draftOrders.flatMap(codesOf)).toContain('64772');
  });
});

test('no id is in two charts', () => {
  const ids = charts.flatMap(({ resources }) => resources.map(referenceTo));
  expect(new Set(ids).size).toBe(ids.length);
});

describe('the other situations', () => {
  const rfa = (patientId: string) => withCode(named(patientId), 'Procedure', '64625');
  const blocks = (patientId: string) => withCode(named(patientId), 'Procedure', '64451');

  test('rfa-failed-twice: two complete cooled ablations at least three months apart, both under 50 %', () => {
    const [first, second] = rfa('rfa-failed-twice');
    expect(statuses(rfa('rfa-failed-twice'))).toEqual(['completed', 'completed']);
    expect([valuesAt(first, 'performedDateTime'), valuesAt(second, 'performedDateTime')].flat()).toEqual([
      '2024-08-20',
      '2025-04-15',
    ]);
    expect(words(first!)).toMatch(/at 3 months the patient reports 30% relief/);
    expect(words(second!)).toMatch(/only 20-25% pain relief/);
  });

  test('rfa-wore-off: 70 % for eight months, eleven months ago', () => {
    expect(rfa('rfa-wore-off')).toHaveLength(1);
    expect(words(named('rfa-wore-off').resources.find(({ id }) => id.endsWith('recurrence'))!)).toMatch(
      /70% relief for 8 months/,
    );
  });

  test('facet-rfa-only: facet ablation done, the sacral one entered in error', () => {
    expect(withCode(named('facet-rfa-only'), 'Procedure', '64635')).toHaveLength(1);
    expect(statuses(rfa('facet-rfa-only'))).toEqual(['entered-in-error']);
    expect(blocks('facet-rfa-only').map(words).join()).toMatch(/80% relief/);
  });

  test('no-block: neither a lateral branch block nor a joint injection', () => {
    expect([...blocks('no-block'), ...withCode(named('no-block'), 'Procedure', '27096')]).toEqual([]);
    expect(withCode(named('no-block'), 'Procedure', '97110')).toHaveLength(1);
  });

  test('red-flag: an active bone metastasis and a report that suspects it', () => {
    const [condition] = withCode(named('red-flag'), 'Condition', 'C79.51');
    expect(valuesAt(condition, 'clinicalStatus.coding.code')).toEqual(['active']);
    expect(ofType(named('red-flag'), 'DiagnosticReport').map(words).join()).toMatch(
      /suspicious for osseous metastatic disease/,
    );
  });

  test('unrelated: nothing in the order speaks of the sacroiliac joint', () => {
    expect(
      named('unrelated')
        .draftOrders.map((order) => JSON.stringify(order))
        .join(),
    ).not.toMatch(/sacr|M53\.3|M46\.1/i);
  });

  test('empty-chart: a patient and who cares for them', () => {
    expect(
      named('empty-chart')
        .resources.map(({ resourceType }) => resourceType)
        .sort(),
    ).toEqual(['Organization', 'Patient', 'Practitioner']);
  });

  test('rfa-planned: requested and booked, not done', () => {
    expect(statuses(withCode(named('rfa-planned'), 'ServiceRequest', '64625'))).toEqual(['active']);
    expect(statuses(ofType(named('rfa-planned'), 'Appointment'))).toEqual(['booked']);
    expect(rfa('rfa-planned')).toEqual([]);
  });

  test('block-equivocal: about 60 % in the report of the block; the 100 % is an entry in error', () => {
    expect(statuses(blocks('block-equivocal'))).toEqual(['completed', 'entered-in-error']);
    expect(ofType(named('block-equivocal'), 'DiagnosticReport').map(words).join()).toMatch(
      /About 60% relief/,
    );
  });

  test('one-sided: two failed ablations on the right, none on the left, orders for both', () => {
    expect(rfa('one-sided').map((one) => valuesAt(one, 'bodySite.text')[0])).toEqual(
      Array(2).fill('Right S1, S2 and S3 lateral branches'),
    );
    expect(named('one-sided').draftOrders).toHaveLength(2);
  });

  test('hostile: markup, a very long word and characters that turn the direction of reading', () => {
    const text = JSON.stringify(named('hostile').resources) + named('hostile').resources.map(words).join();
    expect(text).toMatch(/<script>[\s\S]*javascript:/);
    expect(text).toMatch(/\w{400}/);
    expect(text).toMatch(/\u202e/);
  });

  test('large-chart: the same on every run, 1,500 irrelevant resources before the relevant ones', () => {
    const chart = named('large-chart');
    expect(chart.resources).toHaveLength(1500 + named('article').resources.length);
    expect(allCharts().at(-1)).toEqual(chart);
    expect(ofType(chart, 'Procedure').at(-1)?.id).toBe('large-chart-lateral-branch-block');
    expect(JSON.stringify(chart)).not.toMatch(/article/);
  });
});
