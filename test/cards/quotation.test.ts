import fc from 'fast-check';
import { abridge, evidenceText } from '../../src/cards/quotation.js';

const PHRASES = {
  scores: 'score {before} before, {after} after: {percent} % relief',
  quotedScores: '(by the scores {percent} % relief)',
};
const sizeOf = (text: string) => Array.from(text).length;

describe('a quotation reads as a sentence: whole phrases, with a gap or two where it is long', () => {
  test.each([
    ['Left SI joint cooled radiofrequency ablation 02/10/2025 with no lasting benefit', 110, undefined],
    [
      'She has tried naproxen and gabapentin, activity modification including a sit-stand desk, and relative rest for more than 3 months, without lasting benefit',
      110,
      'She has tried naproxen and gabapentin, … and relative rest for more than 3 months, without lasting benefit',
    ],
    [
      'Completed a 12-week course of supervised physical therapy, 2 visits per week, 22 visits attended, with a daily home exercise program',
      110,
      'Completed a 12-week course … 2 visits per week, 22 visits attended, with a daily home exercise program',
    ],
    [
      'Right SI joint block in November 2025 with lidocaine only, 85% relief for 3 hours',
      70,
      'Right SI joint block … with lidocaine only, 85% relief for 3 hours',
    ],
    ['moderate degenerative change throughout', 24, 'moderate degenerative…'],
  ])('%s', (text, length, expected = text) => {
    expect(abridge(text, length)).toBe(expected);
  });

  test('evidence is its day, its words and its reference', () => {
    const one = {
      reference: 'Procedure/x',
      date: '2026-03-03T10:00:00Z',
      excerpt: '80-90% relief | all day',
    };
    expect(evidenceText(one, PHRASES)).toBe('2026-03-03 "80-90% relief \\| all day" `Procedure/x`');
    expect(evidenceText({ reference: 'Procedure/x' }, PHRASES)).toBe('`Procedure/x`');
  });

  test('relief that was computed stands with both scores, or beside the words that hold them', () => {
    const scores = { before: 8, after: 1, reliefPercent: 88 };
    expect(evidenceText({ reference: 'Observation/x', scores }, PHRASES)).toBe(
      'score 8 before, 1 after: 88 % relief `Observation/x`',
    );
    const quoted = { reference: 'Procedure/x', excerpt: 'NRS 8 to 1', scores: { reliefPercent: 88 } };
    expect(evidenceText(quoted, PHRASES)).toBe('"NRS 8 to 1" (by the scores 88 % relief) `Procedure/x`');
  });
});

describe('a quotation leaves out nothing without which the rest says something else', () => {
  test.each([
    [
      'Sensory testing reproduced the usual pain in the leg and so no lesions were made. Procedure terminated.',
      ['no lesions'],
    ],
    [
      'The patient kept a pain diary and reported 80-90% relief of the usual pain in the days after, with return to baseline the same evening',
      ['80-90% relief'],
    ],
    [
      'Prior authorization for left SI joint RFA in the clinic was denied by the plan on 8/2/2026 as experimental',
      ['denied', 'left SI'],
    ],
    [
      'Marrow-replacing lesions in the right sacral ala and in the iliac bone are unchanged and negative for osseous metastatic disease',
      ['right sacral', 'negative'],
    ],
    [
      'At 3 months 60% relief of the groin pain as told by telephone and by the referring clinic and none of the buttock pain',
      ['60% relief', 'groin', 'none'],
    ],
    [
      'Left SIJ RFA on 2025-05-06 with the new generator was aborted because of equipment failure',
      ['aborted'],
    ],
    [
      'She is otherwise healthy and in the view of this clinic not a candidate for that kind of procedure',
      ['not a'],
    ],
  ])('%s', (text, kept) => {
    const short = abridge(text, 60);
    expect(short.length).toBeLessThan(text.length);
    expect(short).toContain('…');
    for (const words of kept) expect(short).toContain(words);
  });

  const WORDS =
    'the visit of that day in clinic with notes, and she was seen by staff; for which plans are made'.split(
      ' ',
    );
  const sentence = fc.array(fc.constantFrom(...WORDS), { minLength: 3, maxLength: 30 });

  test.each(['not', 'denied', 'left', 'groin', '85%', 'aborted', 'unlikely', 'S1-S3'])(
    '"%s" stays wherever it stands',
    (telling) => {
      fc.assert(
        fc.property(sentence, sentence, fc.integer({ min: 10, max: 110 }), (before, after, length) => {
          const text = [...before, telling, ...after].join(' ');
          fc.pre(sizeOf(text) <= 200);
          expect(abridge(text, length).split(' ')).toContain(telling);
        }),
      );
    },
  );

  test('what stays stands in the text word by word, in its order, in three pieces at the most', () => {
    fc.assert(
      fc.property(sentence, sentence, fc.integer({ min: 10, max: 110 }), (before, after, length) => {
        const text = [...before, 'no', ...after].join(' ');
        const pieces = abridge(text, length).replace(/…$/, '').split(' … ');
        expect(pieces.length).toBeLessThanOrEqual(3);
        let from = 0;
        for (const piece of pieces) {
          const at = text.indexOf(piece, from);
          expect(at).toBeGreaterThanOrEqual(0);
          from = at + piece.length;
        }
      }),
    );
  });
});

describe('a quotation is bounded', () => {
  test('a text that tells nothing keeps within the length asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'grapheme', maxLength: 20 }), { maxLength: 30 }),
        fc.integer({ min: 10, max: 90 }),
        (parts, most) => {
          const text = parts.join(' ').replace(/[%\p{N}]/gu, '');
          expect(sizeOf(abridge(text, most))).toBeLessThanOrEqual(most);
        },
      ),
    );
  });

  test('a text of denials alone is cut at 200', () => {
    expect(sizeOf(abridge('no relief '.repeat(200), 60))).toBeLessThanOrEqual(200);
  });
});
