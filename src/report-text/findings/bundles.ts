import { filterMapped } from '../../lists.js';
import type { Assertions } from './assertion.js';
import { plays, playsAny, wordsBetween, type Mark } from '../marks/marks.js';
import type { Mention } from '../marks/mention.js';
import { severityOf, sideOf, type Severity } from './qualities.js';
import type { TextLaterality } from '../reading.js';
import type { Token } from '../words/tokenise.js';

/** "moderate left", "no right", "severe at L5-S1": what stands between two commas. */
export interface Bundle {
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

/** "narrowing of the left L4-5 and right L5-S1 foramina": each with a level, or a side, of its own. */
export function bundlesInside({ head, site }: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  if (!marks.slice(head + 1, site).every(isPart)) return [];
  const bundles = split(head + 1, site, { tokens, marks });
  const isOwn = (role: 'level' | 'side'): boolean => bundles.every((bundle) => bundle[role] !== undefined);
  return isOwn('level') || isOwn('side') ? bundles : [];
}

/** In the order of the text; the last stands right before the finding. */
export function bundlesBefore(mention: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  const end = Math.min(mention.head, mention.site);
  let begin = end;
  while (begin > 0 && isPart(marks[begin - 1]) && gap(tokens, marks, begin - 1) <= FILLER_BEFORE) {
    if (causes(tokens, marks[begin - 1])) break;
    begin -= 1;
  }
  const bundles = split(begin, end, { tokens, marks });
  // "bulge at L3-4, moderate L4-5 stenosis": the first place belongs to the finding before it.
  const reach = bundles[0]?.severity === undefined ? FILLER_BEFORE : 0;
  const taken =
    playsAny(marks[begin - 1], SAID_OF) &&
    !playsAny(marks[begin], SEPARATORS) &&
    bundles[0]?.denied !== true &&
    gap(tokens, marks, begin - 1) <= reach;
  return taken ? bundles.slice(1) : bundles;
}

/** "more on the right and causes left stenosis": the "and" joins what the finding does, and no side. */
function causes(tokens: readonly Token[], mark: Mark | undefined): boolean {
  return plays(mark, 'list') && CAUSING.has(tokens[(mark?.last ?? 0) + 1]?.text ?? '');
}
const CAUSING: ReadonlySet<string> = new Set(
  'cause causing produce producing create creating contribute narrow narrowing result resulting'.split(' '),
);

/** Behind the finding, with the level before its verb. */
export function bundlesBehind(mention: Mention, { tokens, marks }: SaidIn): readonly Bundle[] {
  let begin = Math.max(mention.head, mention.site) + 1;
  // "stenosis at L3-4 is mild on the left and moderate on the right"
  const subject = verbBehindLevel(marks, begin) ? marks[begin] : undefined;
  if (subject !== undefined) begin += 1;
  while (playsAny(marks[begin], PREDICATES)) begin += 1;
  let end = begin;
  while (end < marks.length && continues(marks, end) && gap(tokens, marks, end - 1) <= FILLER_BEHIND)
    end += 1;
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
  return behindPlace(withSubject(bundles, subject), end < marks.length);
}

/** "at L4-5 is": what is said behind the verb is of the level. */
function verbBehindLevel(marks: readonly Mark[], level: number): boolean {
  return plays(marks[level], 'level') && plays(marks[level + 1], 'finite-verb');
}

/** A part, or the verb of "mild and at L4-5 is severe". */
function continues(marks: readonly Mark[], index: number): boolean {
  return (
    isPart(marks[index]) ||
    (verbBehindLevel(marks, index - 1) && plays(marks[index + 1], 'severity', 'negation-after'))
  );
}

/** "Stenosis at L3-4 is mild, moderate at L4-5": the level before the verb is that of the first. */
function withSubject(bundles: readonly Bundle[], level: Mark | undefined): readonly Bundle[] {
  const [first, ...more] = bundles;
  const others = more.filter((bundle) => bundle.level !== undefined);
  // "mild and at L4-5 there is arthropathy": of that level something else is said.
  const areGraded = others.every(({ severity, denied }) => severity !== undefined || denied);
  const isOne = first?.level === undefined && others.length > 0 && areGraded;
  return first && level && isOne ? [{ ...first, level }, ...more] : bundles;
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
