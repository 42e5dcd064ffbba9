import type { Laterality, Side } from '../../src/evaluation/evidence.js';
import { facetSegments, foraminalSegments } from '../../src/evaluation/pain-generators/segments.js';
import { covers, coversAll, joinSides, shareSide, sidesOf } from '../../src/evaluation/sides.js';
import type { InterventionFact } from '../../src/evaluation/facts.js';
import { block, review, stepOf } from './facts.js';

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

test.each<[MaybeSide, MaybeSide, boolean]>([
  ['left', 'left', true],
  ['left', 'right', false],
  ['left', 'bilateral', true],
  ['bilateral', 'left', true],
  ['left', undefined, true],
  [undefined, 'right', true],
  [undefined, 'bilateral', true],
])('shareSide: a record of %s and one of %s may be of one side: %s', (a, b, expected) => {
  expect(shareSide(a, b)).toBe(expected);
});

test('sidesOf: both of bilateral, none of none', () => {
  expect(sidesOf('bilateral')).toEqual(['left', 'right']);
  expect(sidesOf('right')).toEqual(['right']);
  expect(sidesOf(undefined)).toEqual([]);
});

describe('a bilateral order whose sides answer alike', () => {
  const notCounted = (left: InterventionFact, right: InterventionFact) =>
    stepOf(review({ interventions: [left, right] }), 'diagnostic-blocks').notCounted?.map(({ why }) => why);

  test('what is of one side is not set down as of the wrong one, whether it counts or not', () => {
    expect(notCounted(block(85, { laterality: 'left' }), block(85, { laterality: 'right' }))).toBeUndefined();
    expect(notCounted(block(10, { laterality: 'left' }), block(10, { laterality: 'right' }))).toEqual([
      'negative-relief',
      'negative-relief',
    ]);
  });

  test('where they answer otherwise, each side says what is of the other', () => {
    const sides = review({
      interventions: [block(85, { laterality: 'left' }), block(10, { laterality: 'right' })],
    });
    const why = (side: Side) => stepOf(sides, 'diagnostic-blocks', side).notCounted?.map((one) => one.why);
    expect(why('left')).toEqual(['wrong-side']);
    expect(why('right')).toEqual(['wrong-side', 'negative-relief']);
  });
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
