import { sentenceAround } from '../../src/mapping/references.js';

function around(text: string, words: string): string {
  const at = text.indexOf(words);
  const { start, end } = sentenceAround(text, at, at + words.length);
  return text.slice(start, end);
}

const LONG = `${'before '.repeat(40)}80% relief${' behind'.repeat(40)}`;

describe('the words that stand as evidence', () => {
  test('are the whole sentence where an excerpt can hold it', () => {
    const text = 'First line.\nErosions and marrow edema, compatible with active sacroiliitis. Last.';
    expect(around(text, 'sacroiliitis')).toBe(
      'Erosions and marrow edema, compatible with active sacroiliitis',
    );
  });

  test('are at most 200 characters of a longer one, in whole words, the words relied on among them', () => {
    const words = around(LONG, '80% relief');
    expect(words.length).toBeLessThanOrEqual(200);
    expect(words).toMatch(/^before .*80% relief.* behind$/);
  });

  test('never lose the words relied on, however long they are', () => {
    const text = `${'x'.repeat(250)} end`;
    expect(around(text, 'x'.repeat(250))).toContain('x'.repeat(250));
  });

  test.each([
    ['RFA by Dr. Lee last year', 'She had RFA by Dr. Lee last year without benefit'],
    ['RFA', 'She had RFA by Dr. Lee last year without benefit'],
  ])('do not end at a title: %s', (words, sentence) => {
    expect(around('PT failed. She had RFA by Dr. Lee last year without benefit. Next.', words)).toBe(
      sentence,
    );
  });

  test('do not end at a decimal point', () => {
    expect(around('Gave 0.5 mL of ropivacaine 0.5% at S1. Tolerated.', 'ropivacaine')).toBe(
      'Gave 0.5 mL of ropivacaine 0.5% at S1',
    );
  });

  test.each([
    ['a line that ran out of room', 'Relief of 80% at\n20 minutes. Home.', 'Relief of 80% at\n20 minutes'],
    ['a word in the next line', 'pain after\r\nthe block. Home.', 'pain after\r\nthe block'],
  ])('go on over %s', (_name, text, expected) => expect(around(text, expected.slice(0, 9))).toBe(expected));

  test.each([
    ['a new sentence', 'Disc bulge\nNo stenosis', 'No stenosis'],
    ['a heading', 'Disc bulge\nL5-S1: stenosis', 'L5-S1: stenosis'],
    ['what follows a colon', 'Impression:\nmild stenosis', 'mild stenosis'],
  ])('begin anew at %s', (_name, text, expected) => expect(around(text, expected.slice(3))).toBe(expected));

  test('end before the next item of a list', () => {
    expect(around('1. Disc bulge\n2. Facet arthropathy', 'Disc bulge')).toBe('Disc bulge');
  });
});
