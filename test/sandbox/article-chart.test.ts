import { valuesAt } from '../../src/sandbox/resource.js';
import { loadCharts } from '../../src/sandbox/charts.js';
import { codesOf, ofType, statuses, withCode, words } from './chart-reading.js';

describe('article: the facts of the source article', () => {
  const chart = loadCharts()[0]!;
  const only = (type: string, code: string) => {
    const [one, ...more] = withCode(chart, type, code);
    expect(more).toEqual([]);
    return one!;
  };
  const mri = () => words(only('DiagnosticReport', '24968-0'));

  test('the patient is a woman of 56, the order bilateral S1-S3, six units and the unlisted code', () => {
    const [order, companion] = chart.draftOrders;
    expect(chart.resources[2]).toMatchObject({
      resourceType: 'Patient',
      gender: 'female',
      birthDate: '1969-08-14',
    });
    expect(order).toMatchObject({ quantityQuantity: { value: 6 }, authoredOn: '2026-03-20T10:05:00-05:00' });
    expect(words(order!)).toMatch(/S1, S2 and S3 lateral branches, bilateral/);
    expect(codesOf(companion!)).toEqual(['64999']);
  });

  test('S2: the order’s diagnosis is lumbar spondylosis, its words the sacroiliac joint', () => {
    expect(valuesAt(chart.draftOrders[0], 'reasonCode.coding.code')).toEqual(['M47.816']);
    expect(valuesAt(chart.draftOrders[0], 'reasonCode.text')).toEqual([
      'Chronic bilateral sacroiliac joint pain',
    ]);
  });

  test('S3: L5-S1 moderate bilateral foraminal stenosis and facet arthropathy', () => {
    expect(mri()).toMatch(
      /L5-S1: Moderate bilateral neural foraminal stenosis and bilateral facet arthropathy/,
    );
  });

  test('S4: L3-4 grade 1 anterolisthesis with bilateral pars defects', () => {
    expect(mri()).toMatch(/Grade 1 anterolisthesis of L3 on L4 with bilateral pars interarticularis defects/);
    expect(withCode(chart, 'Condition', 'M43.16')).toHaveLength(1);
  });

  test('the report’s text is there as conclusion and as plain-text file', () => {
    expect(only('DiagnosticReport', '24968-0')).toMatchObject({
      conclusion: expect.stringContaining('L5-S1'),
      presentedForm: [{ contentType: 'text/plain', data: expect.any(String) }],
    });
  });

  test('S5: medial branch blocks negative at L4-5 and L5-S1, none at L3-4', () => {
    expect(words(only('Procedure', '64493'))).toMatch(/L4-5[\s\S]*10-20% relief[\s\S]*Negative/);
    expect(words(only('Procedure', '64494'))).toMatch(/L5-S1[\s\S]*No relief \(0%\)[\s\S]*Negative/);
    expect(ofType(chart, 'Procedure').map(words).join()).not.toMatch(/L3-4/);
  });

  test('S6: lateral branch blocks 80-90 % for about 6 hours with local anaesthetic only, TFESI 30 %', () => {
    const block = words(only('Procedure', '64451'));
    expect(block).toMatch(/local anesthetic only, no steroid/);
    expect(block).toMatch(/80-90% relief of the usual buttock pain for about 6 hours/);
    expect(words(only('Procedure', '64483'))).toMatch(/Bilateral L5-S1[\s\S]*30% relief/);
  });

  test('S7: FADIR, FABER, thigh thrust and distraction positive; of the six SI tests three', () => {
    const results = ofType(chart, 'Observation')
      .filter((one) => one.id.includes('-exam-'))
      .map((one) => [one.id.replace('article-exam-', ''), valuesAt(one, 'valueCodeableConcept.text')[0]]);
    expect(Object.fromEntries(results)).toEqual({
      faber: 'Positive',
      'thigh-thrust': 'Positive',
      distraction: 'Positive',
      fadir: 'Positive',
      compression: 'Negative',
      gaenslen: 'Negative',
      'sacral-thrust': 'Negative',
    });
  });

  test('S8: physical therapy for twelve weeks, medicines, activity modification, time and rest', () => {
    expect(only('Procedure', '97110')).toMatchObject({
      performedPeriod: { start: '2025-09-02', end: '2025-11-25' },
    });
    const medicines = ofType(chart, 'MedicationRequest').map(
      (one) => valuesAt(one, 'medicationCodeableConcept.text')[0],
    );
    expect(medicines).toEqual(
      expect.arrayContaining([expect.stringMatching(/naproxen/), expect.stringMatching(/gabapentin/)]),
    );
    expect(words(ofType(chart, 'DocumentReference')[0]!)).toMatch(
      /activity modification[\s\S]*rest for more than 3 months/,
    );
  });

  test('S10: no radiofrequency ablation of any kind', () => {
    for (const code of ['64625', '64635', '64636', '64640'])
      expect(withCode(chart, 'Procedure', code)).toEqual([]);
    expect(words(ofType(chart, 'DocumentReference')[0]!)).toMatch(/has not had radiofrequency ablation/);
  });

  test('has noise: another region, a resolved problem, an entry in error', () => {
    expect(withCode(chart, 'DiagnosticReport', '24935-9')).toHaveLength(1);
    expect(
      ofType(chart, 'Condition').flatMap((one) => valuesAt(one, 'clinicalStatus.coding.code')),
    ).toContain('resolved');
    expect(statuses(ofType(chart, 'Observation'))).toContain('entered-in-error');
  });
});
