import { plays, type Mark } from '../marks/marks.js';
import { wordsOf, type ClinicSentence } from './sentence.js';
import { OF_NERVES } from './procedure-kinds.js';
import type { ProcedureMention } from './procedure-place.js';

const ABOVE_LUMBAR = /^(?:C\d|T\d+(?:-T\d+)?$)/u;

/** "C7 medial branch RFA": of the neck or the chest, and of no use here. */
export function ofRegion(mention: ProcedureMention): ProcedureMention {
  const { levels } = mention;
  const isAbove = levels.length > 0 && levels.every((level) => ABOVE_LUMBAR.test(level));
  return isAbove ? { ...mention, kind: 'other' } : mention;
}

const LUMBAR_NERVES: ReadonlySet<string> = new Set(['L4', 'L5']);

/** The lumbar nerves of the joint, and its sacral ones, of one side and kind. */
function isOneOfNerves(a: ProcedureMention, b: ProcedureMention): boolean {
  const isOf = ({ levels }: ProcedureMention, lumbar: boolean): boolean =>
    levels.length > 0 && levels.every((level) => LUMBAR_NERVES.has(level) === lumbar);
  const sameSide = b.laterality === undefined || a.laterality === b.laterality;
  return OF_NERVES.has(a.kind) && a.kind === b.kind && sameSide && isOf(a, true) && isOf(b, false);
}

function isListed(marks: readonly Mark[], { last }: ProcedureMention, { first }: ProcedureMention): boolean {
  const between = marks.slice(last + 1, first);
  return between.length > 0 && between.every((mark) => plays(mark, 'list', 'comma', 'side', 'level'));
}

/** "L5 dorsal ramus block and S1, S2 and S3 lateral branch block": one procedure of nerves told in two names. */
export function folded(
  mentions: readonly ProcedureMention[],
  marks: readonly Mark[],
): readonly ProcedureMention[] {
  if (mentions.length < 2) return mentions;
  const kept: ProcedureMention[] = [];
  for (const mention of mentions) {
    const before = kept.at(-1);
    if (before === undefined || !isOneOfNerves(before, mention) || !isListed(marks, before, mention)) {
      kept.push(mention);
      continue;
    }
    const levels = [...new Set([...before.levels, ...mention.levels])];
    kept.splice(-1, 1, { ...before, ...mention, first: before.first, levels });
  }
  return kept;
}

/** Between the nerves and the joint that they are of. */
const SUPPLYING: ReadonlySet<string> = new Set(
  'supplying innervating serving feeding of to from around at'.split(' '),
);
const NERVE_REACH = 5;

/** "a block of the nerves supplying your left SI joint": of its nerves, not of the joint. */
export function namesNerves(sentence: ClinicSentence, target: number): boolean {
  const first = sentence.marks[target]?.first ?? 0;
  const words = wordsOf(sentence, Math.max(sentence.placed.first, first - NERVE_REACH), first - 1);
  const nerve = words.findLastIndex((word) => /^nerves?$/u.test(word));
  return nerve >= 0 && SUPPLYING.has(words[nerve + 1] ?? '');
}
