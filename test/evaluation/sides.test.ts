import type { Laterality, Side } from '../../src/evaluation/evidence.js';
import { facetSegments, foraminalSegments } from '../../src/evaluation/pain-generators/segments.js';
import { covers, coversAll, joinSides, sidesOf } from '../../src/evaluation/sides.js';

type MaybeSide = Laterality | undefined;

test.each<[MaybeSide, Side | undefined, boolean]>([
  ['left', 'left', true],
  ['left', 'right', false],
  ['bilateral', 'right', true],
  [undefined, 'right', true],
  ['left', undefined, true],
])('covers: a record of side %s is of side %s: %s', (recorded, asked, expected) => {
  expect(covers(recorded, asked)).toBe(expected);
});

test.each<[MaybeSide, MaybeSide, boolean]>([
  ['right', 'bilateral', false],
  ['bilateral', 'bilateral', true],
  ['bilateral', 'left', true],
  ['left', 'left', true],
  ['left', 'right', false],
  ['left', undefined, true],
  [undefined, 'bilateral', true],
])('coversAll: %s covers all of %s: %s', (outer, inner, expected) => {
  expect(coversAll(outer, inner)).toBe(expected);
});

test.each<[MaybeSide, MaybeSide, MaybeSide]>([
  ['left', 'right', 'bilateral'],
  ['left', 'left', 'left'],
  ['left', undefined, 'left'],
  [undefined, 'right', 'right'],
  ['left', 'bilateral', 'bilateral'],
  [undefined, undefined, undefined],
])('joinSides: %s and %s is %s', (a, b, expected) => {
  expect(joinSides(a, b)).toBe(expected);
});

test('sidesOf: both of bilateral, none of none', () => {
  expect(sidesOf('bilateral')).toEqual(['left', 'right']);
  expect(sidesOf('right')).toEqual(['right']);
  expect(sidesOf(undefined)).toEqual([]);
});

test.each<[readonly string[], readonly string[]]>([
  [['L3', 'L4'], ['L4-L5']],
  [['L4', 'L5'], ['L5-S1']],
  [
    ['L2', 'L3', 'L4'],
    ['L3-L4', 'L4-L5'],
  ],
  [['T12', 'L1'], ['L1-L2']],
  [['L3', 'L5'], []],
  [['L4-L5'], ['L4-L5']],
  [['L5', 'S1'], []],
  [['C3', 'C4'], []],
])('medial branches %j supply the facet joints %j', (nerves, joints) => {
  expect(facetSegments(nerves)).toEqual(joints);
});

test.each<[readonly string[], readonly string[]]>([
  [['L5'], ['L5-S1']],
  [['L4-L5'], ['L4-L5']],
  [['T10'], ['T10-T11']],
  [['S1'], []],
  [['C6'], []],
])('an injection at %j reaches the foramina %j', (levels, segments) => {
  expect(foraminalSegments(levels)).toEqual(segments);
});
