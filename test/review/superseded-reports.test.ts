/**
 * Which report an amended one takes the place of. A red flag shows who is heard: where it is not certain that two
 * reports are versions of one, both are read.
 */
import { bundle, draft, orderSign, prefetched, reviewOrder } from './service.js';

type Part = Readonly<Record<string, unknown>>;

const LUMBAR = { coding: [{ system: 'http://loinc.org', code: '24968-0' }], text: 'MRI lumbar spine' };
const GENERIC = { coding: [{ system: 'http://loinc.org', code: '75490-3' }], text: 'Radiology Reports' };
const FRACTURE = { conclusion: 'MRI lumbar spine. IMPRESSION: Acute compression fracture of L3.' };
const CLEAR = { conclusion: 'MRI lumbar spine. IMPRESSION: No fracture.' };
const HIP = { conclusion: 'X-ray left hip. IMPRESSION: Mild osteoarthritis of the hip.' };
const NUMBER = { identifier: [{ system: 'urn:ris', value: '4711' }] };

const report = (id: string, part: Part) => ({
  resourceType: 'DiagnosticReport',
  id,
  subject: { reference: 'Patient/p1' },
  status: 'final',
  code: LUMBAR,
  effectiveDateTime: '2026-02-01',
  ...part,
});

async function isHeard(first: Part, second: Part): Promise<boolean> {
  const prefetch = prefetched({ diagnosticReports: bundle(report('a', first), report('z', second)) });
  return (await reviewOrder(orderSign([draft()], { prefetch }))).decision === 'urgent-evaluation';
}

const issued = (time: string) => ({ issued: time });
const amended = (part: Part) => ({ status: 'amended', ...part });

describe('a fracture that no version takes back', () => {
  test.each<[string, Part, Part]>([
    [
      'another examination of the day, amended, under the same generic code',
      { code: GENERIC, ...FRACTURE, ...issued('2026-02-01T10:00:00Z') },
      amended({ code: GENERIC, ...HIP, ...issued('2026-02-01T12:00:00Z') }),
    ],
    [
      'the same, by words alone',
      { code: { text: 'Radiology Report' }, ...FRACTURE },
      amended({ code: { text: 'Radiology Report' }, ...HIP }),
    ],
    [
      'the same, sharing a number of one system',
      { ...NUMBER, code: GENERIC, ...FRACTURE },
      amended({ ...NUMBER, code: GENERIC, ...HIP }),
    ],
    [
      'another code under the same number of one system',
      { ...NUMBER, ...FRACTURE },
      amended({ ...NUMBER, code: { text: 'MRI pelvis' }, ...HIP }),
    ],
    [
      'a number without a system, under a generic code',
      { identifier: [{ value: '4711' }], code: GENERIC, ...FRACTURE },
      amended({ identifier: [{ value: '4711' }], code: GENERIC, ...CLEAR }),
    ],
    [
      'two numbers of one system on one day',
      { ...NUMBER, ...FRACTURE },
      amended({ identifier: [{ system: 'urn:ris', value: '4712' }], ...CLEAR }),
    ],
    [
      'two sides of one code on one day',
      { code: { ...LUMBAR, text: 'MRI lumbar spine, left' }, ...FRACTURE },
      amended({ code: { ...LUMBAR, text: 'MRI lumbar spine, right' }, ...CLEAR }),
    ],
    ['amended itself, beside the first version, neither with a time', amended(FRACTURE), CLEAR],
    [
      'amended later than the first version, by the instant',
      amended({ ...FRACTURE, ...issued('2026-02-01T23:00:00-05:00') }),
      { ...CLEAR, ...issued('2026-02-02T01:00:00Z') },
    ],
    [
      'amended, and a later entry was made in error',
      amended({ ...FRACTURE, ...issued('2026-02-01T10:00:00Z') }),
      { ...CLEAR, status: 'entered-in-error', ...issued('2026-02-02T10:00:00Z') },
    ],
    [
      'amended, and a later entry was cancelled',
      amended({ ...FRACTURE, ...issued('2026-02-01T10:00:00Z') }),
      { ...CLEAR, status: 'cancelled', ...issued('2026-02-02T10:00:00Z') },
    ],
    [
      'a final version that was issued after the amended one',
      { ...FRACTURE, ...issued('2026-02-03T10:00:00Z') },
      amended({ ...CLEAR, ...issued('2026-02-02T10:00:00Z') }),
    ],
    ['two amended versions of which nobody knows the later', amended(FRACTURE), amended(CLEAR)],
    [
      'two amended versions of one day, to the day',
      amended({ ...FRACTURE, ...issued('2026-02-02') }),
      amended({ ...CLEAR, ...issued('2026-02-02T10:00:00Z') }),
    ],
  ])('%s: heard', async (_name, first, second) => {
    expect(await isHeard(first, second)).toBe(true);
    expect(await isHeard(second, first)).toBe(true);
  });
});

describe('a fracture that a true amendment takes back', () => {
  test.each<[string, Part, Part]>([
    ['one code and day, no times', FRACTURE, amended(CLEAR)],
    ['one number of one system', { ...NUMBER, ...FRACTURE }, amended({ ...NUMBER, ...CLEAR })],
    [
      'one number under a generic code, of one region',
      { ...NUMBER, code: GENERIC, ...FRACTURE },
      amended({ ...NUMBER, code: GENERIC, ...CLEAR }),
    ],
    [
      'later by the instant, earlier by its letters',
      { ...FRACTURE, ...issued('2026-02-02T01:00:00Z') },
      amended({ ...CLEAR, ...issued('2026-02-01T23:00:00-05:00') }),
    ],
    ['a preliminary one', { ...FRACTURE, status: 'preliminary' }, amended(CLEAR)],
    [
      'of two amended ones the earlier',
      amended({ ...FRACTURE, ...issued('2026-02-02T10:00:00Z') }),
      amended({ ...CLEAR, ...issued('2026-02-03T10:00:00Z') }),
    ],
  ])('%s: not heard', async (_name, first, second) => {
    expect(await isHeard(first, second)).toBe(false);
    expect(await isHeard(second, first)).toBe(false);
  });
});
