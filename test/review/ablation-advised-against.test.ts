/**
 * A note that speaks against an ablation, or puts it off, stands above the pathway's usual next step: it is quoted with
 * its date, no ablation is pre-selected, and none is called planned.
 */
import { leftBlock, note, seen, seenWithNote } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

describe('told with its date, nothing pre-selected, no plan', () => {
  test.each([
    'RFA not indicated.',
    'RFA is not indicated at this time.',
    'RFA is contraindicated given her ICD.',
    'Cooled RFA is contraindicated because of prior infection.',
    'Patient is not a candidate for RFA.',
    'Not a candidate for radiofrequency ablation due to anticoagulation.',
    'Not a good candidate for cooled RFA.',
    'RFA is contraindicated with her ICD.',
    'Poor candidate for cooled RFA.',
    'RFA not recommended at this time.',
    'I would not recommend SI joint RFA in this patient.',
    'I do not recommend radiofrequency ablation.',
    'RFA would not be appropriate given prior infection.',
    'RFA is not an option.',
    'We should avoid RFA because of her implant.',
    'Her hardware precludes RFA.',
    'Would advise against left SI joint RFA.',
    'RFA deferred.',
    'Hold off on RFA.',
    'Cooled RFA of the left SI joint is on hold.',
    'I would not recommend RFA again as it gave her no relief.',
    'We would not currently recommend RFA.',
    'Would avoid further radiofrequency.',
    'Not a candidate for RFA now because of her anticoagulation.',
    'She is not currently a candidate for RFA.',
    'Not presently a candidate for RFA due to infection.',
    'She is not at this time a candidate for RFA.',
    'RFA is not currently an option.',
    "RFA isn't an option given prior infection.",
    'RFA would not be an option given her anticoagulation.',
  ])('%s', async (text) => {
    const { considerations, notes, detail, decision, preselected } = await seenWithNote(text);
    expect(decision).toBe('radiofrequency-first');
    expect(considerations.filter((id) => id.startsWith('rfa-'))).toEqual(['rfa-advised-against']);
    expect(detail).toMatch(/speaks against radiofrequency ablation, or puts it off: .* 2026-03-15 "/u);
    expect(preselected).toEqual([]);
    expect(notes).not.toContain('rfa-planned');
  });
});

describe('a reason that names another part of the body does not say what is ablated', () => {
  test.each([
    'Not a candidate for RFA because of her skin disease.',
    'Not a candidate for RFA now because of her skin disease.',
    'Not a candidate for RFA currently due to her cardiac disease.',
    'Not a candidate for RFA given her liver disease.',
    'Not a candidate for RFA in light of her lung cancer.',
    'Not a candidate for RFA with her heart disease.',
    'Not a candidate for RFA because of a knee infection.',
    'Given her heart disease, RFA is not an option.',
    'Because of her skin disease, she is not a candidate for RFA.',
    'RFA is not an option given her pacemaker.',
    'RFA is not an option for her because of her heart disease.',
  ])('%s', async (text) => {
    expect((await seenWithNote(text)).considerations).toContain('rfa-advised-against');
  });
});

describe('not what is said of something else, denied, or left open', () => {
  test.each([
    'Not a candidate for cardiac ablation.',
    'Not a candidate for RFA of the knee.',
    'Not a candidate for RFA of the knee because of her skin disease.',
    'Not currently a candidate for genicular RFA because of her skin disease.',
    'Not a candidate for RFA because the genicular blocks failed.',
    'Not a candidate for RFA because of her facet arthropathy.',
    'Not a candidate for ablation because of atrial fibrillation.',
    'RFA is not an option for the knee.',
    'RFA is not recommended for her heart.',
    'I would not recommend delaying RFA.',
    'Would not currently recommend opioids before RFA.',
    'Would avoid delaying radiofrequency.',
    'RFA is not only an option but the next step.',
    'RFA is not only an option but the next step given her pacemaker.',
    'If she is not a candidate for RFA, then neurectomy is an option.',
    'If she is not currently a candidate for RFA because of her skin disease, then neurectomy.',
    'RFA is not currently an option if the INR is above 3.',
    'Facet RFA not indicated as MBB were negative.',
    'Lumbar medial branch RFA is not indicated.',
    'No contraindication to RFA.',
    'There are no contraindications to RFA.',
    'RFA of the knee is contraindicated.',
    'Surgery not recommended before RFA.',
    'Opioids not indicated.',
    'RFA is contraindicated in pregnancy.',
    'RFA is contraindicated if the INR is above 3.',
    'Guidelines recommend against RFA.',
    'Her sister is not a candidate for RFA.',
  ])('%s', async (text) => {
    expect((await seenWithNote(text)).considerations).not.toContain('rfa-advised-against');
  });
});

describe('what was recorded later takes it back', () => {
  const against = note('RFA not indicated at this time.', { date: '2025-12-01T09:00:00Z' });

  test.each([
    ['a later ablation', [procedure('rfa', '64625', { performedDateTime: '2026-02-10' })], []],
    ['a later consent', [], [note('She now accepts RFA.', { id: 'later', date: '2026-03-01T09:00:00Z' })]],
  ])('%s', async (_what, done, later) => {
    const procedures = [physicalTherapy(), leftBlock, ...done];
    const { considerations } = await seen({ procedures, notes: [against, ...later] });
    expect(considerations).not.toContain('rfa-advised-against');
  });
});

describe('an ablation under a condition is spoken of, and not pre-selected', () => {
  test.each([
    'PLAN:\n1. RFA if insurance approves.',
    'Plan: left SIJ RFA if insurance approves.',
    'If pain returns, consider RFA.',
    'Would consider left SIJ RFA if pain persists.',
    'Could consider RFA in the future.',
  ])('%s', async (text) => {
    const { considerations, preselected, notes } = await seenWithNote(text);
    expect(considerations).toEqual(['rfa-spoken-of']);
    expect(notes).not.toContain('rfa-planned');
    expect(preselected).toEqual([]);
  });

  test.each([
    'If left LBB positive, proceed to SIJ RFA.',
    'If the second left LBB is positive, proceed to left SIJ RFA.',
    'Left SIJ RFA contingent on second block.',
    'If the block gives 80% relief, RFA.',
    'Left SIJ RFA if relief exceeds 75% after the next block.',
  ])('one that waits for a block is quoted: %s', async (text) => {
    const { considerations, preselected, detail, decision } = await seenWithNote(text);
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual(['rfa-spoken-of']);
    expect(detail).toMatch(/see what it waits for.* 2026-03-15 ".*RFA/u);
    expect(preselected).toEqual([]);
  });

  test.each(['Facet RFA if the MBB is positive.', 'If the left LBB is positive, neurectomy.'])(
    'but not what is no ablation of these nerves: %s',
    async (text) => {
      const { considerations, preselected } = await seenWithNote(text);
      expect(considerations).toEqual([]);
      expect(preselected).toHaveLength(1);
    },
  );
});

describe('an order not to do it', () => {
  const order = (part: Readonly<Record<string, unknown>> = {}) => ({
    resourceType: 'ServiceRequest',
    id: 'not',
    status: 'active',
    intent: 'order',
    doNotPerform: true,
    subject: { reference: 'Patient/p1' },
    authoredOn: '2026-02-11',
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }], text: 'SI joint RFA' },
    bodySite: [{ text: 'Left sacroiliac joint' }],
    note: [{ text: 'Keloids.' }],
    ...part,
  });

  test('is told with its reason, and nothing is pre-selected or called planned', async () => {
    const { decision, considerations, notes, summary, detail, preselected } = await seen({
      orders: [order()],
    });
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual(['rfa-advised-against']);
    expect(summary).toContain('the record speaks against it');
    expect(detail).toContain('2026-02-11 "Do not perform: SI joint RFA. Keloids." `ServiceRequest/not`');
    expect(preselected).toEqual([]);
    expect(notes).not.toContain('rfa-planned');
  });

  test.each([
    ['of the other side', { bodySite: [{ text: 'Right sacroiliac joint' }] }],
    ['revoked', { status: 'revoked' }],
    ['entered in error', { status: 'entered-in-error' }],
    [
      'of another target',
      { code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64635' }] } },
    ],
    ['that is a draft of this call', { id: 'draft-1' }],
  ])('%s says nothing', async (_name, part) => {
    const { considerations, preselected } = await seen({ orders: [order(part)] });
    expect(considerations).toEqual([]);
    expect(preselected).toHaveLength(1);
  });
});
