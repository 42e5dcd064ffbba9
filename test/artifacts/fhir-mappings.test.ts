import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadFhirMappings } from '../../src/artifacts/fhir-mappings.js';
import { compileTerminology } from '../../src/artifacts/terminology.js';
import { StartupError } from '../../src/errors.js';
import { base, conceptMap, cpt, icd, valueSet, type Json } from './small-resources.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mappings-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, content: unknown): void {
  writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
}

const start = () => compileTerminology(loadFhirMappings(folder));
const including = (...include: readonly Json[]) => valueSet({ compose: { include } });
const saying = (valueString: string) =>
  valueSet({ extension: [{ url: `${base}/StructureDefinition/text-pattern`, valueString }] });

describe('a bad file stops the start with its path and the place in it', () => {
  test.each<[string, string, unknown, string]>([
    ['no JSON', 'ValueSet-block.json', '{', 'ValueSet-block.json: '],
    ['another name than its id', 'ValueSet-x.json', valueSet(), 'ValueSet-x.json#/id: has to be the id'],
    ['no name of a resource', 'block.json', valueSet(), 'block.json: has to be named'],
    ['a type not read here', 'Patient-block.json', valueSet(), 'Patient-block.json: has to be named'],
    [
      'another canonical',
      'ValueSet-block.json',
      valueSet({ url: 'https://other.example' }),
      '#/url: has to be',
    ],
    ['a draft', 'ValueSet-block.json', valueSet({ status: 'draft' }), '#/status: '],
    ['no description', 'ValueSet-block.json', valueSet({ description: '' }), '#/description: '],
    ['neither codes nor words', 'ValueSet-block.json', valueSet({ compose: undefined }), '#: '],
    ['an unknown member', 'ValueSet-block.json', valueSet({ expansion: {} }), '#: must NOT have additional'],
    [
      'compose.exclude, which is not read',
      'ValueSet-block.json',
      valueSet({ compose: { include: [{ system: cpt }], exclude: [] } }),
      '#/compose: must NOT',
    ],
    [
      'a code without a display',
      'ValueSet-block.json',
      including({ system: cpt, concept: [{ code: '1' }] }),
      '#/compose/include/0/concept/0: ',
    ],
    [
      'codes and a filter at once',
      'ValueSet-block.json',
      including({
        system: icd,
        concept: [{ code: '1', display: 'd' }],
        filter: [{ property: 'concept', op: 'is-a', value: 'M45' }],
      }),
      '#/compose/include/0: ',
    ],
    [
      'is-a where codes do not continue',
      'ValueSet-block.json',
      including({ system: cpt, filter: [{ property: 'concept', op: 'is-a', value: '644' }] }),
      '#/compose/include/0/filter: is-a needs',
    ],
    [
      'a free regular expression',
      'ValueSet-block.json',
      including({
        system: icd,
        filter: [
          { property: 'concept', op: 'is-a', value: 'S32' },
          { property: 'code', op: 'regex', value: '.*' },
        ],
      }),
      '#/compose/include/0/filter: a regex',
    ],
    [
      'an import of nothing',
      'ValueSet-block.json',
      including({ valueSet: [`${base}/ValueSet/none`] }),
      '#/compose/include/0/valueSet: ',
    ],
    [
      'an import of itself',
      'ValueSet-block.json',
      including({ valueSet: [`${base}/ValueSet/block`] }),
      '#/compose/include/0/valueSet: ',
    ],
    [
      'a phrase that cannot be read',
      'ValueSet-block.json',
      saying('(block'),
      '#/extension/0: a bracket is not closed',
    ],
    [
      'a map to a concept that is none',
      'ConceptMap-local.json',
      conceptMap({}, { code: 'none', equivalence: 'equal' }),
      '#/group/0/element/0/target: is in no ValueSet',
    ],
    [
      'a map without a target code',
      'ConceptMap-local.json',
      conceptMap({}, { equivalence: 'equal' }),
      '#/group/0/element/0/target/0: ',
    ],
    [
      'a cue of an unknown kind',
      'CodeSystem-text-cue.json',
      {
        resourceType: 'CodeSystem',
        id: 'text-cue',
        url: `${base}/CodeSystem/text-cue`,
        version: '1',
        name: 'C',
        status: 'active',
        content: 'complete',
        concept: [{ code: 'maybe' }],
      },
      '#/concept/0/code: ',
    ],
    [
      'a naming system without names',
      'NamingSystem-x.json',
      {
        resourceType: 'NamingSystem',
        id: 'x',
        name: 'X',
        status: 'active',
        kind: 'codesystem',
        date: '2026',
        uniqueId: [],
      },
      '#/uniqueId: ',
    ],
  ])('%s', (_name, file, content, message) => {
    write(file, content);
    expect(start).toThrow(StartupError);
    expect(start).toThrow(message);
  });

  test('a folder that is not there', () => {
    expect(() => loadFhirMappings(join(folder, 'none'))).toThrow('is not a folder that can be read');
  });

  test('files that are no JSON by name are left alone', () => {
    write('README.md', 'words');
    write('ValueSet-block.json', valueSet());
    expect(start().conceptsOfCoding({ system: cpt, code: '64451' })).toEqual(['block']);
  });
});
