import { AFTER, BEFORE, BEFORE_FIGURE, scoreAt, shareRelieved, type Percent } from './scores.js';
import { isAt, isDiaryLine, textAt, type ClinicSentence } from './sentence.js';

/** A single pain score of a sentence that says when it was asked: before or after the procedure. */
interface TimedScore {
  readonly value: number;
  readonly when: 'before' | 'after';
  readonly first: number;
  readonly last: number;
}

const WHEN_REACH = 6;

/** "Pain score after: 3": a score is named right before a figure, with only its time between. */
function isNamed(sentence: ClinicSentence, token: number): boolean {
  let before = token - 1;
  // "Pain 1 hr after: 0"
  const isTime = (at: number): boolean => isAt(sentence, at, 'unit') || isAt(sentence, at + 1, 'unit');
  const passes = (text: string): boolean => BEFORE_FIGURE.has(text) || BEFORE.has(text) || AFTER.has(text);
  const passed = (at: number): boolean => passes(textAt(sentence, at)) || isTime(at);
  while (before >= sentence.placed.first && passed(before)) before -= 1;
  return before < token - 1 && isAt(sentence, before, 'score');
}

/** "Pre-procedure pain score: 8/10" in a line of its own. */
function timedScore(sentence: ClinicSentence): TimedScore | undefined {
  for (let token = sentence.placed.first; token < sentence.placed.end; token += 1) {
    const score = scoreAt(sentence, token, isNamed(sentence, token));
    if (score === undefined) continue;
    const words = sentence.tokens
      .slice(Math.max(sentence.placed.first, token - WHEN_REACH), token)
      .map(({ text }) => text);
    const when = whenAsked(words, sentence, token);
    return when === undefined ? undefined : { value: score.value, when, first: token, last: score.last };
  }
  return undefined;
}

function whenAsked(
  words: readonly string[],
  sentence: ClinicSentence,
  token: number,
): TimedScore['when'] | undefined {
  if (words.some((word) => BEFORE.has(word))) return 'before';
  // "30 min: 1/10", "30 min 1/10" in a diary.
  const unit = textAt(sentence, token - 1) === ':' ? token - 2 : token - 1;
  const timed = isAt(sentence, unit, 'unit') && (unit < token - 1 || isDiaryLine(sentence));
  return timed || words.some((word) => AFTER.has(word)) ? 'after' : undefined;
}

/** Pairs scores that a note gives in lines of their own. */
export class PainScores {
  private before: number | undefined;

  /** The share of pain relieved when this sentence gives the score after, an earlier one the score before. */
  add(sentence: ClinicSentence): Percent | undefined {
    const score = timedScore(sentence);
    if (score === undefined) return undefined;
    const was = this.before;
    this.before = score.when === 'before' ? score.value : undefined;
    if (score.when === 'before' || was === undefined) return undefined;
    const share = shareRelieved(was, score.value);
    return share === undefined
      ? undefined
      : { first: score.first, last: score.last, low: share, high: share };
  }
}
