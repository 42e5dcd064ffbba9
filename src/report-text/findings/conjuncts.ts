import { filterMapped } from '../../lists.js';
import type { Assertions } from './assertion.js';
import { plays, playsAny, wordsBetween, type Mark } from '../marks/marks.js';
import type { Mention } from '../marks/mention.js';
import { severityOf, sideOf, type Qualities, type Severity } from './qualities.js';
import type { TextLaterality } from '../reading.js';
import type { Token } from '../words/tokenise.js';

/** One of several sides or levels that a finding is said of in one go, with what is said of it there. */
export interface Conjunct {
  readonly laterality: TextLaterality | null;
  readonly severity: Severity;
  readonly negated: boolean;
  /** Where each conjunct names its own level. */
  readonly level?: Mark;
}

/** "moderate left", "no right", "severe at L5-S1": what stands between two commas. */
interface Bundle {
  /** Index of its first mark. */
  readonly first: number;
  readonly side?: TextLaterality;
  readonly severity?: Severity;
  readonly level?: Mark;
  readonly denied: boolean;
  /** Joined by "or" to the bundle before it: a denial goes on. */
  readonly alternative: boolean;
}

const QUALIFIERS: ReadonlySet<string> = new Set(
  'severity side level acuity bracket at-this-level negation-before negation-after'.split(' '),
);
const SEPARATORS: ReadonlySet<string> = new Set(['comma', 'list']);
/** Between a finding and what is said of it behind. */
const PREDICATES: ReadonlySet<string> = new Set(['comma', 'colon', 'bracket', 'finite-verb', 'shows']);
const SAID_OF: ReadonlySet<string> = new Set(['finding', 'change', 'site', 'statement']);
/** Words without meaning of their own inside a bundle: "on the left", "at L5-S1". */
const FILLER_BEFORE = 1;
const FILLER_BEHIND = 2;

/** What a sentence offers to those who read its bundles. */
export interface SaidIn {
  readonly tokens: readonly Token[];
  readonly marks: readonly Mark[];
  readonly assertions: Assertions;
}

/**
 * The conjuncts of "moderate left and mild right foraminal stenosis", of "stenosis, mild at L3-4 and severe at L4-5":
 * none where a finding is said of its place in one way only.
 */
export function conjunctsOf(
  mention: Mention,
  base: Qualities & { readonly negated: boolean },
  said: SaidIn,
): readonly Conjunct[] {
  const inside = bundlesInside(mention, said);
  if (inside.length > 1) return joined(toConjuncts(inside, base));
  const before = sameKind(bundlesBefore(mention, said).toReversed()).toReversed();
  if (before.length > 1) {
    const [first] = before;
    const denied = first !== undefined && said.assertions.deniedAt(first.first);
    return joined(toConjuncts(before, { ...base, laterality: null, severity: null, negated: denied }));
  }
  const behind = bundlesBehind(mention, said);
  const [first] = behind;
  if (behind.length === 1 && first) return refined(first, base);
  const same = sameKind(behind);
  return same.length > 1 ? joined(toConjuncts(same, base)) : [];
}

/**
 * "stenosis, left greater than right": the side comes late. "bilateral stenosis, severe on the right": of the other
 * side only the finding is said.
 */
function refined({ side, severity }: Bundle, base: Parameters<typeof conjunctsOf>[1]): readonly Conjunct[] {
  const { negated, laterality } = base;
  if (negated || side === undefined) return [];
  const named = { laterality: side, severity: severity ?? base.severity, negated };
  if (laterality === null) return [named];
  if (laterality !== 'bilateral' || side === 'bilateral' || severity === undefined) return [];
  const leading = base.severity === severity ? null : base.severity;
  const other = { laterality: side === 'left' ? 'right' : 'left', severity: leading, negated } as const;
  return side === 'left' ? [named, other] : [other, named];
}

/** The bundles from the first on that all name a side, or all name a level, whichever are more. */
function sameKind(bundles: readonly Bundle[]): readonly Bundle[] {
  const sided = leading(bundles, ({ side }) => side !== undefined);
  const levelled = leading(bundles, ({ level }) => level !== undefined);
  if (sided.length >= levelled.length) return sided;
  const tellsMore = levelled.some(({ severity, side }) => severity !== undefined || side !== undefined);
  return tellsMore ? levelled : [];
}

function leading(bundles: readonly Bundle[], is: (bundle: Bundle) => boolean): readonly Bundle[] {
  const end = bundles.findIndex((bundle) => !is(bundle));
  return end < 0 ? bundles : bundles.slice(0, end);
}

/** What a bundle does not say of itself is as in the one before it. */
function toConjuncts(bundles: readonly Bundle[], base: Omit<Conjunct, 'level'>): readonly Conjunct[] {
  const hasOwnLevels = bundles.filter(({ level }) => level !== undefined).length > 1;
  let previous: Conjunct = base;
  return bundles.map((bundle, index) => {
    const goesOn = index === 0 || bundle.alternative || bundle.severity === undefined;
    const negated = bundle.denied || (goesOn && previous.negated);
    const inherited = negated === previous.negated ? previous.severity : null;
    const level = hasOwnLevels ? (bundle.level ?? previous.level) : undefined;
    previous = {
      laterality: bundle.side ?? base.laterality,
      severity: bundle.severity ?? inherited,
      negated,
      ...(level && { level }),
    };
    return previous;
  });
}

