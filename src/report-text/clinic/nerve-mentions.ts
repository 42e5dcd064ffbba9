import { allOf } from '../../lists.js';
import { plays, sense, type Mark } from '../marks/marks.js';
import { wordsOf, type ClinicSentence } from './sentence.js';
import { OF_NERVES, type MentionKind } from './procedure-kinds.js';
import type { ProcedureMention } from './procedure-place.js';

const ABOVE_LUMBAR = /^(?:C\d|T\d+(?:-T\d+)?$)/u;

/** "C7 medial branch RFA": of the neck or the chest, and of no use here. */
export function ofRegion(mention: ProcedureMention): ProcedureMention {
  const { levels } = mention;
  const isAbove = levels.length > 0 && levels.every((level) => ABOVE_LUMBAR.test(level));
  return isAbove ? { ...mention, kind: 'other' } : mention;
}

const ABOVE: ReadonlySet<string> = new Set('neck cervical thoracic occipital headache headaches'.split(' '));
const BELOW: ReadonlySet<string> = new Set(
  'lumbar low lower back lumbosacral si sij sacroiliac buttock'.split(' '),
);
/** Tokens of a heading: "Cervical spine:". */
const HEADING_REACH = 4;
const OF_ANY_REGION: ReadonlySet<string> = new Set(['medial-branch-block', 'facet-rfa']);

/** "Neck pain: medial branch blocks x2": of the part that the words before it name, where it names no level itself. */
export function ofPartNamed(
  { tokens, placed, marks }: ClinicSentence,
  mention: ProcedureMention,
): ProcedureMention {
  if (!OF_ANY_REGION.has(mention.kind) || mention.levels.length > 0) return mention;
  const last = marks[mention.last]?.last ?? placed.first;
  const heading = tokens[placed.first - 1]?.text === ':' ? HEADING_REACH : 0;
  const line = tokens.slice(Math.max(0, placed.first - heading), placed.first);
  const begin = placed.first - line.length + line.findLastIndex(({ kind }) => kind === 'newline') + 1;
  const words = tokens.slice(begin, last + 1).map(({ text }) => text);
  const isAbove = words.some((word) => ABOVE.has(word)) && !words.some((word) => BELOW.has(word));
  return isAbove ? { ...mention, kind: 'other' } : mention;
}

/** Tokens on either side of an action in which the part of the body stands: "nerve burning in the neck". */
const PART_REACH = 5;

/** "The ablation in her neck", "blocks for headaches": what is done without a target, in a part that is not ours. */
export function isAboveBack({ tokens, placed, marks }: ClinicSentence, first: number, last: number): boolean {
  const from = Math.max(placed.first, (marks[first]?.first ?? 0) - PART_REACH);
  const to = Math.min(placed.end, (marks[last]?.last ?? 0) + 1 + PART_REACH);
  const words = tokens.slice(from, to).map(({ text }) => text);
  return words.some((word) => ABOVE.has(word)) && !words.some((word) => BELOW.has(word));
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

/** What is done to the lumbar nerves of the joint, where its sacral ones are named beside them. */
const WITH_SACRAL: ReadonlyMap<MentionKind, MentionKind> = new Map<MentionKind, MentionKind>([
  ['facet-rfa', 'sacral-lateral-branch-rfa'],
  ['medial-branch-block', 'lateral-branch-block'],
]);

/** "RFA of the L5 medial branch and of the lateral branches of S1, S2 and S3": of the joint's nerves, not of facets. */
export function ofJointNerves(
  mention: ProcedureMention,
  marks: readonly Mark[],
  limit: number,
): ProcedureMention {
  const kind = WITH_SACRAL.get(mention.kind);
  const { levels } = mention;
  if (kind === undefined || levels.length === 0 || !levels.every((level) => LUMBAR_NERVES.has(level)))
    return mention;
  const own = marks.slice(mention.last + 1, limit);
  const end = own.findIndex((mark) => plays(mark, 'action', 'procedure', 'ends-scope'));
  const behind = end < 0 ? own : own.slice(0, end);
  if (!behind.some((mark) => sense(mark, 'target')?.code === 'lateral-branch')) return mention;
  const sacral = allOf(
    behind,
    ({ level }) => level?.vertebrae.filter((each) => /^S[1-4]$/u.test(each)) ?? [],
  );
  return sacral.length === 0 ? mention : { ...mention, kind, levels: [...new Set([...levels, ...sacral])] };
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
