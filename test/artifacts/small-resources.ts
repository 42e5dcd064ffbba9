export type Json = Record<string, unknown>;

export const base = 'https://stepwise-cds.example/fhir';
export const cpt = 'http://www.ama-assn.org/go/cpt';
export const icd = 'http://hl7.org/fhir/sid/icd-10-cm';

/** A whole value set `block` holding CPT 64451, or with some members changed. */
export function valueSet(change: Json = {}): Json {
  return {
    resourceType: 'ValueSet',
    id: 'block',
    url: `${base}/ValueSet/block`,
    version: '1.0.0',
    name: 'Block',
    title: 'Block',
    status: 'active',
    publisher: 'Stepwise CDS',
    description: 'A block.',
    compose: { include: [{ system: cpt, concept: [{ code: '64451', display: 'Block' }] }] },
    ...change,
  };
}

/** A whole map `local` from a dictionary's `B 1` to a target. */
export function conceptMap(
  change: Json = {},
  target: Json = { code: 'block', equivalence: 'equivalent' },
): Json {
  return {
    resourceType: 'ConceptMap',
    id: 'local',
    url: 'https://ehr.example/ConceptMap/local',
    version: '1',
    name: 'Local',
    status: 'active',
    group: [
      {
        source: 'https://ehr.example/dictionary',
        target: `${base}/CodeSystem/concept`,
        element: [{ code: 'B 1', target: [target] }],
      },
    ],
    ...change,
  };
}
