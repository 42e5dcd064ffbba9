/**
 * An ablation counts as failed with less than 50 % relief after a technically complete lesion: one that was not complete, or is only called failed, does not, and the card says why.
 */
import { leftBlock, seen, seenWithNote } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

describe('an incomplete lesion is no attempt', () => {
  test.each([
    'Left SIJ RFA 3/2025: relief 30%, with only S1 and S2 lesioned because of equipment failure.',
    'Left SIJ RFA 3/2025, S3 could not be reached, 20% relief at 3 months.',
    'Left SIJ RFA 3/2025 stopped after S1 due to pain, no relief.',
    'Left SIJ RFA 3/2025: incomplete lesion, 20% relief at 3 months.',
    'Left SIJ RFA 3/2025 no relief at 3 months. Only S1 lesioned; generator failure.',
    'Left SIJ RFA 3/2025. Lesions at S1 and S2 only. 10% relief at 3 months.',
    'Left SIJ RFA 3/2025 aborted after two lesions because of pain, 20% relief.',
    'Left SIJ RFA 3/2025, only 2 of 3 levels completed, 20% relief at 3 months.',
    'Left SIJ RFA 3/2025 cut short by pain, 20% relief at 3 months.',
    'Left SIJ RFA 3/2025: S3 was not lesioned. 20% relief at 3 months.',
    'Left SIJ RFA 3/2025, 20% relief at 3 months; equipment malfunction, unable to lesion S2 and S3.',
    'Left SIJ RFA 3/2025: not all lesions made, no relief at 3 months.',
  ])('%s', async (text) => {
    const { step } = await seenWithNote(text);
    const ablation = step('radiofrequency-ablation');
    expect(ablation?.attempts?.counted).toBe(0);
    expect(ablation?.notCounted?.map(({ why }) => why)).toEqual(['stopped']);
  });

  test.each([
    'Left SIJ RFA 3/2025: incomplete relief, 30% at 3 months.',
    'Left SIJ RFA 3/2025: brief equipment failure, generator replaced, all lesions completed. 20% relief at 3 months.',
    'Left SIJ RFA 3/2025 S1-S3, only 20% relief at 3 months.',
    'Left SIJ RFA 3/2025 S1, S2 and S3 treated; only 10% relief at 3 months.',
    'Left SIJ RFA 3/2025 with 20% relief at 3 months, stopped Eliquis before.',
    'Left SIJ RFA performed 3/2025 at S1, S2 and S3 only on the left, 20% relief at 3 months.',
    'Left SIJ RFA 3/2025, pain stopped for only 2 weeks, 20% relief at 3 months.',
    'Left SIJ RFA aborted 1/2025. Left SIJ RFA 3/2025 complete, 20% relief at 3 months.',
  ])('complete: %s', async (text) => {
    expect((await seenWithNote(text)).step('radiofrequency-ablation')?.attempts?.counted).toBe(1);
  });

  test('in the note of a Procedure whose status says completed', async () => {
    const done = procedure('rfa', '64625', {
      performedDateTime: '2025-05-05',
      bodySite: [{ text: 'Left sacroiliac joint' }],
      note: [{ text: 'Only S1 and S2 lesioned, generator failure. 20 % relief at 3 months.' }],
    });
    const { step } = await seen({ procedures: [physicalTherapy(), leftBlock, done] });
    expect(step('radiofrequency-ablation')).toMatchObject({
      attempts: { counted: 0 },
      notCounted: [{ why: 'status-contradicted-by-text' }],
    });
  });
});

describe('called failed, without figures: not known, and said so', () => {
  test.each([
    'A/P: failed left SIJ RFA.',
    'Left SIJ RFA 2024 failed.',
    's/p left SIJ RFA 3/2025, failed.',
    'Pt failed left cooled SIJ RFA x2.',
    'Failed PT, SI injections and left SIJ RFA.',
    'Left SIJ RFA failure.',
    'Failure of left SIJ RFA in 2025.',
    'Left sacral lateral branch RFA x1 5/2025, failed.',
    'Hx of failed left SI joint radiofrequency ablation.',
    'Pain refractory to left SIJ RFA.',
    'She has failed left SIJ RFA.',
    'Left SIJ cooled RFA last year, which failed.',
  ])('%s', async (text) => {
    const { step, summary, detail, preselected } = await seenWithNote(text);
    const ablation = step('radiofrequency-ablation');
    expect(ablation).toMatchObject({ state: 'unknown', attempts: { counted: 0 } });
    expect(ablation?.reason).toContain('said to have failed');
    expect(summary).toContain('said to have failed');
    expect(detail).not.toContain('whether it failed, worked');
    expect(preselected).toEqual([]);
  });

  test.each([
    ['Left SIJ RFA 3/2025 failed, 20% relief at 3 months.', 1],
    ['Left SIJ RFA 3/2025 failed to provide relief.', 1],
    ['Failed PT. Left SIJ RFA 3/2025 with 70% relief for 8 months.', 0],
    ['Left SIJ RFA 3/2025, 80% relief for 6 months. Failed back surgery syndrome.', 0],
    ['Left SIJ RFA 3/2025. Failed TFESI.', 0],
  ])('figures, or another failure: %s', async (text, counted) => {
    const ablation = (await seenWithNote(text)).step('radiofrequency-ablation');
    expect(ablation?.attempts?.counted).toBe(counted);
    expect(ablation?.reason).not.toContain('said to have failed');
  });

  test('two that are called failed open nothing', async () => {
    const { decision } = await seenWithNote('Left SIJ RFA 3/2024 failed. Left SIJ RFA 2/2025 failed.');
    expect(decision).toBe('repeat-radiofrequency');
  });

  test('an outcome of one word', async () => {
    const done = procedure('rfa', '64625', {
      performedDateTime: '2025-05-05',
      bodySite: [{ text: 'Left sacroiliac joint' }],
      outcome: { text: 'Failed' },
    });
    const { step } = await seen({ procedures: [physicalTherapy(), leftBlock, done] });
    expect(step('radiofrequency-ablation')?.reason).toContain('said to have failed');
  });
});

describe('an ablation of more than two years ago, without its outcome', () => {
  const old = procedure('rfa', '64625', {
    performedDateTime: '2022-05-05',
    bodySite: [{ text: 'Left sacroiliac joint' }],
  });

  test('another is proposed, none is pre-selected, and the old one is named', async () => {
    const { decision, preselected, summary, step } = await seen({
      procedures: [physicalTherapy(), leftBlock, old],
    });
    expect(decision).toBe('radiofrequency-first');
    expect(step('radiofrequency-ablation')).toMatchObject({
      state: 'not-met',
      notCounted: [{ why: 'too-old' }],
    });
    expect(preselected).toEqual([]);
    expect(summary).toContain('too old');
  });

  test('with its outcome it counts', async () => {
    const worked = { ...old, note: [{ text: '70 % relief for 9 months.' }] };
    const { decision } = await seen({ procedures: [physicalTherapy(), leftBlock, worked] });
    expect(decision).toBe('repeat-radiofrequency');
  });
});
