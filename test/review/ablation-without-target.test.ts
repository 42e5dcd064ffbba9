/**
 * An ablation told of without its target may be of the sacroiliac joint: the step is not known, the words are quoted,
 * and no first ablation is pre-selected. One whose target is named, and is another, changes nothing.
 */
import { condition, leftBlock, note, seen, seenWithNote } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

describe('the target is not told: unknown, quoted, nothing pre-selected', () => {
  test.each([
    'Pt failed cooled RFA x2 at outside clinic, <30% relief each.',
    "s/p RFA 1/2026 at Dr. Z's office (records not available)",
    'SI joint pain refractory to PT, injections, and RFA.',
    'Patient failed radiofrequency ablation twice elsewhere, 10% relief each time.',
    'PSH: appendectomy, RFA 2025.',
    'Underwent RFA in Jan 2025 at an outside facility.',
    'Had two RFAs with an outside provider without benefit.',
    'Prior treatments: PT, TFESI x3, RFA x2.',
    'Pain returned 6 months after RFA.',
    'She got only 2 weeks of relief from her RFA last year.',
    'Previous ablation at Mercy did nothing for her buttock pain.',
    'Left SI joint dysfunction, s/p RFA.',
    'Tried PT, NSAIDs, injections, ablation.',
    "Pt had an ablation last year at Dr. Z's office.",
    'Has had 2 prior RFAs; records requested.',
    'Outside records: RFA x1 2/2025, 40% relief for 2 months.',
    'Persistent buttock pain despite RFA.',
  ])('%s', async (text) => {
    const { step, detail, decision, preselected, summary } = await seenWithNote(text);
    expect(step('radiofrequency-ablation')).toMatchObject({ state: 'unknown' });
    expect(decision).toBe('radiofrequency-first');
    expect(preselected).toEqual([]);
    expect(summary).toContain('without its target');
    expect(detail).toContain('may be of the sacroiliac joint or of the facets');
    expect(detail).toContain('DocumentReference/note');
    expect(detail).not.toContain('No completed ablation');
  });
});

describe('another target is named, or nothing was done: the step stays open', () => {
  test.each([
    'Genicular RFA x2 failed. C2-3 TON RFA failed.',
    'Bilateral L4-5, L5-S1 RFA 2024 failed x2.',
    'Medial branch RFA 2023 gave 60% relief. RFA wore off.',
    'Lumbar facet syndrome s/p RFA 2022.',
    'Right knee OA s/p RFA 2024 with 60% relief.',
    'Cervical RFA 2024 with relief.',
    's/p cardiac ablation 2019 for AFib.',
    'PMH: AFib s/p ablation, HTN.\nLeft SI joint pain.',
    'PSH: ablation 2019, CABG.\nPMH: atrial fibrillation.',
    'SVT treated with RFA in 2015.',
    'Varicose veins treated with RFA 2020.',
    'Thyroid nodule RFA 2021.',
    'Thermal ablation of GSV done 2018.',
    'Endometrial ablation 2012.',
    'Trigeminal rhizotomy 2018.',
    'Pulsed RF of DRG x2, no relief.',
    'No prior RFA.',
    'Would she benefit from RFA?',
    'RFA can fail in 30% of patients.',
    'Her sister had RFA with good relief.',
    'RF negative, ANA negative.',
    'EMG: active denervation in left L5.',
  ])('%s', async (text) => {
    const { step, detail, preselected } = await seenWithNote(text);
    expect(step('radiofrequency-ablation')).toMatchObject({ state: 'not-met' });
    expect(detail).not.toContain('Ablation is told of');
    expect(preselected).toHaveLength(1);
  });
});

describe('spoken of, and not told as done: the step stays open, and nothing is pre-selected', () => {
  test.each([
    'RFA discussed; will consider after second block.',
    'Follow up 6 weeks after RFA.',
    'RFA scheduled for 4/15/2026.',
    'Authorization for RFA pending.',
    'Candidate for RFA.',
    'Needs 6 weeks of PT prior to RFA.',
    'Plan: RFA.',
    'Will proceed with RFA.',
    'Discussed RFA. She would like to proceed.',
    'Discussed left SIJ RFA; scheduled for next month.',
    'Cooled RFA of the left lateral branches was discussed. Scheduled for 4/15/2026.',
  ])('%s', async (text) => {
    const { step, detail, preselected } = await seenWithNote(text);
    expect(step('radiofrequency-ablation')).toMatchObject({ state: 'not-met' });
    expect(detail).toContain('A note speaks of radiofrequency ablation as an option or a plan');
    expect(preselected).toEqual([]);
  });

  test.each([
    ['of a year ago', 'RFA scheduled for 1/15/2025.', { date: '2024-12-01T09:00:00Z' }],
    ['of a relative', 'Her husband is scheduled for RFA.', {}],
    ['denied', 'No RFA is planned.', {}],
    ['of the facets', 'Facet RFA of L4-5 planned.', {}],
  ])('%s it withholds nothing: %s', async (_situation, text, part) => {
    const { detail, preselected } = await seenWithNote(text, part);
    expect(detail).not.toContain('A note speaks of radiofrequency ablation');
    expect(preselected).toHaveLength(1);
  });

  test('where the patient declines it, the refusal alone is told', async () => {
    const { detail } = await seenWithNote('Discussed RFA; the patient declines it.');
    expect(detail).toContain('recorded as declined');
    expect(detail).not.toContain('A note speaks of radiofrequency ablation');
  });
});

