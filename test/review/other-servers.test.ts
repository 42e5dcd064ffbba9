/**
 * A patient of the same id on another server may be anybody: a record of theirs is no evidence, and not taken for
 * somebody else's either, for a server may have a second name. A call without a server has no other.
 */
import {
  bundle,
  draft,
  orderSign,
  physicalTherapy,
  post,
  prefetched,
  procedure,
  review,
  reviewOrder,
} from './service.js';

const SERVER = 'http://127.0.0.1:9/fhir';
const failed = (id: string, performedDateTime: string, patient: string) =>
  procedure(id, '64625', {
    performedDateTime,
    subject: { reference: patient },
    bodySite: [{ text: 'Sacroiliac joint, bilateral' }],
    note: [{ text: 'Cooled RFA, bilateral. 20% relief at 3 months.' }],
  });
const block = procedure('lbb', '64451', {
  note: [{ text: 'Bilateral. 85% relief of usual pain for 6 hours.' }],
});

async function reviewed(patient: string, fhirServer: string | undefined = SERVER, order = draft()) {
  const ablations = [failed('r1', '2024-05-01', patient), failed('r2', '2025-03-01', patient)];
  const procedures = bundle(physicalTherapy(), block, ...ablations);
  const prefetch = prefetched({ procedures });
  const server = fhirServer === '' ? {} : { fhirServer };
  const { extension } = await review(orderSign([order], { prefetch, ...server }));
  const evaluation = extension?.['stepwise-cds.evaluation'];
  const data = evaluation?.data.find(({ kind }) => kind === 'procedures');
  const ablation = evaluation?.orders[0]?.steps.find(({ id }) => id === 'radiofrequency-ablation');
  return [data?.state, data?.count, ablation?.attempts?.counted ?? 0];
}

test.each([
  'Patient/p1',
  `${SERVER}/Patient/p1`,
  `${SERVER}/Patient/p1/_history/3`,
  'https://127.0.0.1:9/fhir/Patient/p1',
])('CTX-9: %s is the patient', async (patient) => {
  expect(await reviewed(patient)).toEqual(['complete', 4, 2]);
});

test.each([
  'http://evil.example/Patient/p1',
  'http://evil.example/fhir/Patient/p1',
  'http://127.0.0.1:9/other/fhir/Patient/p1',
  'http://127.0.0.1:9/Patient/p1',
  '//127.0.0.1:9/fhir/Patient/p1',
  'other/Patient/p1',
])('CTX-9: %s is a patient of another server: no evidence, and the kind is not whole', async (patient) => {
  expect(await reviewed(patient)).toEqual(['partial', 2, 0]);
});

test('without a server of the call everything was sent along, and absolute references are of where it came from', async () => {
  expect(await reviewed('https://ehr.example/fhir/Patient/p1', '')).toEqual(['complete', 4, 2]);
});

test.each(['Patient/other/Patient/p1', 'other/Patient/p1', 'ftp://ehr.example/Patient/p1'])(
  'without a server of the call %s is no address of the patient',
  async (patient) => {
    expect(await reviewed(patient, '')).toEqual(['partial', 2, 0]);
  },
);

test.each([
  [`${SERVER}/Patient/p1`, true],
  ['http://evil.example/Patient/p1', false],
])('an order for %s is one of this call: %s', async (reference, isOurs) => {
  const request = orderSign([draft({ subject: { reference } })], {
    prefetch: prefetched(),
    fhirServer: SERVER,
  });
  const { cards } = (await post(request).expect(200)).body as { cards: unknown[] };
  expect(cards.length > 0).toBe(isOurs);
});

describe('CTX-9: what points to a procedure of another server says nothing of the one here with that id', () => {
  const bilateral = procedure('lbb', '64451', { bodySite: [{ text: 'Bilateral' }] });
  const subject = { reference: 'Patient/p1' };
  const relief = (reference: string) => ({
    ...{ resourceType: 'Observation', id: 'o', status: 'final', subject },
    ...{ code: { text: 'Pain relief' }, valueQuantity: { value: 85, unit: '%', code: '%' } },
    ...{ effectiveDateTime: '2026-01-10', partOf: [{ reference }] },
  });
  const note = (reference: string) => ({
    ...{ resourceType: 'DocumentReference', id: 'n', status: 'current', subject },
    ...{
      date: '2026-01-10T12:00:00Z',
      type: { text: 'Procedure note' },
      context: { related: [{ reference }] },
    },
    content: [{ attachment: { contentType: 'text/plain', data: btoa('Tolerated well. 85% relief.') } }],
  });

  async function blocks(given: Readonly<Record<string, unknown>>) {
    const prefetch = prefetched({ procedures: bundle(bilateral), ...given });
    const { steps } = await reviewOrder(orderSign([draft()], { prefetch, fhirServer: SERVER }));
    return steps.find(({ id }) => id === 'diagnostic-blocks')?.state;
  }

  test.each([
    ['Procedure/lbb', 'met'],
    [`${SERVER}/Procedure/lbb`, 'met'],
    ['http://elsewhere.example/fhir/Procedure/lbb', 'unknown'],
  ])('%s', async (reference, state) => {
    expect(await blocks({ observations: bundle(relief(reference)) })).toBe(state);
    expect(await blocks({ documents: bundle(note(reference)) })).toBe(state);
  });
});
