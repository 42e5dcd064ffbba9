import {
  bundle,
  draft,
  orderSign,
  prefetched,
  procedure,
  reviewOrder,
  type ResourceJson,
} from './service.js';

/** Whole charts, each a shape in which a wrong answer was once found: what stands in the way of the obvious reading. */
const PERCENT = { unit: '%', code: '%', system: 'http://unitsofmeasure.org' };
const SUBJECT = { reference: 'Patient/p1' };
const BOTH = [{ text: 'Bilateral sacroiliac joints' }];
const ON_BLOCK = { partOf: [{ reference: 'Procedure/lbb' }] };

const lbb = (note?: string) =>
  procedure('lbb', '64451', { bodySite: BOTH, ...(note !== undefined && { note: [{ text: note }] }) });
const positive = lbb('85% relief of the usual buttock pain for 6 hours.');
const rfa = (id: string, date: string, note?: string) =>
  procedure(id, '64625', {
    bodySite: BOTH,
    performedDateTime: date,
    ...(note !== undefined && { note: [{ text: note }] }),
  });
const observation = (id: string, text: string, part: Readonly<Record<string, unknown>>): ResourceJson => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  subject: SUBJECT,
  code: { text },
  effectiveDateTime: '2026-01-10',
  ...part,
});
const note = (id: string, date: string, text: string): ResourceJson => ({
  resourceType: 'DocumentReference',
  id,
  status: 'current',
  subject: SUBJECT,
  date: `${date}T10:00:00Z`,
  content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
});
const order = (id: string, authoredOn: string): ResourceJson => ({
  resourceType: 'ServiceRequest',
  id,
  status: 'active',
  intent: 'order',
  subject: SUBJECT,
  authoredOn,
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
  bodySite: BOTH,
});
const score = (id: string, value: number, when: string, site?: string) =>
  observation(id, `Pain score ${when} the procedure`, {
    valueInteger: value,
    ...(site !== undefined && { bodySite: { text: site } }),
  });

const KEYS: Readonly<Record<string, string>> = {
  Procedure: 'procedures',
  Observation: 'observations',
  DocumentReference: 'documents',
  ServiceRequest: 'serviceRequests',
};

async function evaluated(...chart: readonly ResourceJson[]) {
  const keys = [...new Set(chart.map(({ resourceType }) => KEYS[resourceType] ?? ''))];
  const given: Readonly<Record<string, unknown>> = Object.fromEntries(
    keys.map((key) => [key, bundle(...chart.filter(({ resourceType }) => KEYS[resourceType] === key))]),
  );
  return reviewOrder(orderSign([draft()], { prefetch: prefetched(given) }));
}

describe('relief after a block', () => {
  test.each<[string, readonly ResourceJson[], string]>([
    [
      'in a component of an observation of the block',
      [
        observation('seen', 'Assessment after the procedure', {
          ...ON_BLOCK,
          component: [
            { code: { text: 'Percent relief' }, valueQuantity: { value: 85, ...PERCENT } },
            { code: { text: 'Pain severity' }, valueInteger: 1 },
          ],
        }),
      ],
      'met',
    ],
    ['by pain scores of no named site', [score('a', 8, 'before'), score('b', 1, 'after')], 'met'],
    [
      'by pain scores of the buttock',
      [score('a', 8, 'before', 'Left buttock'), score('b', 1, 'after', 'Left buttock')],
      'met',
    ],
    [
      'not by pain scores of a knee',
      [score('a', 8, 'before', 'Right knee'), score('b', 1, 'after', 'Right knee')],
      'unknown',
    ],
  ])('%s', async (_where, records, state) => {
    const { steps } = await evaluated(lbb(), ...records);
    expect(steps.find(({ id }) => id === 'diagnostic-blocks')?.state).toBe(state);
  });
});

describe('an ablation has not failed by what was seen too early', () => {
  const done = rfa('rfa', '2025-06-10');
  const early = { partOf: [{ reference: 'Procedure/rfa' }], valueQuantity: { value: 20, ...PERCENT } };

  test.each<[string, readonly ResourceJson[], string]>([
    [
      'an observation of its own day',
      [done, observation('seen', 'Pain relief', { ...early, effectiveDateTime: '2025-06-10' })],
      'unknown',
    ],
    [
      'an observation of twelve weeks later',
      [done, observation('seen', 'Pain relief', { ...early, effectiveDateTime: '2025-09-02' })],
      'not-met',
    ],
    [
      'its own note, at once',
      [rfa('rfa', '2025-06-10', '5% relief immediately after the procedure')],
      'unknown',
    ],
    [
      'a note of two weeks later',
      [done, note('visit', '2025-06-24', 'Lateral branch RFA on 06/10/2025: 10% relief so far.')],
      'unknown',
    ],
    [
      'a note of fourteen weeks later',
      [done, note('visit', '2025-09-16', 'Lateral branch RFA on 06/10/2025: 10% relief.')],
      'not-met',
    ],
  ])('%s', async (_seen, records, state) => {
    const { decision, steps } = await evaluated(positive, ...records);
    expect(steps.find(({ id }) => id === 'radiofrequency-ablation')?.state).toBe(state);
    expect(decision).toBe('repeat-radiofrequency');
  });
});

