import { plays, sense, type Mark } from '../marks/marks.js';
import { PROVOCATION_RESULTS } from './provocation-counts.js';
import type { TextProvocation } from '../reading.js';
import type { Verdict } from './provocation-signs.js';
import { textAt, wordsOf, type ClinicSentence } from './sentence.js';

const GROIN: ReadonlySet<string> = new Set(['groin', 'groins', 'inguinal']);
/** Behind a comma these go on with what the result is of: "FABER positive, reproducing groin pain". */
const GOES_ON = /^(?:with|for|in|groins?|inguinal|(?:reproduc|provok|caus|elicit).*)$/;
const DENIALS: ReadonlySet<string> = new Set(['no', 'not', 'without', 'denies', 'denied', 'rather', 'nor']);

/**
 * "FABER reproduces groin pain", "groin pain with FABER": what the test provoked was felt in the groin, and nowhere that
 * sacroiliac pain is felt. That is a sign of the hip, and none of the joint; FADIR is a test of the hip in any case.
 */
export function isOfHip(
  sentence: ClinicSentence,
  name: TextProvocation['test'],
  test: Mark,
  verdict: Verdict,
): boolean {
  if (name === 'fadir') return false;
  if (verdict.result === 'negative') return isForHip(sentence, verdict);
  const told = Math.max(test.last, verdict.last) + 1;
  const behind = placesIn(sentence, told, endOfClause(sentence, told));
  if (behind.groin || behind.index) return behind.groin && !behind.index;
  const before = sentence.marks.findLast(({ last }) => last < Math.min(test.first, verdict.first));
  if (!before || before.last + 1 < Math.min(test.first, verdict.first)) return false;
  const own = placesIn(sentence, before.first, before.last + 1);
  return plays(before, 'place') && own.groin && !own.index;
}

const HIP_WORDS: ReadonlySet<string> = new Set(['hip', 'groin', 'inguinal', 'anterior']);
const PAIN_WORDS: ReadonlySet<string> = new Set(['pain', 'symptom', 'pathology']);
const FOR_REACH = 4;

/** "negative for hip pain": which says nothing of the sacroiliac joint. */
function isForHip(sentence: ClinicSentence, { last }: Verdict): boolean {
  const before = textAt(sentence, last) === 'for' ? last : last + 1;
  if (textAt(sentence, before) !== 'for') return false;
  const words = wordsOf(sentence, before + 1, before + FOR_REACH);
  const named = words.slice(
    0,
    Math.max(
      0,
      words.findIndex((word) => PAIN_WORDS.has(word)),
    ),
  );
  return named.some((word) => HIP_WORDS.has(word)) && named.every((word) => !INDEX_WORDS.has(word));
}
const INDEX_WORDS: ReadonlySet<string> = new Set('si sij sacroiliac buttock gluteal back or and'.split(' '));

/** Up to the next test, negative result or comma, unless what is behind the comma goes on with it. */
function endOfClause(sentence: ClinicSentence, from: number): number {
  let token = from;
  for (; token < sentence.placed.end; token += 1) {
    const text = textAt(sentence, token);
    if (text === ';' || text === 'but') break;
    if (text === ',' && !GOES_ON.test(textAt(sentence, token + 1))) break;
    const mark = sentence.markOf.get(token);
    if (plays(mark, 'provocation', 'provocation-in-list')) break;
    if (PROVOCATION_RESULTS.get(sense(mark, 'result')?.code ?? '') === 'negative') break;
  }
  return token;
}

function placesIn(
  sentence: ClinicSentence,
  first: number,
  end: number,
): { readonly groin: boolean; readonly index: boolean } {
  const words = wordsOf(sentence, first, end - 1);
  const at = words.findIndex((word) => GROIN.has(word));
  return {
    groin: at >= 0 && !words.some((word) => DENIALS.has(word)),
    index: sentence.marks.some(
      (mark) => mark.first >= first && mark.last < end && sense(mark, 'place')?.code === 'index-pain',
    ),
  };
}
