/**
 * A patient of the same id on another server may be anybody: a record of theirs is no evidence, and not taken for
 * somebody else's either, for a server may have a second name. A call without a server has no other.
 */
import { bundle, draft, orderSign, physicalTherapy, post, prefetched, procedure, review } from './service.js';

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
