/**
 * Records that may show a red flag and were not read: nothing is pre-selected, and the headline says why, for what they
 * may hold outranks every step.
 */
import { leftBlock } from './left-chart.js';
import { bundle, draft, orderSign, physicalTherapy, prefetched, procedure, review } from './service.js';

const UNAVAILABLE = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'timeout' }],
};
const left = draft({
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }], text: 'Neurectomy, left' },
});
const failed = (id: string, day: string) =>
  procedure(id, '64625', {
    performedDateTime: day,
    bodySite: [{ text: 'Left sacroiliac joint' }],
    note: [{ text: '20 % relief at 3 months.' }],
  });
const SHORT = procedure('pt', '97110', {
  performedDateTime: undefined,
  performedPeriod: { start: '2026-01-05', end: '2026-01-19' },
});
const firstCard = async (procedures: readonly object[], given: object) => {
  const prefetch = prefetched({ procedures: bundle(...procedures), ...given });
  const { cards, extension } = await review(orderSign([left], { prefetch }));
  const [card] = cards;
  return { ...card, decision: extension?.['stepwise-cds.evaluation'].orders[0]?.decision };
};
const HEADLINE = 'Red flags could not be looked for in unread records: check these first';

test.each([
  ['radiofrequency-first', [physicalTherapy(), leftBlock], '; RFA comes before left neurectomy'],
  ['conservative-care-first', [SHORT, leftBlock], '; conservative care comes before neurectomy'],
  [
    'diagnostic-blocks-first',
    [physicalTherapy(), { ...leftBlock, note: [{ text: 'Left. 30 % relief.' }] }],
    '; no diagnostic block that counts was found',
  ],
  [
    'repeat-radiofrequency',
    [physicalTherapy(), leftBlock, failed('one', '2024-03-05')],
    '; the ablation done does not support left neurectomy yet',
  ],
  [
    'individual-review',
    [physicalTherapy(), leftBlock, failed('one', '2024-03-05'), failed('two', '2025-03-05')],
    '; left neurectomy remains unproven',
  ],
])(
  '%s: the headline says it, the detail names it, nothing is pre-selected',
  async (decision, procedures, rest) => {
    const card = await firstCard(procedures, { conditions: UNAVAILABLE });
    expect(card.decision).toBe(decision);
    expect(card.summary).toBe(HEADLINE + rest);
    expect(card.detail).toMatch(
      /Could not be read whole:\*\* problem list.* Red flags could not be looked for in what was not read\./,
    );
    expect((card.suggestions ?? []).filter(({ isRecommended }) => isRecommended)).toEqual([]);
  },
);

test('reports alone are enough', async () => {
  const { summary } = await firstCard([physicalTherapy(), leftBlock], { diagnosticReports: UNAVAILABLE });
  expect(summary).toContain(HEADLINE);
});

describe('what this service is never given takes no headline', () => {
  const FORBIDDEN = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] };
  const seen = (given: object) => firstCard([physicalTherapy(), leftBlock], given);

  test('reports: said in the detail, and nothing is pre-selected', async () => {
    const { summary, detail, suggestions = [] } = await seen({ diagnosticReports: FORBIDDEN });
    expect(summary).toMatch(/^Cooled RFA of the left S1-S3 lateral branches is the missing step/);
    expect(detail).toContain('Red flags could not be looked for in what this service is not given.');
    expect(suggestions.filter(({ isRecommended }) => isRecommended)).toEqual([]);
  });

  test.each([
    ['all that would show one', { conditions: FORBIDDEN, diagnosticReports: FORBIDDEN }],
    ['and something else failed', { conditions: UNAVAILABLE, diagnosticReports: FORBIDDEN }],
  ])('but %s does', async (_name, given) => {
    expect((await seen(given)).summary).toContain(HEADLINE);
  });
});

test('a red flag that was found stands first all the same', async () => {
  const discitis = {
    resourceType: 'Condition',
    id: 'discitis',
    clinicalStatus: { coding: [{ code: 'active' }] },
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: 'M46.46' }] },
  };
  const { decision } = await firstCard([physicalTherapy(), leftBlock], {
    conditions: bundle(discitis),
    diagnosticReports: UNAVAILABLE,
  });
  expect(decision).toBe('urgent-evaluation');
});

test('with everything read nothing of it is said', async () => {
  const { summary, detail } = await firstCard([physicalTherapy(), leftBlock], {});
  expect(summary).not.toContain('Red flags');
  expect(detail).not.toContain('looked for');
});
