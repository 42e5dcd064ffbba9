/** Which observations are provocation tests of the sacroiliac joint: what is counted on the card shows who is heard. */
import { bundle, draft, orderSign, PATIENT, prefetched, review } from './service.js';

const observation = (id: string, name: string, result: boolean | string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: name },
  subject: { reference: `Patient/${PATIENT}` },
  effectiveDateTime: '2026-03-10',
  valueCodeableConcept: { text: typeof result === 'string' ? result : result ? 'Positive' : 'Negative' },
});

/** What the card says of the tests, with two others that are surely known: one positive, one negative. */
async function countedWith(name: string, result: boolean | string): Promise<string | undefined> {
  const known = [observation('k1', 'Thigh thrust', true), observation('k2', 'Gaenslen test', false)];
  const prefetch = prefetched({ observations: bundle(...known, observation('o', name, result)) });
  const { cards } = await review(orderSign([draft()], { prefetch }));
  return /\d+ of \d+ recorded/.exec(cards.map(({ detail }) => detail ?? '').join('\n'))?.[0];
}

describe('a provocation test is known by its name', () => {
  test.each([
    'ASIS distraction test',
    'Distraction',
    'distraction',
    'Compression',
    'Gapping',
    'Pelvic compression',
  ])('%s', async (name) => {
    expect(await countedWith(name, true)).toBe('2 of 3 recorded');
    expect(await countedWith(name, false)).toBe('1 of 3 recorded');
  });

  test.each([
    'Cervical distraction',
    'Cord compression',
    'Nerve compression',
    'Vertebral compression',
    'Decompression',
  ])('and %s is none', async (name) => {
    expect(await countedWith(name, true)).toBe('1 of 2 recorded');
  });
});

test.each([
  ['Positive: groin pain', '1 of 2 recorded'],
  ['Positive, reproduces groin pain', '1 of 2 recorded'],
  ['Reproduced inguinal pain', '1 of 2 recorded'],
  ['Positive: buttock and groin pain', '2 of 3 recorded'],
  ['Positive, no groin pain', '2 of 3 recorded'],
])('a test felt in the groin alone is a sign of the hip: FABER, %s', async (result, counted) => {
  expect(await countedWith('FABER', result)).toBe(counted);
});
