import { isAt, textAt, type ClinicSentence, type Figure } from './sentence.js';

/** A pain score and the token it begins at. */
export interface Score extends Figure {
  readonly first: number;
}

const FEWEST = 3;
const GLUED_TIME = /^\d{1,3}(?:h|hr|hrs|min|mins|m)$/u;
const HOURS: ReadonlySet<string> = new Set('hour hours hr hrs h minute minutes min mins'.split(' '));
/** Tokens from a score to the time that it was asked at: "2/10 at 4 hours". */
const TIME_REACH = 3;

/** The last token of a time in minutes or hours within reach behind a score; undefined where none is. */
function timeBehind(sentence: ClinicSentence, { last }: Score, limit: number): number | undefined {
  for (let token = last + 1; token <= last + TIME_REACH && token < limit; token += 1) {
    const text = textAt(sentence, token);
    if (text === ',' || text === ';') return undefined;
    if (GLUED_TIME.test(text) || (HOURS.has(text) && isAt(sentence, token, 'unit'))) return token;
  }
  return undefined;
}

/**
 * "8/10 before, 5/10 at 1 hour, 2/10 at 2 hours, 6/10 at 8 hours": one score before and several within the hours after,
 * of which the least tells what the anaesthetic did.
 * @returns the score before, the least after it, and the last token of the series
 */
export function seriesOf(
  sentence: ClinicSentence,
  scores: readonly Score[],
  isBefore: (score: Score) => boolean,
): { readonly before: Score; readonly least: Score; readonly last: number } | undefined {
  const [before, ...after] = scores;
  if (before === undefined || scores.length < FEWEST || !isBefore(before) || after.some(isBefore))
    return undefined;
  const times = after.map((score, at) =>
    timeBehind(sentence, score, after[at + 1]?.first ?? sentence.placed.end),
  );
  const last = times.at(-1);
  if (last === undefined || times.some((time) => time === undefined)) return undefined;
  const least = after.reduce((low, score) => (score.value < low.value ? score : low));
  return { before, least, last };
}
