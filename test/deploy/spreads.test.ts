/** deploy/spreads.mjs: the bundle says the same, in a form whose objects share their shape. */
import { withSharedShapes } from '../../deploy/spreads.mjs';

describe('an empty spread stands before a spread that begins an object', () => {
  test.each([
    ['({ ...one, more: 1 })', '({ ...null, ...one, more: 1 })'],
    ['({ ...{ ...one, more: 1 }, ...two })', '({ ...null, ...{ ...null, ...one, more: 1 }, ...two })'],
    ['call({...one,\n more})', 'call({ ...null,...one,\n more})'],
  ])('%s', (script, shared) => {
    expect(withSharedShapes(script)).toBe(shared);
  });

  test.each([
    '({ ...one })',
    '({ more: 1, ...one })',
    '[...one, more]',
    'call(...one, more)',
    "'({ ...one, more: 1 })'",
    'const { more, ...rest } = one;',
    '/{ ...one, more }/.test(one) // { ...one, more }',
  ])('and nowhere else: %s', (script) => {
    expect(withSharedShapes(script)).toBe(script);
  });
});
