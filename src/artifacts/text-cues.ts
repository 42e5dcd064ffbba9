import type { PhraseHit } from './phrase-trie.js';
import type { WordSentence } from './sentences-of-text.js';

/**
 * Kinds of cue in CodeSystem-text-cue. `before` takes back what follows (`no`, `instead of`), `after` what precedes
 * (`ruled out`), `end` ends the reach of both (`but`), `none` looks like a cue and is none (`without contrast`).
 */
export const CUE_KINDS = ['before', 'after', 'end', 'none'] as const;
export type CueKind = (typeof CUE_KINDS)[number];

/** A cue where it stands in a sentence. */
export interface CueHit extends PhraseHit {
  readonly kind: CueKind;
}

/** Words a cue reaches: long enough for "no A, B, C or D", short enough to leave the rest of a long sentence alone. */
const REACH = 8;

/**
 * For each word of a sentence, whether a cue takes it back. Forward past commas ("no A, B or C"); backward only to
 * the comma before ("SI joint pain, RFA not tried").
 */
export function takenBack(sentence: WordSentence, cues: readonly CueHit[]): readonly boolean[] {
  const taken = new Array<boolean>(sentence.words.length).fill(false);
  const real = cues.filter((cue) => cue.kind === 'none' || !isInsideNone(cue, cues));
  const ends = real.filter(({ kind }) => kind === 'end').map(({ start }) => start);
  const borders = [...sentence.clauseStarts, ...ends];
  for (const cue of real) {
    if (cue.kind === 'before') {
      const border = Math.min(cue.end + REACH, ...borders.filter((at) => at >= cue.end));
      taken.fill(true, cue.end, border);
    }
    if (cue.kind === 'after') {
      const commas = [...sentence.commaStarts].filter((at) => at < cue.start);
      const border = Math.max(cue.start - REACH, 0, ...commas, ...borders.filter((at) => at <= cue.start));
      taken.fill(true, border, cue.start);
    }
  }
  return taken;
}

function isInsideNone(cue: CueHit, cues: readonly CueHit[]): boolean {
  return cues.some(({ kind, start, end }) => kind === 'none' && start <= cue.start && cue.end <= end);
}
