/** Which orders of medicines say that one is taken: bleeding risk shows who is heard. */
import { seen } from './left-chart.js';
import { PATIENT } from './service.js';

const WARFARIN = { coding: [{ system: 'http://www.nlm.nih.gov/research/umls/rxnorm', code: '11289' }] };

function medicine(part: Readonly<Record<string, unknown>>): object {
  return {
    resourceType: 'MedicationRequest',
    id: 'm',
    status: 'active',
    intent: 'order',
    subject: { reference: `Patient/${PATIENT}` },
    authoredOn: '2026-02-01',
    ...part,
  };
}

const isHeard = async (part: Readonly<Record<string, unknown>>) =>
  (await seen({ medicines: [medicine(part)] })).notes.includes('anticoagulation');

describe('a medicine is told by', () => {
  const inside = { resourceType: 'Medication', id: 'inside', code: WARFARIN };

  test.each<[string, Readonly<Record<string, unknown>>, boolean]>([
    ['its concept', { medicationCodeableConcept: WARFARIN }, true],
    ['the words of a concept', { medicationCodeableConcept: { text: 'Warfarin 5 mg tablet' } }, true],
    [
      'the Medication inside it',
      { contained: [inside], medicationReference: { reference: '#inside' } },
      true,
    ],
    ['the words of a reference', { medicationReference: { display: 'warfarin 5 mg oral tablet' } }, true],
    [
      'no Medication that it does not name',
      { contained: [inside], medicationReference: { reference: '#other' } },
      false,
    ],
    [
      'no other resource inside it',
      {
        contained: [{ ...inside, resourceType: 'Substance' }],
        medicationReference: { reference: '#inside' },
      },
      false,
    ],
    [
      'nothing where it is another',
      { medicationCodeableConcept: { text: 'Ondansetron 4 mg tablet' } },
      false,
    ],
    ['nothing where nothing is told', {}, false],
  ])('%s', async (_by, part, heard) => {
    expect(await isHeard(part)).toBe(heard);
  });
});

describe('a medicine is taken where it is ordered and active', () => {
  test.each<[Readonly<Record<string, unknown>>, boolean]>([
    [{}, true],
    [{ intent: 'instance-order' }, true],
    [{ doNotPerform: false }, true],
    [{ doNotPerform: true }, false],
    [{ status: 'cancelled' }, false],
    [{ status: 'entered-in-error' }, false],
    [{ status: 'draft' }, false],
    [{ status: 'unknown' }, false],
    [{ status: 'stopped' }, false],
    [{ status: 'completed' }, false],
    [{ intent: 'proposal' }, false],
    [{ intent: 'plan' }, false],
    [{ intent: 'option' }, false],
  ])('%j: %p', async (part, heard) => {
    expect(await isHeard({ medicationCodeableConcept: WARFARIN, ...part })).toBe(heard);
  });
});
