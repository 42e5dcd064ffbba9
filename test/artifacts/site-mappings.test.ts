import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFhirMappings } from '../../src/artifacts/fhir-mappings.js';
import { compileTerminology } from '../../src/artifacts/terminology.js';
import { base, conceptMap, cpt, valueSet, type Json } from './small-resources.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mappings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: Json): void {
  writeFileSync(join(folder, name), JSON.stringify(content));
}

describe('a site adds what its dictionary says', () => {
  let site: string;
  beforeEach(() => {
    site = mkdtempSync(join(tmpdir(), 'site-'));
    write('ValueSet-block.json', valueSet());
    write('ConceptMap-local.json', conceptMap());
  });
  afterEach(() => {
    rmSync(site, { recursive: true });
  });
  const writeSite = (name: string, content: Json) => {
    writeFileSync(join(site, name), JSON.stringify(content));
  };
  const withSite = () => compileTerminology(loadFhirMappings(folder, site));
  const ofLocal = (code: string) =>
    withSite().conceptsOfCoding({ system: 'https://ehr.example/dictionary', code });

  test('a map of its own beside those shipped', () => {
    writeSite('ConceptMap-more.json', {
      ...conceptMap(),
      id: 'more',
      group: [
        {
          source: 'https://ehr.example/dictionary',
          target: cpt,
          element: [{ code: 'B2', target: [{ code: '64451', equivalence: 'wider' }] }],
        },
      ],
    });
    expect([ofLocal('B 1'), ofLocal('b2')]).toEqual([['block'], ['block']]);
  });

  test('a map of the same name in place of the one shipped', () => {
    writeSite('ConceptMap-local.json', conceptMap({}, { equivalence: 'unmatched' }));
    expect(ofLocal('B 1')).toEqual([]);
  });

  test('phrases of its own', () => {
    writeSite('ConceptMap-words.json', {
      ...conceptMap(),
      id: 'words',
      group: [
        {
          source: `${base}/CodeSystem/phrase`,
          target: `${base}/CodeSystem/concept`,
          element: [
            { code: 'sacral (nerve)? numbing', target: [{ code: 'block', equivalence: 'equivalent' }] },
          ],
        },
      ],
    });
    expect(withSite().conceptsOfText('SACRAL NUMBING')).toEqual(['block']);
  });

  test('a name of its own for a code system', () => {
    writeSite('NamingSystem-cpt.json', {
      resourceType: 'NamingSystem',
      id: 'cpt',
      name: 'Cpt',
      status: 'active',
      kind: 'codesystem',
      date: '2026-11-23',
      uniqueId: [
        { type: 'uri', value: cpt, preferred: true },
        { type: 'oid', value: '1.2.3' },
      ],
    });
    expect(withSite().conceptsOfCoding({ system: 'urn:oid:1.2.3', code: '64451' })).toEqual(['block']);
  });

  test("but no value set: those are the policy's", () => {
    writeSite('ValueSet-block.json', valueSet());
    expect(withSite).toThrow('a site adds ConceptMaps and NamingSystems only');
  });
});

describe('an import brings codes and words of the other value set', () => {
  test('of the imported, and of what that imports', () => {
    const pattern = [{ url: `${base}/StructureDefinition/text-pattern`, valueString: 'nerve block' }];
    const other = (id: string, from: string) =>
      valueSet({
        id,
        url: `${base}/ValueSet/${id}`,
        compose: { include: [{ valueSet: [`${base}/ValueSet/${from}`] }] },
      });
    write('ValueSet-block.json', valueSet({ extension: pattern }));
    write('ValueSet-past.json', other('past', 'block'));
    write('ValueSet-passed.json', other('passed', 'past'));
    const terminology = compileTerminology(loadFhirMappings(folder));
    expect([...terminology.conceptsOfCoding({ system: cpt, code: '64451' })].sort()).toEqual([
      'block',
      'passed',
      'past',
    ]);
    expect([...terminology.conceptsOfText('nerve block')].sort()).toEqual(['block', 'passed', 'past']);
  });
});
