/**
 * What the first card says in few words (its headline, the state of each step) is true of this patient: an ablation that
 * worked is not "open", and one that was declined, denied or advised against is not called the missing step alone.
 */
import { leftBlock, note, seen, seenWithNote, type Seen } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

const SITE = { bodySite: [{ text: 'Left S1-S3 lateral branches' }] };

/** The state of a step as the card's table names it. */
function stateOf({ detail }: Seen, step: number): string | undefined {
  return new RegExp(`^\\| ${step}\\.[^|]*\\| ([^|]*) \\|`, 'mu').exec(detail)?.[1];
}

function withAblation(text: string, on: string, ...more: readonly object[]): Promise<Seen> {
  const ablation = procedure('rfa', '64625', { ...SITE, performedDateTime: on, note: [{ text }] });
  return seen({ procedures: [physicalTherapy(), leftBlock, ablation, ...more] });
}

describe('the state of the ablation step', () => {
  test.each([
    ['worked, long ago', '70 % relief for 9 months.', '2025-01-15', 'worked before'],
    ['worked, too early to repeat', '70 % relief for 3 months.', '2025-11-20', 'worked before'],
    ['still works by the record', '70 % relief for 9 months.', '2025-10-15', 'still working'],
    ['failed once', '20 % relief at 8 weeks.', '2025-06-15', '1 failed'],
    ['done without an outcome', 'Tolerated well.', '2025-06-15', 'outcome not known'],
    ['done days ago', 'Tolerated well.', '2026-03-10', 'too recent'],
    ['done years ago without an outcome', 'Tolerated well.', '2021-06-15', 'too long ago'],
  ])('%s', async (_what, text, on, state) => {
    expect(stateOf(await withAblation(text, on), 3)).toBe(state);
  });

  test('none on record is none found, two failures are failed', async () => {
    expect(stateOf(await seen({}), 3)).toBe('none found');
    const second = procedure('rfa-2', '64625', {
      ...SITE,
      performedDateTime: '2025-11-01',
      note: [{ text: '10 % relief at 8 weeks.' }],
    });
    expect(stateOf(await withAblation('20 % relief at 8 weeks.', '2025-06-15', second), 3)).toBe('failed');
  });
});

test('care that was declined is not called "not enough"', async () => {
  const declined = note('The patient declined physical therapy.');
  expect(stateOf(await seen({ procedures: [leftBlock], notes: [declined] }), 1)).toBe('declined or not done');
});

describe('the headline where the pathway asks for an ablation and something speaks against it', () => {
  test.each([
    ['advised against', 'She is not a candidate for RFA.', /the record speaks against it/u],
    ['declined', 'Discussed cooled RFA; the patient declines it.', /declined/u],
    ['denied by the plan', 'The plan denied the SI joint RFA as experimental.', /plan .*denied/u],
    ['a device', 'She has a pacemaker.', /implanted device/u],
    ['pregnancy', 'She is 20 weeks pregnant.', /pregnan/u],
  ])('%s', async (_what, text, said) => {
    const { decision, summary, preselected } = await seenWithNote(text);
    expect(decision).toBe('radiofrequency-first');
    expect(summary).not.toMatch(/missing step/u);
    expect(summary).toMatch(said);
    expect(summary).toMatch(/comes before left neurectomy/u);
    expect(preselected).toEqual([]);
  });

  test('without any of it, the ablation is the missing step', async () => {
    expect((await seen({})).summary).toMatch(/missing step before neurectomy/u);
  });

  test('one that is ordered already is said to be', async () => {
    const order = {
      resourceType: 'ServiceRequest',
      id: 'rfa-order',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      authoredOn: '2026-03-01',
      code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
      bodySite: [{ text: 'Left sacral lateral branches' }],
    };
    const { summary } = await seen({ orders: [order] });
    expect(summary).not.toMatch(/missing step/u);
    expect(summary).toMatch(/planned or ordered already/u);
  });

  test('one that worked before and is declined now', async () => {
    const { summary } = await seen({
      procedures: [
        physicalTherapy(),
        leftBlock,
        procedure('rfa', '64625', {
          ...SITE,
          performedDateTime: '2025-01-15',
          note: [{ text: '70 % relief for 9 months.' }],
        }),
      ],
      notes: [note('She declines another RFA.')],
    });
    expect(summary).toMatch(/worked before/u);
    expect(summary).toMatch(/declined/u);
  });
});

describe('advice and refusals are no events', () => {
  test.each([
    'Not a candidate for RFA because of prior surgical hardware.',
    'The plan denied coverage of the SI joint RFA as experimental.',
    'Cooled RFA of the left SI joint: patient declines.',
    'RFA deferred.',
  ])('%s', async (text) => {
    expect((await seenWithNote(text)).step('radiofrequency-ablation')?.notCounted).toBeUndefined();
  });

  test('an ablation that was recorded and not done is one', async () => {
    const notDone = procedure('rfa', '64625', { ...SITE, status: 'not-done' });
    const { step } = await seen({ procedures: [physicalTherapy(), leftBlock, notDone] });
    expect(step('radiofrequency-ablation')?.notCounted?.map(({ why }) => why)).toEqual(['not-done']);
  });
});

test('the card says that records of implants are not read, where an ablation is proposed and none is known', async () => {
  expect((await seen({})).detail).toMatch(/[Ii]mplant/u);
});

test('an ablation in a note is quoted with what came of it, where that stands in another sentence', async () => {
  const { step, detail } = await seenWithNote(
    'Follow-up after left sacral lateral branch RFA of 6/15/2025. At 12 weeks she reports 20% relief only.',
  );
  expect(step('radiofrequency-ablation')?.because).toBe('fewer-failed');
  expect(detail).toContain(
    'RFA of 6/15/2025. At 12 weeks she reports 20% relief only" `DocumentReference/note`',
  );
});

test('of conservative care the rehabilitation is shown first, before newer medicines', async () => {
  const medicine = (id: string, text: string) => ({
    resourceType: 'MedicationRequest',
    ...{
      id,
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/p1' },
      authoredOn: '2026-02-01',
    },
    medicationCodeableConcept: { text },
  });
  const medicines = ['naproxen 500 mg', 'gabapentin 300 mg', 'cyclobenzaprine 5 mg'].map((text, index) =>
    medicine(`m${index}`, text),
  );
  const { detail } = await seen({ medicines });
  expect(detail).toMatch(/^\| 1\. .* is documented\. [^`]*`Procedure\/pt`; .*and 2 more/mu);
});