/** A code without words: only its value set tells of what place it is. */
const HIP_BY_CODE_ALONE = { coding: [{ system: 'http://snomed.info/sct', code: '24136001' }] };

describe('told elsewhere than in a note', () => {
  test('on the order itself', async () => {
    const { step, preselected, detail } = await seen({
      order: { note: [{ text: 'Failed RFA x2 elsewhere.' }] },
    });
    expect(step('radiofrequency-ablation')?.state).toBe('unknown');
    expect(preselected).toEqual([]);
    expect(detail).toContain('ServiceRequest/draft-1');
  });

  test('on the problem list, resolved or not', async () => {
    const history = condition('h', 'Z98.890', {
      code: { text: 'S/P radiofrequency ablation (RFA)' },
      clinicalStatus: { coding: [{ code: 'resolved' }] },
    });
    expect((await seen({ conditions: [history] })).step('radiofrequency-ablation')?.state).toBe('unknown');
  });

  test.each(['refuted', 'entered-in-error'])('on the problem list, %s: it says nothing', async (code) => {
    const history = condition('h', 'Z98.890', {
      code: { text: 'S/P radiofrequency ablation (RFA)' },
      verificationStatus: { coding: [{ code }] },
    });
    expect((await seen({ conditions: [history] })).step('radiofrequency-ablation')?.state).toBe('not-met');
  });

  test.each([
    ['Cooled radiofrequency ablation', {}, 'unknown'],
    ['Radiofrequency ablation', { status: 'not-done' }, 'not-met'],
    ['Radiofrequency ablation', { bodySite: [{ text: 'Right knee' }] }, 'not-met'],
    ['Radiofrequency ablation', { bodySite: [{ text: 'Left atrium, heart' }] }, 'not-met'],
    ['Radiofrequency ablation', { bodySite: [{ text: 'Lumbar facet joints' }] }, 'not-met'],
    ['Radiofrequency ablation of genicular nerves', {}, 'not-met'],
    ['Radiofrequency ablation', { bodySite: [HIP_BY_CODE_ALONE] }, 'not-met'],
  ])('a Procedure "%s" %j: %s', async (text, part, state) => {
    const done = procedure('rfa', '', { code: { text }, performedDateTime: '2025-02-02', ...part });
    const { step } = await seen({ procedures: [physicalTherapy(), leftBlock, done] });
    expect(step('radiofrequency-ablation')?.state).toBe(state);
  });

  test('in a note of someone else it says nothing', async () => {
    const { detail } = await seenWithNote('Failed RFA x2.', { subject: { reference: 'Patient/other' } });
    expect(detail).not.toContain('Ablation is told of');
  });

  test('in a note entered in error it says nothing', async () => {
    const { step } = await seenWithNote('Failed RFA x2.', { status: 'entered-in-error' });
    expect(step('radiofrequency-ablation')?.state).toBe('not-met');
  });
});

describe('an ablation that the record names may be the one told of', () => {
  const facets = procedure('facet', '64635', { performedDateTime: '2024-05-05' });
  const ours = procedure('rfa', '64625', {
    performedDateTime: '2025-05-05',
    bodySite: [{ text: 'Left sacroiliac joint' }],
    note: [{ text: '20 % relief at 3 months.' }],
  });

  test.each([
    ['of the facets, in the same year', facets, 's/p RFA 2024.', 'not-met'],
    ['of the facets, the telling undated', facets, 's/p RFA, no relief.', 'not-met'],
    ['of the facets, in another year', facets, "s/p RFA 1/2026 at Dr. Z's office.", 'unknown'],
    ['of this joint', ours, 'Failed RFA.', 'not-met'],
  ])('%s', async (_situation, done, text, state) => {
    const { step } = await seen({ procedures: [physicalTherapy(), leftBlock, done], notes: [note(text)] });
    expect(step('radiofrequency-ablation')?.state).toBe(state);
  });
});
