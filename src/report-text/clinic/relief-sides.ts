import type { TextRelief } from '../reading.js';
import type { ReliefMention } from './relief.js';

/** The relief of a session of which each side has its own; undefined where either has none. */
export function ofBothSides(reliefs: readonly ReliefMention[]): TextRelief | undefined {
  const of = (side: string) =>
    reliefs
      .flatMap((one) => (one.side === side ? [one.relief] : []))
      .reduce<TextRelief | undefined>((all, relief) => (all ? widened(all, relief) : relief), undefined);
  const [left, right] = [of('left'), of('right')];
  const [first] = reliefs.filter(({ side }) => side === 'left' || side === 'right');
  return left && right && first && { ...first.relief, ...sidesJoined(left, right) };
}

function widened(relief: TextRelief, other: TextRelief): TextRelief {
  return { ...relief, low: Math.min(relief.low, other.low), high: Math.max(relief.high, other.high) };
}

/** Two sides of one session: what is true of both is only the range; each keeps its own beside it. */
function sidesJoined(left: TextRelief, right: TextRelief): Pick<TextRelief, 'low' | 'high' | 'bySide'> {
  const { low, high } = widened(left, right);
  return {
    low,
    high,
    bySide: { left: { low: left.low, high: left.high }, right: { low: right.low, high: right.high } },
  };
}

/** Two tellings of one session, the later of the side it names. */
export function joinedAcrossSides(before: TextRelief, later: TextRelief, side: string): TextRelief {
  return { ...before, ...(side === 'right' ? sidesJoined(before, later) : sidesJoined(later, before)) };
}