/** Left and right alike are both sides. */
function joined(conjuncts: readonly Conjunct[]): readonly Conjunct[] {
  const [first, ...more] = conjuncts;
  const sides = new Set(conjuncts.map(({ laterality }) => laterality));
  const alike = more.every(
    ({ severity, negated, level }) =>
      severity === first?.severity && negated === first.negated && level === first.level,
  );
  if (!first || !alike) return conjuncts;
  return sides.size === 1 ? [first] : [{ ...first, laterality: 'bilateral' }];
}

/** "narrowing of the left L4-5 and right L5-S1 foramina": each with a level, or a side, of its own. */
function bundlesInside({ head, site }: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  if (!marks.slice(head + 1, site).every(isPart)) return [];
  const bundles = split(head + 1, site, { tokens, marks });
  const isOwn = (role: 'level' | 'side'): boolean => bundles.every((bundle) => bundle[role] !== undefined);
  return isOwn('level') || isOwn('side') ? bundles : [];
}

/** In the order of the text; the last stands right before the finding. */
function bundlesBefore(mention: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  const end = Math.min(mention.head, mention.site);
  let begin = end;
  while (begin > 0 && isPart(marks[begin - 1]) && gap(tokens, marks, begin - 1) <= FILLER_BEFORE) begin -= 1;
  const bundles = split(begin, end, { tokens, marks });
  // "bulge at L3-4, moderate L4-5 stenosis": the first place belongs to the finding before it.
  const reach = bundles[0]?.severity === undefined ? FILLER_BEFORE : 0;
  const taken =
    playsAny(marks[begin - 1], SAID_OF) &&
    !playsAny(marks[begin], SEPARATORS) &&
    gap(tokens, marks, begin - 1) <= reach;
  return taken ? bundles.slice(1) : bundles;
}

function bundlesBehind(mention: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  let begin = Math.max(mention.head, mention.site) + 1;
  while (playsAny(marks[begin], PREDICATES)) begin += 1;
  let end = begin;
  while (end < marks.length && isPart(marks[end]) && gap(tokens, marks, end - 1) <= FILLER_BEHIND) end += 1;
  // "arthrosis, mild right and severe left, with trace slip": what comes with it is said apart.
  const apart = withBehind(tokens, marks, [begin, end]);
  if (apart !== undefined) return split(begin, apart, { tokens, marks });
  // "stenosis, moderate left and mild right facet arthropathy": all of it is said of what follows.
  const taken =
    playsAny(marks[end], SAID_OF) &&
    !playsAny(marks[end - 1], SEPARATORS) &&
    gap(tokens, marks, end - 1) === 0;
  const bundles = taken ? [] : split(begin, end, { tokens, marks });
  // "stenosis, on the left there is arthropathy": a new clause begins.
  return behindPlace(bundles, end < marks.length);
}

/** "arthrosis at L5-S1, severe on the right": the level says where, and what follows is said of it there. */
function behindPlace(bundles: readonly Bundle[], goesOn: boolean): readonly Bundle[] {
  const [place, ...said] = bundles;
  const isPlace = place?.level !== undefined && place.side === undefined && place.severity === undefined;
  const ofPlace = isPlace && said.length > 0 && said.every(({ level }) => level === undefined);
  const told = ofPlace ? said : bundles;
  return told.length === 1 && goesOn ? [] : told;
}

function withBehind(
  tokens: readonly Token[],
  marks: readonly Mark[],
  [begin, end]: readonly [number, number],
): number | undefined {
  for (let index = begin + 1; index < end; index += 1) {
    const mark = marks[index];
    if (plays(mark, 'comma') && tokens[(mark?.last ?? 0) + 1]?.text === 'with') return index;
  }
  return undefined;
}

function isPart(mark: Mark | undefined): boolean {
  return playsAny(mark, QUALIFIERS) || playsAny(mark, SEPARATORS);
}

function gap(tokens: readonly Token[], marks: readonly Mark[], left: number): number {
  const [a, b] = [marks[left], marks[left + 1]];
  return a === undefined || b === undefined ? 0 : wordsBetween(tokens, a, b);
}

function split(begin: number, end: number, { tokens, marks }: Omit<SaidIn, 'assertions'>): readonly Bundle[] {
  const bundles: Bundle[] = [];
  let alternative = false;
  for (let from = begin; from < end;) {
    let to = from;
    while (to < end && !playsAny(marks[to], SEPARATORS) && !beginsAnew(marks, from, to)) to += 1;
    if (to > from) {
      bundles.push(bundleOf(from, { tokens, marks: marks.slice(from, to) }, alternative));
      alternative = false;
    }
    alternative ||= tokens[marks[to]?.first ?? 0]?.text === 'or';
    from = playsAny(marks[to], SEPARATORS) ? to + 1 : to;
  }
  return bundles;
}

/** "severe left / mild right", "R mild / L severe": a second grade or side behind one of both. */
function beginsAnew(marks: readonly Mark[], from: number, at: number): boolean {
  const before = marks.slice(from, at);
  if (!plays(marks[at], 'severity', 'side') || before.length === 0) return false;
  return ['severity', 'side'].every((role) => before.some((mark) => plays(mark, role)));
}

function bundleOf(
  first: number,
  { tokens, marks }: Omit<SaidIn, 'assertions'>,
  alternative: boolean,
): Bundle {
  const [side] = filterMapped(marks, (mark) => sideOf(mark, tokens));
  const [severity] = filterMapped(marks, (mark) => severityOf(mark));
  const level = marks.find((mark) => mark.level !== undefined);
  return {
    first,
    ...(side && { side }),
    ...(severity && { severity }),
    ...(level && { level }),
    denied: marks.some((mark) => plays(mark, 'negation-before', 'negation-after')),
    alternative,
  };
}
