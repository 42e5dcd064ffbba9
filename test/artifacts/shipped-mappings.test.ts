import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fhir } from 'fhir';
import { VERIFICATION } from '../../src/artifacts/canonical.js';
import { loadPolicy, valueSetsOf } from '../../src/artifacts/policy.js';
import { compileTerminology, idsOf } from '../../src/artifacts/terminology.js';
import { hooksFolder, mappings, mappingsFolder, terminology } from './shipped.js';

describe('what is shipped', () => {
  const resources = [
    ...mappings.valueSets,
    ...mappings.conceptMaps,
    ...mappings.namingSystems,
    ...mappings.codeSystems,
  ];

  test.each(
    resources.map((resource) => [`${resource.resourceType}-${resource.id ?? ''}`, resource] as const),
  )('%s is a valid R4 resource', (_name, resource) => {
    const { valid, messages } = new Fhir().validate(resource);
    expect({ valid, messages: messages.filter(({ severity }) => String(severity) === 'error') }).toEqual({
      valid: true,
      messages: [],
    });
  });

  test('every value set that the policy names exists', () => {
    const { policy } = loadPolicy(hooksFolder, 'sij-neurectomy-review');
    const missing = [...valueSetsOf(policy)].filter((id) => !idsOf(mappings.valueSets).has(id));
    expect(missing).toEqual([]);
  });

  test('every list of codes says how sure it is and by which source', () => {
    const unsaid = mappings.valueSets.flatMap(({ id, compose }) =>
      (compose?.include ?? [])
        .filter(({ system, extension }) => system && extension?.[0]?.url !== VERIFICATION)
        .map(() => id),
    );
    expect(unsaid).toEqual([]);
  });

  test('the example of local order codes works as it stands', () => {
    const local = (code: string) =>
      terminology.conceptsOfCoding({ system: 'https://ehr.example/order-dictionary', code });
    expect(local('SLB-NEURECTOMY-EXAMPLE')).toEqual(['neurectomy-order']);
    expect(local('SIJ-RFA-EXAMPLE')).toEqual(['sacral-lateral-branch-rfa']);
  });

  test('the order of files changes nothing', () => {
    const turned = compileTerminology({ ...mappings, valueSets: mappings.valueSets.toReversed() });
    const text = 'RFA of L4-5 medial branches and S1-S3 lateral branches';
    expect([...turned.conceptsOfText(text)].sort()).toEqual([...terminology.conceptsOfText(text)].sort());
  });

  test('file names are ids: nothing is shipped that is not loaded', () => {
    const read = JSON.parse(readFileSync(join(mappingsFolder, 'ValueSet-sij-pain.json'), 'utf8'));
    expect(mappings.valueSets).toContainEqual(read);
  });
});
