/** Words that cards.json keeps for single answers, considerations and notes: they have to name ones that the policy has. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServiceOverrides } from '../../src/artifacts/overrides.js';
import { loadPolicy } from '../../src/artifacts/policy.js';
import { loadWords } from '../../src/artifacts/words.js';

const SERVICE = 'sij-neurectomy-review';
const { policy } = loadPolicy('hooks', SERVICE);

const folder = mkdtempSync(join(tmpdir(), 'stepwise-words-'));
beforeAll(() => {
  cpSync('hooks', folder, { recursive: true });
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Loads the product's words with one text in them changed. */
function loadedWith(was: string, is: string, overrides: ServiceOverrides = {}) {
  const words = readFileSync(join('hooks', SERVICE, 'cards.json'), 'utf8');
  expect(words).toContain(was);
  writeFileSync(join(folder, SERVICE, 'cards.json'), words.replace(was, is));
  return loadWords(folder, policy, overrides);
}

test.each([
  ['a state of an answer that the step cannot give', '"wore-off": "worked before"', '"wore-out": "x"'],
  ['a variant of an unknown consideration', 'consideration:implanted-device', 'consideration:implant'],
  ['a variant of an unknown note', 'note:pregnancy', 'note:pregnant'],
  ['a variant of which one part is unknown', 'wore-off+consideration:rfa-declined', 'wore-off+note:rfa'],
])('%s stops the start', (_what, was, is) => {
  expect(() => loadedWith(was, is)).toThrow(/names no answer/u);
});

test('a placeholder in the word of a state that has no such value stops it', () => {
  expect(() => loadedWith('"wore-off": "worked before"', '"wore-off": "{counted} worked"')).toThrow(
    /\{counted\} is not a declared placeholder/u,
  );
});

test('a variant names caveats that there are', () => {
  const was = '"caveats": ["radiofrequency", "implants", "neurectomy"]';
  expect(() => loadedWith(was, '"caveats": ["stimulators"]')).toThrow(/there is no caveat stimulators/u);
});

test('a site says the state of an answer in its own words', () => {
  const answers = { 'wore-off': 'helped before' };
  const changes = { states: { 'radiofrequency-ablation': { answers } } };
  const words = loadedWith('', '', { cards: { place: 'site.json', changes } });
  expect(words.states['radiofrequency-ablation'].answers?.['wore-off']).toBe('helped before');
  expect(words.states['radiofrequency-ablation'].answers?.['too-recent']).toBe('too recent');
});
