/** What a client's folder of mappings may hold is checked at the start: a bad file stops it, by setting, file and place. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StartupError } from '../../src/errors.js';
import type { Dialect } from '../../src/http/trust/trusted-client.types.js';
import { reviewingFor } from './reviewing.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'site-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = (dialect: Dialect, mappings = folder) =>
  reviewingFor({ fhirServer: 'http://127.0.0.1:1/fhir', dialect, mappings });

function problemOf(dialect: Dialect, mappings?: string): string {
  try {
    start(dialect, mappings);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
    throw error;
  }
  throw new Error('it started');
}

type Site = 'epic' | 'oracle';
const FILES = { epic: 'ConceptMap-proposed-orders.json', oracle: 'ConceptMap-local-order-codes.json' };

/** The site's file of the tests with one text replaced. */
function copy(site: Site, from: string, to: string): void {
  cpSync(`test/ehr-shapes/sites/${site}`, folder, { recursive: true });
  const file = join(folder, FILES[site]);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('a folder that is wrong stops the start', () => {
  test.each<[string, Site, readonly [string, string], string]>([
    ['no JSON', 'oracle', ['{', ''], 'ConceptMap-local-order-codes.json'],
    ['a member nobody reads', 'oracle', ['"version"', '"versoin"'], 'ConceptMap-local-order-codes.json#'],
    [
      'a concept that does not exist',
      'oracle',
      ['"code": "neurectomy-order"', '"code": "nuerectomy-order"'],
      'ConceptMap-local-order-codes.json#/group/0/element/0/target',
    ],
    [
      'a phrase that cannot be read',
      'oracle',
      ['(neuro)? proc 772', '(neuro proc 772'],
      'ConceptMap-local-order-codes.json#/group/2/element/0',
    ],
    [
      'a key that proposes no order',
      'oracle',
      ['"code": "replace-by-rfa"', '"code": "withdraw"'],
      'ConceptMap-local-order-codes.json#/group/3/element/0/code: has to be one of replace-by-rfa,',
    ],
    [
      'a system in which Epic finds no order',
      'epic',
      ['preference-list-item', 'preference-list'],
      'ConceptMap-proposed-orders.json#/group/0/target: has to be one of urn:com.epic',
    ],
  ])('%s', (_name, site, [from, to], place) => {
    copy(site, from, to);
    const problem = problemOf(site);
    expect(problem).toMatch(/^STEPWISE_CLIENTS \[0\]\.mappings: /);
    expect(problem).toContain(place);
  });

  test('a folder that is not there', () => {
    expect(problemOf('oracle', join(folder, 'none'))).toMatch(
      /^STEPWISE_CLIENTS \[0\]\.mappings: .*none: is not a folder that can be read$/,
    );
  });

  test('a value set: what the policy means is no matter of a site', () => {
    writeFileSync(join(folder, 'ValueSet-neurectomy-order.json'), '{}');
    expect(problemOf('standard')).toContain('a site adds ConceptMaps and NamingSystems only');
  });
});

test.each<[Dialect, string]>([
  ['epic', 'test/ehr-shapes/sites/epic'],
  ['oracle', 'test/ehr-shapes/sites/oracle'],
  ['standard', 'test/ehr-shapes/sites/oracle'],
])('a good folder for %s starts', async (dialect, mappings) => {
  await start(dialect, mappings).close();
});

test('an Epic site that maps everything proposed is not warned of anything', async () => {
  const reviewing = start('epic', 'test/ehr-shapes/sites/epic');
  expect(reviewing.lines()).toEqual([]);
  await reviewing.close();
});

test('the examples of docs/dialects.md start', async () => {
  const page = readFileSync('docs/dialects.md', 'utf8');
  const examples = [...page.matchAll(/```json\n(\{[^]*?\n\})\n```/g)].map(([, example = '']) => example);
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const { id } = JSON.parse(example) as { id: string };
    writeFileSync(join(folder, `ConceptMap-${id}.json`), example);
  }
  await start('epic').close();
});
