import fc from 'fast-check';
import { itemsIn, membersIn } from '../../src/cds-hooks/json-text.js';

/** Every part of a text, read again, says what JSON.parse says of the whole. */
function readAgain(text: string, start: number): unknown {
  const first = text.charAt(start);
  if (first === '[') return itemsIn(text, start).map((item) => readAgain(text, item.start));
  if (first === '{') {
    const members = [...membersIn(text, start)].map(([name, span]) => [name, readAgain(text, span.start)]);
    return Object.fromEntries(members);
  }
  const [scalar = ''] = /^("(?:[^"\\]|\\.)*"|[^\s,\]}]+)/.exec(text.slice(start)) ?? [];
  return JSON.parse(scalar);
}

describe('where values stand in a JSON text', () => {
  test('any JSON, however it is spaced', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(0, 1, 4, '\t'), (value, space) => {
        const text = JSON.stringify(value, null, space);
        expect(readAgain(text, 0)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('a span is the value and nothing beside it', () => {
    const text = ' { "a\\"" : [1 , {"b":"]}"} ,"\\\\"] , "c":1.10\n}';
    const members = membersIn(text, 1);
    expect([...members].map(([name, { start, end }]) => [name, text.slice(start, end)])).toEqual([
      ['a"', '[1 , {"b":"]}"} ,"\\\\"]'],
      ['c', '1.10'],
    ]);
    const list = members.get('a"')?.start ?? 0;
    expect(itemsIn(text, list).map(({ start, end }) => text.slice(start, end))).toEqual([
      '1',
      '{"b":"]}"}',
      '"\\\\"',
    ]);
  });

  test('of two members of one name the last counts', () => {
    const text = '{"a":1,"a":2}';
    const { start = 0, end = 0 } = membersIn(text, 0).get('a') ?? {};
    expect(text.slice(start, end)).toBe('2');
  });
});
