/**
 * A block given on the same day as another injection: which of the two relieved the pain cannot be told. It is neither
 * positive nor negative; a block alone is asked for, and nothing is pre-selected.
 */
import { leftBlock, note, seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const DAY = { performedDateTime: '2026-01-10T09:00:00Z' };
const left = (text: string) => ({ bodySite: [{ text: `Left ${text}` }], ...DAY });

const OTHERS = {
  'a transforaminal epidural': procedure('other', '64483', left('L5-S1 foramen')),
  'an epidural that names no side': procedure('other', '62323', DAY),
  'medial branch blocks': procedure('other', '64493', left('L4-L5 facet joint')),
  'trigger points': procedure('other', '20552', left('gluteus medius')),
  'a trochanteric bursa': procedure('other', '20610', left('greater trochanteric bursa')),
  'a bursa by its words': procedure('other', '', {
    code: { text: 'Left greater trochanteric bursa injection' },
    ...DAY,
  }),
  'a hip joint': procedure('other', '20610', left('hip joint')),
} as const;

const withBeside = (...others: readonly object[]) =>
  seen({ procedures: [physicalTherapy(), leftBlock, ...others] });

describe('together with another injection its relief is nobody’s', () => {
  test.each(Object.entries(OTHERS))('%s', async (_what, other) => {
    const { step, decision, preselected, summary, detail } = await withBeside(other);
    expect(step('diagnostic-blocks')).toMatchObject({
      state: 'unknown',
      attempts: { counted: 0 },
      notCounted: expect.arrayContaining([
        expect.objectContaining({
          why: 'outcome-unknown',
          because: 'not-alone',
          evidence: expect.objectContaining({ reference: 'Procedure/lbb' }),
        }),
      ]),
    });
    expect(decision).toBe('diagnostic-blocks-first');
    expect(summary).toContain('with another injection');
    expect(detail).toContain('cannot be told');
    expect(preselected).toEqual([]);
  });

  test('two that notes tell of', async () => {
    const text =
      'On 1/10/2026 left SI joint injection and left L5-S1 TFESI were performed. 90% relief for 6 hours.';
    const { step } = await seen({ procedures: [physicalTherapy()], notes: [note(text)] });
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'unknown', attempts: { counted: 0 } });
  });
});

describe('a block stands alone beside what cannot have relieved that pain', () => {
  test.each([
    [
      'of another day',
      procedure('other', '64483', { ...left('L5-S1 foramen'), performedDateTime: '2026-01-11' }),
    ],
    [
      'of the other side',
      procedure('other', '64483', { ...DAY, bodySite: [{ text: 'Right L5-S1 foramen' }] }),
    ],
    ['that was not done', procedure('other', '64483', { ...left('L5-S1 foramen'), status: 'not-done' })],
    ['of the same joint', procedure('other', '27096', left('SI joint'))],
    [
      'of the L5 dorsal ramus, which is part of it',
      procedure('other', '64493', {
        ...DAY,
        bodySite: [{ text: 'Left' }],
        note: [{ text: 'Left L5 medial branch block (L5 dorsal ramus).' }],
      }),
    ],
    [
      'dated by its month alone',
      procedure('other', '64483', { ...left('L5-S1 foramen'), performedDateTime: '2026-01' }),
    ],
  ])('%s', async (_what, other) => {
    const { step, preselected } = await withBeside(other);
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'met', attempts: { counted: 1 } });
    expect(preselected).toHaveLength(1);
  });

  test('one alone on another day is enough', async () => {
    const alone = procedure('alone', '64451', {
      bodySite: [{ text: 'Left sacral lateral branches' }],
      note: [{ text: 'Left. 90 % relief for 5 hours.' }],
      performedDateTime: '2026-02-20',
    });
    const { step } = await withBeside(OTHERS['a transforaminal epidural'], alone);
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'met', attempts: { counted: 1 } });
  });

  test('one that relieved little although another was given too is too little still', async () => {
    const weak = { ...leftBlock, note: [{ text: 'Left. 20 % relief.' }] };
    const { step } = await seen({ procedures: [physicalTherapy(), weak, OTHERS['a hip joint']] });
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'not-met' });
  });
});
