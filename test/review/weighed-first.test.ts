/**
 * Pain of less than three months and an implanted device stand on the first card. Of the pain everything else waits; the
 * device is weighed before an ablation. Neither changes a step, nor the published values of the evaluation.
 */
import { condition, leftBlock, note, seen, seenWithNote } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const pain = (part: object) => condition('pain', 'M53.3', { ...part });
const block = (performedDateTime: string) => ({
  ...leftBlock,
  id: `lbb-${performedDateTime}`,
  performedDateTime,
});
const therapy = (start: string, end: string) =>
  procedure('pt', '97110', { performedDateTime: undefined, performedPeriod: { start, end } });
const SHORT = 'pain-of-less-than-three-months';

describe('pain of less than three months', () => {
  const recent = [therapy('2026-02-01', '2026-03-05'), block('2026-03-10')];

  test('the onset is said, and nothing is pre-selected', async () => {
    const conditions = [pain({ onsetDateTime: '2026-01-25' })];
    const { considerations, detail, preselected } = await seen({ conditions, procedures: recent });
    expect(considerations).toEqual([SHORT]);
    expect(detail).toContain('2026-01-25');
    expect(detail).toContain('Condition/pain');
    expect(preselected).toEqual([]);
  });

  test.each([
    ['an onset on the day three months before', [pain({ onsetDateTime: '2025-12-20' })], recent, []],
    ['an onset a day later', [pain({ onsetDateTime: '2025-12-21' })], recent, [SHORT]],
    ['an onset of years ago', [pain({ onsetDateTime: '2022-01-25' })], recent, []],
    ['an onset of which only the year is known', [pain({ onsetDateTime: '2026' })], recent, []],
    ['an onset of which only the month is known', [pain({ onsetDateTime: '2026-02' })], recent, [SHORT]],
    ['no onset, recorded lately', [pain({ recordedDate: '2026-02-25' })], recent, []],
    ['an onset that lies ahead', [pain({ onsetDateTime: '2026-05-25' })], recent, []],
    [
      'therapy of before',
      [pain({ onsetDateTime: '2026-01-25' })],
      [physicalTherapy(), block('2026-03-10')],
      [],
    ],
    ['a block of before', [pain({ onsetDateTime: '2026-01-25' })], [...recent, block('2025-10-10')], []],
    [
      'a block of before that was entered in error',
      [pain({ onsetDateTime: '2026-01-25' })],
      [...recent, { ...block('2025-10-10'), status: 'entered-in-error' }],
      [SHORT],
    ],
    [
      'therapy of before that was entered in error',
      [pain({ onsetDateTime: '2026-01-25' })],
      [...recent, { ...physicalTherapy(), id: 'pt-error', status: 'entered-in-error' }],
      [SHORT],
    ],
    [
      'the same pain entered before',
      [pain({ onsetDateTime: '2026-01-25' }), condition('other', 'M53.3', { recordedDate: '2024-01-01' })],
      recent,
      [],
    ],
    [
      'low back pain of before',
      [pain({ onsetDateTime: '2026-01-25' }), condition('lbp', 'M54.50', { onsetDateTime: '2019' })],
      recent,
      [],
    ],
    [
      'chronic pain on the problem list',
      [pain({ onsetDateTime: '2026-01-25' }), condition('g', 'G89.29', { onsetDateTime: '2026-02-01' })],
      recent,
      [],
    ],
    [
      'a refuted entry of the pain',
      [pain({ onsetDateTime: '2026-01-25', verificationStatus: { coding: [{ code: 'refuted' }] } })],
      recent,
      [],
    ],
    ['an onset of another disease', [condition('htn', 'I10', { onsetDateTime: '2026-01-25' })], recent, []],
  ])('%s', async (_situation, conditions, procedures, considerations) => {
    expect((await seen({ conditions, procedures })).considerations).toEqual(considerations);
  });

  test.each(['Chronic low back pain, left.', 'Chronic left SI joint pain.', 'Pain for several years.'])(
    'a note that calls it long-standing: %s',
    async (text) => {
      const conditions = [pain({ onsetDateTime: '2026-01-25' })];
      const { considerations } = await seen({ conditions, procedures: recent, notes: [note(text)] });
      expect(considerations).toEqual([]);
    },
  );
});

describe('an implanted device', () => {
  test.each(['Z95.0', 'Z95.810', 'Z96.82'])('%s on the problem list', async (icd) => {
    const { considerations, detail, preselected, decision } = await seen({
      conditions: [condition('device', icd)],
    });
    expect(considerations).toEqual(['implanted-device']);
    expect(detail).toContain('Condition/device');
    expect(decision).toBe('radiofrequency-first');
    expect(preselected).toEqual([]);
  });

  test.each([
    'Pt has a pacemaker.',
    'PMH: CAD, s/p ICD placement 2019.',
    'Dual chamber ICD in place.',
    'Has a spinal cord stimulator.',
    'AICD.',
    'Implantable cardioverter-defibrillator 2020.',
    'SCS implanted 2018, not working.',
    'History of permanent pacemaker.',
    'Medtronic leadless pacemaker, checked in May.',
    'Deep brain stimulator for tremor.',
    'InterStim in place for incontinence control.',
    'Biventricular ICD (CRT-D).',
  ])('%s', async (text) => {
    expect((await seenWithNote(text)).considerations).toEqual(['implanted-device']);
  });

  test.each([
    'No pacemaker.',
    'Denies pacemaker or defibrillator.',
    'ICD-10: M53.3.',
    'Dx (ICD): M53.3.',
    'Pacemaker: No',
    'Pacemaker removed 2020.',
    'Spinal cord stimulator trial failed, explanted.',
    'Spinal cord stimulator implant 2019, removed 2021.',
    'Father has a pacemaker.',
    'MRI safety: no pacemaker, no aneurysm clips.',
    'Candidate for spinal cord stimulator.',
    'SCS discussed.',
    'Uses TENS unit.',
    'Consider spinal cord stimulator implantation.',
    'Any pacemaker?',
    'MRI contraindicated if pacemaker.',
    'Wandering atrial pacemaker on ECG.',
  ])('none: %s', async (text) => {
    expect((await seenWithNote(text)).considerations).toEqual([]);
  });

  test.each([
    [{ clinicalStatus: { coding: [{ code: 'resolved' }] } }],
    [{ verificationStatus: { coding: [{ code: 'entered-in-error' }] } }],
  ])('none that stands: %j', async (part) => {
    expect((await seen({ conditions: [condition('device', 'Z95.0', part)] })).considerations).toEqual([]);
  });

  test('it keeps no physical therapy from being pre-selected', async () => {
    const { preselected } = await seen({
      procedures: [leftBlock],
      notes: [note('PT 3 weeks.')],
      conditions: [condition('device', 'Z95.0')],
    });
    expect(preselected).toHaveLength(1);
  });
});
