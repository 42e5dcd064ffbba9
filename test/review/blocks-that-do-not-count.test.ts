/**
 * Why a block of the record does not count is the first thing its reader wants to know: it was of the other side, its
 * report is not final, or it relieved another pain. Another block is offered only where one is what is missing.
 */
import { note, seen } from './left-chart.js';
import {
  bundle,
  draft,
  orderSign,
  PATIENT,
  physicalTherapy,
  prefetched,
  procedure,
  review,
} from './service.js';

const block = (id: string, text: string, part: object = {}) =>
  procedure(id, '64451', {
    bodySite: [{ text: 'Left sacral lateral branches' }],
    note: [{ text }],
    ...part,
  });
const RIGHT = { bodySite: [{ text: 'Right sacral lateral branches' }] };
const withBlocks = (...blocks: readonly object[]) => seen({ procedures: [physicalTherapy(), ...blocks] });

describe('of the other side', () => {
  test('the card of the ordered side says that it stands in the record and does not count', async () => {
    const { decision, step, summary, detail } = await withBlocks(
      block('r', '90 % relief for 5 hours.', RIGHT),
    );
    expect(decision).toBe('diagnostic-blocks-first');
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'unknown', because: 'other-side-only' });
    expect(summary).toContain('block on record is of the other side and does not count');
    expect(detail).toMatch(/^A diagnostic block of the other side is on record\./);
  });

  test.each([
    ['one of this side that is too old', block('old', '90 % relief.', { performedDateTime: '2020-01-10' })],
    [
      'one of this side with steroid, weeks later',
      block('steroid', '40 mg triamcinolone. 80 % relief for 6 weeks.'),
    ],
  ])('beside %s it is not called the only one', async (_what, own) => {
    const { step } = await withBlocks(block('r', '90 % relief for 5 hours.', RIGHT), own);
    expect(step('diagnostic-blocks')?.because).not.toBe('other-side-only');
  });
});

describe('told of in a preliminary report', () => {
  const report = (
    status: string,
    text = 'Left S1-S3 lateral branch block. 85% relief of the left buttock pain.',
  ) => ({
    resourceType: 'DiagnosticReport',
    id: 'fluoro',
    status,
    code: { text: 'Fluoroscopic guided left sacral lateral branch block' },
    subject: { reference: `Patient/${PATIENT}` },
    effectiveDateTime: '2026-03-10',
    conclusion: text,
  });
  const reviewed = async (...reports: readonly object[]) => {
    const prefetch = prefetched({
      procedures: bundle(physicalTherapy()),
      diagnosticReports: bundle(...reports),
    });
    const order = draft({
      code: { coding: [{ code: '64772', system: 'http://www.ama-assn.org/go/cpt' }], text: 'left' },
    });
    return review(orderSign([order], { prefetch }));
  };

  test('its final version is asked for, and no other block', async () => {
    const { cards } = await reviewed(report('preliminary'));
    expect(cards[0]?.summary).toContain('told of in a preliminary report; ask for its final version');
    expect(cards[0]?.detail).toContain('Missing: The final version of that report.');
    expect(cards[0]?.suggestions).toBeUndefined();
  });

  test('once it is final it counts', async () => {
    const { extension } = await reviewed(report('final'));
    expect(extension?.['stepwise-cds.evaluation'].orders[0]?.decision).toBe('radiofrequency-first');
  });
});

describe('an ablation told of in a preliminary report', () => {
  test('its final version is asked for', async () => {
    const text = 'Left sacral lateral branch radiofrequency ablation 2025-09-10. 20% relief at 3 months.';
    const { decision, step, summary } = await seen({
      procedures: [physicalTherapy(), block('b', '85 % relief for 6 hours.')],
      notes: [note(text, { docStatus: 'preliminary' })],
    });
    expect(step('radiofrequency-ablation')).toMatchObject({ state: 'unknown', because: 'preliminary' });
    expect(decision).toBe('repeat-radiofrequency');
    expect(summary).toContain('ask for its final version');
  });
});

describe('with relief of another pain', () => {
  test('what it did for the pain of the order is asked for', async () => {
    const { decision, step, summary } = await withBlocks(block('b', 'Groin pain 100% relieved for 3 hours.'));
    expect(decision).toBe('diagnostic-blocks-first');
    expect(step('diagnostic-blocks')).toMatchObject({ state: 'unknown', because: 'relief-elsewhere' });
    expect(summary).toContain('relieved pain elsewhere; record what it did for this pain');
  });
});

describe('with figures that no sentence gives', () => {
  const observation = (id: string, part: object) => ({
    resourceType: 'Observation',
    id,
    status: 'final',
    subject: { reference: `Patient/${PATIENT}` },
    effectiveDateTime: '2026-01-10',
    partOf: [{ reference: 'Procedure/b' }],
    ...part,
  });
  const rowWith = async (...observations: readonly object[]) => {
    const bare = block('b', '', { note: undefined });
    const prefetch = prefetched({
      procedures: bundle(physicalTherapy(), bare),
      observations: bundle(...observations),
    });
    const { cards } = await review(orderSign([draft()], { prefetch }));
    return (cards[0]?.detail ?? '').split('\n').find((line) => line.startsWith('| 2.')) ?? '';
  };
  const score = (id: string, when: string, valueInteger: number) =>
    observation(id, {
      code: { coding: [{ system: 'http://loinc.org', code: '72514-3' }], text: `Pain NRS ${when} block` },
      valueInteger,
    });

  test('relief by scores stands with both of them and the percentage', async () => {
    expect(await rowWith(score('pre', 'before', 8), score('post', 'after', 1))).toContain(
      '2026-01-10 pain score 8 before, 1 after: 88 % relief `Observation/post`',
    );
  });

  test('also where it is too little to count', async () => {
    expect(await rowWith(score('pre', 'before', 8), score('post', 'after', 6))).toContain(
      'Not counted: 2026-01-10 pain score 8 before, 6 after: 25 % relief `Observation/post` (too little relief)',
    );
  });

  test('percent relief of an Observation stands as it is recorded', async () => {
    const relief = observation('relief', {
      code: { text: 'Percent relief after block' },
      valueQuantity: { value: 60, unit: '%' },
    });
    expect(await rowWith(relief)).toContain(
      'Not counted: 2026-01-10 "Percent relief after block: 60 %" `Observation/relief` (relief equivocal)',
    );
  });
});
