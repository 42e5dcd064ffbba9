/**
 * Which motion segments an injection or an ablation reached, by the levels its record names. Medial branches are
 * named by nerve: the facet joint X-Y is supplied by the medial branches of X-1 and X (L5-S1: L4 and the L5 dorsal
 * ramus). A transforaminal injection named by root reaches the foramen that the root leaves by (L5: L5-S1).
 */
import { allOf } from '../../lists.js';

const VERTEBRAE = ['T10', 'T11', 'T12', 'L1', 'L2', 'L3', 'L4', 'L5', 'S1'] as const;

function segmentBelow(index: number): string | undefined {
  const [upper, lower] = [VERTEBRAE[index], VERTEBRAE[index + 1]];
  return upper && lower ? `${upper}-${lower}` : undefined;
}

function indexOf(level: string): number {
  return VERTEBRAE.findIndex((vertebra) => vertebra === level);
}

export function facetSegments(levels: readonly string[]): readonly string[] {
  const nerves = new Set(levels.map(indexOf).filter((index) => index >= 0));
  const supplied = allOf(
    [...nerves].filter((index) => nerves.has(index - 1)),
    (index) => segmentBelow(index) ?? [],
  );
  return [...levels.filter(isSegment), ...supplied];
}

export function foraminalSegments(levels: readonly string[]): readonly string[] {
  return [
    ...levels.filter(isSegment),
    ...allOf(levels, (level) => (isSegment(level) ? [] : (segmentBelow(indexOf(level)) ?? []))),
  ];
}

function isSegment(level: string): boolean {
  return level.includes('-');
}
