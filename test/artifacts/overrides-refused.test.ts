import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadServices } from '../../src/artifacts/services.js';
import { StartupError } from '../../src/errors.js';
import { hooksFolder, mappings } from './shipped.js';
import { file, folder, load, SERVICE, withCards, withPolicy } from './site.js';

describe('what cannot be set stops the start, naming the place', () => {
  const refused = (content: unknown): string => {
    try {
      load(content);
    } catch (error) {
      if (error instanceof StartupError) return error.message;
      throw error;
    }
    throw new Error('it started');
  };

  test.each<[string, unknown, string]>([
    ['an unknown service', { 'knee-review': { policy: {} } }, '#/knee-review: there is no such service'],
    ['an unknown file', { [SERVICE]: { service: {} } }, `#/${SERVICE}: must NOT have additional properties`],
    [
      'an unknown criterion',
      withPolicy({ criteria: { 'knee-block': { sentence: 'x' } } }),
      `#/${SERVICE}/policy/criteria/knee-block: is not known there`,
    ],
    [
      'an unknown parameter',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumJoy: 3 } } } }),
      '/criteria/diagnostic-blocks/params/minimumJoy: is not known there',
    ],
    [
      'a member of every object',
      withPolicy({ criteria: { constructor: { sentence: 'x' } } }),
      '/criteria/constructor: is not known there',
    ],
    [
      'an unknown answer',
      withPolicy({ criteria: { 'red-flags': { says: { maybe: { reason: 'x' } } } } }),
      '/criteria/red-flags/says/maybe: is not known there',
    ],
    [
      'an unknown word',
      withCards({ caveats: { 'a/b': 'x' } }),
      `#/${SERVICE}/cards/caveats/a~1b: is not known there`,
    ],
    [
      'an unknown variant',
      withCards({ decisions: { 'individual-review': { variants: { 'red-flags:found': { advice: 'x' } } } } }),
      '/decisions/individual-review/variants/red-flags:found: is not known there',
    ],
    [
      'text for a number',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumPositive: '2' } } } }),
      '/params/minimumPositive: must be number',
    ],
    [
      'a number for a quantity',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumRelief: 80 } } } }),
      '/params/minimumRelief: has to be an object',
    ],
    [
      'a quantity for a number',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumPositive: { value: 2 } } } } }),
      '/params/minimumPositive: has to be a number',
    ],
    [
      'another unit',
      withPolicy({
        criteria: { 'conservative-care': { params: { minimumDuration: { value: 3, unit: 'mo' } } } },
      }),
      '/minimumDuration/unit: has to stay wk: the sentences name it',
    ],
    [
      'a number out of range',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumRelief: { value: 101 } } } } }),
      '/params/minimumRelief/value: must be <= 100',
    ],
    [
      'an equivocal relief above a positive one',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumRelief: { value: 40 } } } } }),
      '/params/equivocalRelief: has to be at most minimumRelief',
    ],
    [
      'more blocks required than recommended',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { minimumPositive: 3 } } } }),
      '/params/minimumPositive: has to be at most recommendedPositive',
    ],
    [
      'a list',
      withPolicy({ criteria: { 'diagnostic-blocks': { params: { targets: { value: 1 } } } } }),
      '/params/targets/value: is not known there',
    ],
    [
      'the rules of a decision',
      withPolicy({ decisions: { 'individual-review': { any: [] } } }),
      '/decisions/individual-review: must NOT have additional properties',
    ],
    ['an indicator', withCards({ infoCard: { indicator: 'critical' } }), '/cards/infoCard: must NOT have'],
    [
      'the code of a proposed order',
      withCards({ suggestions: { 'replace-by-rfa': { order: { code: '64635' } } } }),
      '/suggestions/replace-by-rfa/order: must NOT have additional properties',
    ],
    [
      'a placeholder that a decision does not have',
      withCards({ decisions: { 'radiofrequency-first': { summary: 'See {physician}' } } }),
      '/decisions/radiofrequency-first: {physician} is not a declared placeholder',
    ],
    [
      'a placeholder that an answer does not have',
      withPolicy({ criteria: { 'diagnostic-blocks': { says: { positive: { reason: '{joy} %' } } } } }),
      '/says/positive: {joy} is not a declared placeholder',
    ],
    [
      'a parameter that a sentence does not have',
      withPolicy({ criteria: { 'diagnostic-blocks': { sentence: 'At least {minimumJoy}.' } } }),
      '/sentence: {minimumJoy} is not a declared placeholder',
    ],
    [
      'a summary that does not fit (CARD-2)',
      withCards({ decisions: { 'radiofrequency-first': { summary: 'x'.repeat(140) } } }),
      '/decisions/radiofrequency-first: a summary has to fit in 139 characters',
    ],
    [
      'an empty word',
      withCards({ phrases: { more: '' } }),
      '/cards/phrases/more: must NOT have fewer than 1',
    ],
    ['a list instead of services', [], '#: must be object'],
  ])('%s', (_what, content, place) => {
    expect(refused(content)).toContain(place);
    expect(refused(content)).toContain(file);
  });

  test('a summary of exactly 139 characters is taken', () => {
    const summary = 'x'.repeat(139);
    expect(load(withCards({ decisions: { 'radiofrequency-first': { summary } } })).words).toMatchObject({
      decisions: { 'radiofrequency-first': { summary } },
    });
  });

  test('a file that is missing, or is no JSON', () => {
    const at = (path: string) => () =>
      loadServices(hooksFolder, mappings, { policyOverrides: join(folder, path) });
    expect(at('none.json')).toThrow(StartupError);
    writeFileSync(join(folder, 'text.json'), 'minimumRelief: 80');
    expect(at('text.json')).toThrow(StartupError);
  });

  test('nothing of a file that is no JSON is quoted: a setting may name any', () => {
    const path = join(folder, 'passwd');
    writeFileSync(path, 'root:x:0:0');
    const load = () => loadServices(hooksFolder, mappings, { policyOverrides: path });
    expect(load).toThrow(`${path}: is no JSON`);
    expect(load).not.toThrow(/root|x:0/);
  });
});
