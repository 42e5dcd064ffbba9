import type { Quantity } from 'fhir/r4.js';

/** A percentage, or the range that one with a comparator leaves open. */
export interface Percent {
  readonly low: number;
  readonly high: number;
  readonly isBound?: true;
}

const MOST = 100;

/** The percentage a quantity gives: "> 80 %" is 80 to 100, "< 80 %" is 0 to 80. Undefined for another unit or comparator. */
export function percentOf(quantity: Quantity | undefined): Percent | undefined {
  const { value, comparator, code, unit } = quantity ?? {};
  if (typeof value !== 'number' || !isPercent(code ?? unit)) return undefined;
  if (comparator === undefined) return { low: value, high: value };
  if (value < 0 || value > MOST) return undefined;
  if (/^>=?$/.test(comparator)) return { low: value, high: MOST, isBound: true };
  return /^<=?$/.test(comparator) ? { low: 0, high: value, isBound: true } : undefined;
}

function isPercent(unit: string | undefined): boolean {
  return unit === '%' || /percent/i.test(unit ?? '');
}

/** Units of a score in points, as they are written. */
const POINTS = /^(?:1|#|\/?10|scores?|points?|pts?|nrs|vas|vnrs?|numeric.*|0 ?(?:-|to) ?10)?$/;

/** What a pain score was measured in, for comparing two: empty for points of ten, which are written in many ways. */
export function scoreUnitOf(quantity: Quantity | undefined): string {
  const unit = (quantity?.code ?? quantity?.unit ?? '').toLowerCase().replace(/[{}()[\]]/g, '').trim(); // prettier-ignore
  if (/^milli ?met/.test(unit)) return 'mm';
  if (/^centi ?met/.test(unit)) return 'cm';
  return POINTS.test(unit) ? '' : unit;
}
