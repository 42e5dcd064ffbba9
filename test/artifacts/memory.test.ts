import { createMemory } from '../../src/artifacts/memory.js';

describe('answers of a pure function that are kept', () => {
  const MOST = 4;
  function remembering() {
    const worked: string[] = [];
    const memory = createMemory(MOST, (word: string) => {
      worked.push(word);
      return [word];
    });
    return { worked, ask: (word: string) => memory(word, word) };
  }

  test('one that is known is not worked out again', () => {
    const { worked, ask } = remembering();
    expect([ask('a'), ask('a')]).toEqual([['a'], ['a']]);
    expect(worked).toEqual(['a']);
  });

  test('one that nobody asked for since goes when as many others came', () => {
    const { worked, ask } = remembering();
    for (const word of ['a', 'b', 'c', 'd', 'e', 'a']) ask(word);
    expect(worked).toEqual(['a', 'b', 'c', 'd', 'e', 'a']);
  });

  test('one that is asked for again and again stays', () => {
    const { worked, ask } = remembering();
    for (const word of ['a', 'b', 'a', 'c', 'a', 'd', 'a', 'e', 'a']) ask(word);
    expect(worked.filter((word) => word === 'a')).toHaveLength(1);
  });

  test('of a long text only a digest is the key, and it is told from others', () => {
    const { worked, ask } = remembering();
    const long = 'words of a note '.repeat(20);
    expect([ask(`${long}1`), ask(`${long}2`), ask(`${long}1`)]).toEqual([
      [`${long}1`],
      [`${long}2`],
      [`${long}1`],
    ]);
    expect(worked).toHaveLength(2);
  });
});