describe('an order of an ablation', () => {
  const noted = async (...records: readonly ResourceJson[]) =>
    (await evaluated(positive, ...records)).notes?.map(({ id }) => id) ?? [];

  test('is a plan', async () => {
    expect(await noted(order('sr', '2026-03-01'))).toContain('rfa-planned');
  });

  test.each([
    ['was carried out later', '2025-05-20'],
    ['was carried out on its day', '2025-06-10'],
  ])('is none once it %s', async (_when, authoredOn) => {
    const records = [order('sr', authoredOn), rfa('rfa', '2025-06-10', '10% relief at 12 weeks.')];
    expect(await noted(...records)).not.toContain('rfa-planned');
  });

  test('is one after an earlier ablation', async () => {
    const records = [order('sr', '2026-03-01'), rfa('rfa', '2025-06-10', '10% relief at 12 weeks.')];
    expect(await noted(...records)).toContain('rfa-planned');
  });
});

describe('conservative care', () => {
  test.each([
    ['acupuncture refused', 'Patient declined acupuncture.', 'unknown'],
    ['opioids refused', 'She declines opioids.', 'unknown'],
    ['physical therapy refused', 'Patient declined physical therapy.', 'not-met'],
  ])('%s', async (_what, text, state) => {
    const { steps } = await evaluated(positive, note('visit', '2026-02-20', text));
    expect(steps.find(({ id }) => id === 'conservative-care')?.state).toBe(state);
  });
});

describe('a bilateral procedure that each side answered otherwise', () => {
  const sidesOf = async (...records: readonly ResourceJson[]) =>
    (await evaluated(...records)).decisionBySide?.map(({ side, decision }) => `${side}: ${decision}`);
  const SPLIT = ['left: radiofrequency-first', 'right: diagnostic-blocks-first'];

  test.each([
    ['two sentences', 'Left side: 90% relief. Right side: 20% relief.'],
    ['one sentence', 'Left 90% relief, right 20% relief.'],
    ['sides behind', '20% relief on the right and 90% relief on the left.'],
  ])('a block, told in %s', async (_how, text) => {
    expect(await sidesOf(lbb(text))).toEqual(SPLIT);
  });

  test('a block told in a note alone', async () => {
    const text = 'Bilateral sacral lateral branch blocks 01/10/2026: left 90% relief, right 20% relief.';
    expect(await sidesOf(note('visit', '2026-02-20', text))).toEqual(SPLIT);
  });

  test('a block of the side that is ordered', async () => {
    const prefetch = prefetched({ procedures: bundle(lbb('Left 90% relief, right 20% relief.')) });
    const decided = async (side: string) =>
      (
        await reviewOrder(
          orderSign([draft({ code: { text: `Neurectomy of ${side} sacral lateral branches` } })], {
            prefetch,
          }),
        )
      ).decision;
    expect(await decided('left')).toBe('radiofrequency-first');
    expect(await decided('right')).toBe('diagnostic-blocks-first');
  });

  test('an ablation', async () => {
    const first = rfa('rfa-1', '2025-01-10', 'At 3 months left 20% relief, right 80% relief.');
    const second = {
      ...rfa('rfa-2', '2025-06-10', 'No relief at 3 months.'),
      bodySite: [{ text: 'Left SI joint' }],
    };
    expect(await sidesOf(positive, first, second)).toEqual([
      'left: individual-review',
      'right: repeat-radiofrequency',
    ]);
  });
});

test('the note of a block that tells of the one before it', async () => {
  const { steps } = await evaluated(lbb('Previous block on 5/1/2025 gave 80% relief. Today: no relief.'));
  expect(steps.find(({ id }) => id === 'diagnostic-blocks')?.state).toBe('not-met');
});

describe('therapy of another part of the body', () => {
  const therapy = (part: Readonly<Record<string, unknown>>) =>
    procedure('pt', '97110', {
      performedDateTime: undefined,
      performedPeriod: { start: '2025-01-06', end: '2025-03-10' },
      ...part,
    });

  test.each<[string, ResourceJson, string]>([
    ['of no named part counts', therapy({}), 'met'],
    ['of the back counts', therapy({ reasonCode: [{ text: 'Low back pain' }] }), 'met'],
    ['of neck and back counts', therapy({ reasonCode: [{ text: 'Neck and low back pain' }] }), 'met'],
    ['of a knee does not', therapy({ bodySite: [{ text: 'Right knee' }] }), 'unknown'],
    ['of a shoulder does not', therapy({ reasonCode: [{ text: 'Rotator cuff tear' }] }), 'unknown'],
    [
      'told for a knee does not',
      note('visit', '2026-02-20', 'Completed 12 weeks of physical therapy for her right knee.'),
      'unknown',
    ],
  ])('%s', async (_of, record, state) => {
    const { steps } = await evaluated(positive, record);
    expect(steps.find(({ id }) => id === 'conservative-care')?.state).toBe(state);
  });
});
