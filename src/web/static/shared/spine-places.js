/**
 * Where things are on the drawing of the spine: a view from behind, so that the patient's left is on the left.
 * User units of the SVG, 420 wide and 556 high.
 *
 * @typedef {import('./types.js').PainGenerator} PainGenerator
 * @typedef {import('./types.js').Intervention} Intervention
 * @typedef {'left' | 'right' | 'middle'} Place
 * @typedef {{ readonly x: number, readonly y: number }} Point
 */

export const WIDTH = 420;
export const HEIGHT = 556;
export const MIDDLE = WIDTH / 2;

/** The lumbar vertebrae: top edge, half width; each is 44 high, with a disc of 16 below. */
export const VERTEBRAE = ['L1', 'L2', 'L3', 'L4', 'L5'].map((name, index) => ({
  name,
  top: 24 + index * 62,
  half: 33 + index * 2.5,
}));

/** The segments, by name, with the height of their disc and facets. */
export const SEGMENTS = [
  ...['L1-L2', 'L2-L3', 'L3-L4', 'L4-L5', 'L5-S1'].map((name, index) => ({ name, y: 77 + index * 62 })),
];

/** The sacral foramina: height, and distance from the middle. */
export const SACRAL = [
  { name: 'S1', y: 378, x: 33 },
  { name: 'S2', y: 416, x: 28 },
  { name: 'S3', y: 452, x: 23 },
];

/** Which structure each kind of finding is drawn at, by distance from the middle. */
const DISTANCE = {
  'facet-arthropathy': 30,
  'foraminal-stenosis': 52,
  'nerve-root-compression': 62,
  radiculopathy: 66,
  'pars-defect': 26,
  'disc-herniation': 14,
  'inflammatory-sacroiliitis': 88,
  'hip-pathology': 150,
};

/** Kinds that have no side of their own. */
const MIDLINE = new Set([
  'central-stenosis',
  'spondylolisthesis',
  'endplate-change',
  'fracture',
  'spondylosis',
]);

/**
 * The points a finding is drawn at; none when the record names no level, and then it is listed beside the drawing.
 * @param {PainGenerator} generator
 * @returns {readonly Point[]}
 */
export function pointsOf({ finding, level, laterality }) {
  const y = heightOf(finding, level);
  if (y === undefined) return [];
  if (MIDLINE.has(finding)) return [{ x: MIDDLE, y }];
  const distance = DISTANCE[/** @type {keyof DISTANCE} */ (finding)] ?? 40;
  return sidesOf(laterality).map((side) => ({ x: MIDDLE + (side === 'left' ? -distance : distance), y }));
}

/**
 * @param {string} finding
 * @param {string | undefined} level
 */
function heightOf(finding, level) {
  if (finding === 'inflammatory-sacroiliitis') return 400;
  if (finding === 'hip-pathology') return 516;
  const shift = finding === 'pars-defect' ? -17 : finding === 'spondylolisthesis' ? -2 : 0;
  const height = level === undefined ? undefined : heightOfLevel(level);
  return height === undefined ? undefined : height + shift;
}

/**
 * The height of a segment (L4-L5), a vertebra (L3) or a sacral foramen (S2); undefined for levels above L1.
 * @param {string} level
 */
export function heightOfLevel(level) {
  const segment = SEGMENTS.find(({ name }) => name === level);
  if (segment) return segment.y;
  const vertebra = VERTEBRAE.find(({ name }) => name === level);
  if (vertebra) return vertebra.top + 22;
  return SACRAL.find(({ name }) => name === level)?.y;
}

/**
 * A finding whose side is not said is drawn on both, dotted.
 * @param {string | undefined} laterality
 * @returns {readonly ('left' | 'right')[]}
 */
export function sidesOf(laterality) {
  return laterality === 'left' || laterality === 'right' ? [laterality] : ['left', 'right'];
}

/** The target of each kind of procedure, by distance from the middle. */
const TARGET = {
  'medial-branch-block': 30,
  'facet-rfa': 30,
  'transforaminal-epidural': 52,
  'si-joint-injection': 88,
  'si-fusion': 88,
  'hip-injection': 150,
};

const SI_JOINT = new Set(['si-joint-injection', 'si-fusion']);
const SACRAL_NERVES = new Set(['lateral-branch-block', 'sacral-lateral-branch-rfa', 'neurectomy']);

/**
 * Where a procedure was aimed, on one side.
 * @param {Intervention} intervention
 * @param {'left' | 'right'} side
 * @returns {Point | undefined}
 */
export function targetOf({ kind, levels }, side) {
  const outward = side === 'left' ? -1 : 1;
  const heights = (levels ?? []).flatMap((level) => heightOfLevel(level) ?? []);
  const middle = heights.length > 0 ? heights.reduce((sum, y) => sum + y, 0) / heights.length : undefined;
  if (SACRAL_NERVES.has(kind)) return { x: MIDDLE + outward * 58, y: 416 };
  if (SI_JOINT.has(kind)) return { x: MIDDLE + outward * 88, y: 400 };
  if (kind === 'hip-injection') return { x: MIDDLE + outward * 150, y: 516 };
  if (kind === 'caudal-epidural') return { x: MIDDLE, y: 500 };
  if (middle === undefined) return undefined;
  return { x: MIDDLE + outward * (TARGET[/** @type {keyof TARGET} */ (kind)] ?? 10), y: middle };
}

/**
 * Labels in a lane that keep their order and a distance, as near their targets as that allows.
 * @param {readonly { readonly y: number }[]} targets
 * @param {number} distance
 * @returns {readonly number[]}
 */
export function spread(targets, distance) {
  const order = targets.map(({ y }, index) => ({ y, index })).sort((a, b) => a.y - b.y);
  /** @type {number[]} */
  const heights = [];
  let last = -Infinity;
  for (const { y, index } of order) {
    last = Math.max(y, last + distance);
    heights[index] = last;
  }
  const overflow = last - (HEIGHT - 20);
  return overflow > 0 ? heights.map((y) => y - overflow) : heights;
}
