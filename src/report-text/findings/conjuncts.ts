import { bundlesBefore, bundlesBehind, bundlesInside, type Bundle, type SaidIn } from './bundles.js';
import type { Mark } from '../marks/marks.js';
import type { Mention } from '../marks/mention.js';
import type { Qualities, Severity } from './qualities.js';
import type { TextLaterality } from '../reading.js';

/** One of several sides or levels that a finding is said of in one go, with what is said of it there. */
export interface Conjunct {
  readonly laterality: TextLaterality | null;
  readonly severity: Severity;
  readonly negated: boolean;
  /** Where each conjunct names its own level. */
  readonly level?: Mark;
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
  const negated = base.negated && !isDeniedLater(same);
  return same.length > 1 ? joined(toConjuncts(same, { ...base, negated })) : [];
}

/** "mild at L3-4 and at L4-5 is absent": what denies the last of them does not deny the graded one before it. */
function isDeniedLater([first, ...more]: readonly Bundle[]): boolean {
  return first?.severity !== undefined && !first.denied && more.some(({ denied }) => denied);
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
