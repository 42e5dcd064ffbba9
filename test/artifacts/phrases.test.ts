import { parsePhrase } from '../../src/artifacts/phrase.js';
import { toAbbreviations } from '../../src/artifacts/sentences-of-text.js';
import { TextRecogniser } from '../../src/artifacts/text-recogniser.js';

function recogniser(...phrases: readonly string[]): TextRecogniser {
  const words = new TextRecogniser(
    toAbbreviations([
      ['SIJ', 'sacroiliac joint'],
      ['s i joint', 'sacroiliac joint'],
    ]),
  );
  words.addCue('no', 'before');
  words.addCue('ruled out', 'after');
  words.addCue('but', 'end');
  words.addCue('no improvement', 'none');
  for (const phrase of phrases) words.addPattern('it', { all: [phrase], none: [] });
  return words;
}
const finds = (phrase: string, text: string) => recogniser(phrase).conceptsIn(text).has('it');

describe('a phrase stands where its words stand', () => {
  test.each<[string, string, string, boolean]>([
    ['words in order', 'joint pain', 'the joint pain', true],
    ['words in another order', 'joint pain', 'pain of joint', false],
    ['part of a word', 'joint', 'jointly', false],
    ['a stem', 'joint*', 'jointly', true],
    ['a stem alone', 'joint*', 'joint', true],
    ['before a stem', 'joint*', 'disjointed', false],
    ['letter case, accents, hyphens', 'sciatica pain', 'SCIÁTICA-pain', true],
    ['plural in the text', 'joint pain', 'joints pains', true],
    ['plural in the phrase', 'joints', 'joint', true],
    ['plural in -ies', 'therapy', 'therapies', true],
    ['plural in -ches', 'branch', 'branches', true],
    ['-is and -us are no plurals', 'arthrosi', 'arthrosis', false],
    ['one of several', '(left|right) joint', 'right joint', true],
    ['none of several', '(left|right) joint', 'a joint', false],
    ['left out', 'joint (of the)? pain', 'joint pain', true],
    ['not left out', 'joint (of the)? pain', 'joint of the pain', true],
    ['half left out', 'joint (of the)? pain', 'joint of pain', false],
    ['groups in groups', '((a|b) c|d)? e', 'b c e', true],
    ['alternatives without brackets', 'a b|c', 'c', true],
    ['an abbreviation in the text', 'sacroiliac joint', 'SIJ', true],
    ['an abbreviation of several words', 'sacroiliac joint', 'S.I. joint', true],
    ['half of such an abbreviation', 'sacroiliac joint', 'S.I.', false],
    ['an abbreviation in the phrase', 'sij pain', 'sacroiliac joint pain', true],
    ['across sentences', 'joint pain', 'joint. Pain', false],
    ['across lines', 'joint pain', 'joint\npain', false],
    ['across a shortened word', 'inj joint', 'Inj. joint', true],
    ['across a decimal point', '0 5', '0.5 mg', true],
  ])('%s', (_name, phrase, text, expected) => {
    expect(finds(phrase, text)).toBe(expected);
  });
});

describe('what a text takes back does not stand', () => {
  test.each<[string, string, boolean]>([
    ['after a cue', 'no pain', false],
    ['after a cue and commas', 'no fever, chills or pain', false],
    ['before a cue', 'pain no fever', true],
    ['before a cue that works backward', 'pain ruled out', false],
    ['before the comma that ends its reach', 'pain, fever ruled out', true],
    ['behind the end of a clause', 'no fever; pain', true],
    ['behind a word that ends the reach', 'no fever but pain', true],
    ['in the next sentence', 'No fever. Pain.', true],
    ['behind what only looks like a cue', 'no improvement pain', true],
    ['eight words behind', 'no a1 a2 a3 a4 a5 a6 a7 pain', false],
    ['nine words behind', 'no a1 a2 a3 a4 a5 a6 a7 a8 pain', true],
    ['named twice, once taken back', 'no pain; pain', true],
  ])('%s', (_name, text, expected) => {
    expect(finds('pain', text)).toBe(expected);
  });
});

describe('patterns of several phrases', () => {
  const words = recogniser();
  words.addPattern('both', { all: ['injection', 'joint'], none: ['cervical'] });

  test.each<[string, string, boolean]>([
    ['both in one sentence, in any order', 'joint, injection of', true],
    ['one alone', 'joint', false],
    ['in two sentences', 'Joint. Injection', false],
    ['with the excluded word', 'cervical joint injection', false],
    ['with the excluded word taken back', 'joint injection, no cervical', true],
    ['with one of them taken back', 'injection, no joint', false],
  ])('%s', (_name, text, expected) => {
    expect(words.conceptsIn(text).has('both')).toBe(expected);
  });
});

describe('a phrase that cannot be read is refused with what is wrong', () => {
  test.each([
    ['(left|right', 'a bracket is not closed'],
    ['left)', 'a bracket closes nothing, or a ? stands behind no bracket'],
    ['left?', 'a bracket closes nothing, or a ? stands behind no bracket'],
    ['(left)?', 'a phrase needs a word that must be there'],
    ['()', 'an alternative can be empty; write (a)? instead'],
    ['(left|)', 'an alternative can be empty; write (a)? instead'],
    ['[a-z]+', 'a phrase has words, *, (, ), | and ? only'],
    ['a.b', 'a phrase has words, *, (, ), | and ? only'],
    ['', 'a phrase has words, *, (, ), | and ? only'],
    ['-', 'a phrase needs a word that must be there'],
  ])('%j: %s', (phrase, message) => {
    expect(() => parsePhrase(phrase)).toThrow(message);
  });
});
