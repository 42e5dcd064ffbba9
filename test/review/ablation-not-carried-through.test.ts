/**
 * An ablation of the ordered side that was begun and broken off: why it was stands in the record, and is quoted before
 * another one is proposed. One that was carried out later has answered it.
 */
import { leftBlock, note, seen, type Seen } from './left-chart.js';
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

const WEIGHED = 'rfa-not-carried-through';
const rfa = (part: object) =>
  procedure('rfa', '64625', {
    performedDateTime: '2025-06-03',
    bodySite: [{ text: 'Left sacroiliac joint' }],
    ...part,
  });
const withAblations = (...ablations: readonly object[]): Promise<Seen> =>
  seen({ procedures: [physicalTherapy(), leftBlock, ...ablations] });

describe('told with its date and words, nothing pre-selected', () => {
  test.each([
    [
      'stopped, with a note',
      { status: 'stopped', note: [{ text: 'Stopped for pain at the first needle.' }] },
      'Stopped for pain at the first needle.',
    ],
    [
      'stopped, with a reason',
      { status: 'stopped', statusReason: { text: 'Leg stimulation' }, note: [{ text: 'Supine.' }] },
      'Leg stimulation',
    ],
    [
      'stopped, with a coded reason',
      { status: 'stopped', statusReason: { coding: [{ display: 'Patient intolerance' }] } },
      'Patient intolerance',
    ],
    [
      'completed, and its text says otherwise',
      { note: [{ text: 'Procedure terminated. No lesions were made.' }] },
      'No lesions were made',
    ],
    [
      'without a side',
      { status: 'stopped', bodySite: undefined, note: [{ text: 'Vasovagal.' }] },
      'Vasovagal',
    ],
  ])('%s', async (_what, part, words) => {
    const { decision, considerations, summary, detail, preselected } = await withAblations(rfa(part));
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual([WEIGHED]);
    expect(summary).toContain('begun and not carried through');
    expect(detail).toMatch(
      new RegExp(`Weigh first.*\n.*begun and not carried through.* 2025-06-03 ".*${words}`, 'u'),
    );
    expect(preselected).toEqual([]);
  });

  const stopped = { status: 'stopped', note: [{ text: 'Stopped for leg stimulation.' }] };

  test('beside a later one that did not come to lesions either: both are quoted', async () => {
    const again = { id: 'again', performedDateTime: '2025-09-03', note: [{ text: 'No lesions were made.' }] };
    const { considerations, detail } = await withAblations(rfa(stopped), rfa(again));
    expect(considerations).toEqual([WEIGHED]);
    expect(detail).toMatch(/Weigh first[^|]*leg stimulation[^|]*`Procedure\/rfa`/u);
    expect(detail).toMatch(/Weigh first[^|]*No lesions were made[^|]*`Procedure\/again`/u);
  });

  test('beside one of the same day, of which nobody knows that it came later', async () => {
    const done = { id: 'done', note: [{ text: '20 % relief at 3 months.' }] };
    expect((await withAblations(rfa(stopped), rfa(done))).considerations).toContain(WEIGHED);
  });

  test('as the report of a stopped Procedure tells it, whose other words say nothing of it', async () => {
    const report = {
      resourceType: 'DiagnosticReport',
      id: 'report',
      status: 'final',
      subject: { reference: `Patient/${PATIENT}` },
      code: { text: 'Procedure report' },
      effectiveDateTime: '2025-06-03',
      conclusion: 'Left S1-S3 RFA. Procedure aborted before lesioning because of leg stimulation.',
    };
    const prefetch = prefetched({
      procedures: bundle(
        physicalTherapy(),
        leftBlock,
        rfa({ status: 'stopped', report: [{ reference: 'DiagnosticReport/report' }] }),
      ),
      diagnosticReports: bundle(report),
    });
    const { cards } = await review(orderSign([draft()], { prefetch }));
    expect(cards[0]?.detail).toMatch(
      /Weigh first[^|]*aborted before lesioning because of leg stimulation[^|]*`DiagnosticReport\/report`/u,
    );
  });

  test('as a note tells it', async () => {
    const text =
      'Left sacral lateral branch RFA 12/09/2025 aborted before lesioning because of leg stimulation.';
    const { considerations, detail, preselected } = await seen({ notes: [note(text)] });
    expect(considerations).toEqual([WEIGHED]);
    expect(detail).toMatch(/not carried through.* 2025-12-09 ".*leg stimulation/u);
    expect(preselected).toEqual([]);
  });
});

describe('nothing is said of', () => {
  test.each([
    ['one of the other side', [rfa({ status: 'stopped', bodySite: [{ text: 'Right sacroiliac joint' }] })]],
    [
      'one of facets',
      [procedure('facet', '64635', { status: 'stopped', bodySite: [{ text: 'Left L4-L5 facets' }] })],
    ],
    ['one that was not begun', [rfa({ status: 'not-done' })]],
    ['one that was entered in error', [rfa({ status: 'entered-in-error' })]],
    ['one of years ago', [rfa({ status: 'stopped', performedDateTime: '2023-06-03' })]],
    [
      'one after which another was carried out',
      [
        rfa({ status: 'stopped' }),
        rfa({
          id: 'again',
          performedDateTime: '2025-08-05',
          note: [{ text: 'Left. 80 % relief for 5 months.' }],
        }),
      ],
    ],
    [
      'one beside two that failed',
      [
        rfa({ status: 'stopped', performedDateTime: '2025-12-03' }),
        rfa({
          id: 'one',
          performedDateTime: '2024-09-05',
          note: [{ text: 'Left. 10 % relief at 3 months.' }],
        }),
        rfa({
          id: 'two',
          performedDateTime: '2025-05-05',
          note: [{ text: 'Left. 20 % relief at 3 months.' }],
        }),
      ],
    ],
  ])('%s', async (_what, ablations) => {
    expect((await withAblations(...ablations)).considerations).toEqual([]);
  });
});

test('one that worked before takes nothing back', async () => {
  const { considerations } = await withAblations(
    rfa({
      id: 'first',
      performedDateTime: '2024-09-05',
      note: [{ text: 'Left. 80 % relief for 6 months.' }],
    }),
    rfa({ status: 'stopped', note: [{ text: 'Stopped for pain.' }] }),
  );
  expect(considerations).toEqual([WEIGHED]);
});
