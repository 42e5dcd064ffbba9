import { svg } from './lit.js';

/** @typedef {import('./spine-places.js').Point} Point */

const SIZES = { mild: 6, moderate: 8, severe: 10 };

/**
 * Half the size of a mark; a severity that is not said is drawn in the middle size.
 * @param {string | undefined} severity
 */
export function sizeOf(severity) {
  return SIZES[/** @type {keyof SIZES} */ (severity)] ?? 8;
}

/** The shape of each kind, as a path around the origin for a half size of 1. */
const SHAPES = {
  'facet-arthropathy': 'M-1 -1 H1 V1 H-1 Z',
  'foraminal-stenosis': 'M-1 0 A1 1 0 1 1 1 0 A1 1 0 1 1 -1 0 Z',
  'central-stenosis':
    'M-1.2 0 A1.2 1.2 0 1 1 1.2 0 A1.2 1.2 0 1 1 -1.2 0 Z M-.5 0 A.5 .5 0 1 0 .5 0 A.5 .5 0 1 0 -.5 0 Z',
  spondylolisthesis: 'M-1.7 -1.1 H.9 V-.1 H-1.7 Z M-.9 .1 H1.7 V1.1 H-.9 Z',
  'pars-defect':
    'M-1.2 -.5 L-.5 -1.2 L0 -.7 L.5 -1.2 L1.2 -.5 L.7 0 L1.2 .5 L.5 1.2 L0 .7 L-.5 1.2 L-1.2 .5 L-.7 0 Z',
  'disc-herniation': 'M0 -1.2 L1.2 1 H-1.2 Z',
  'nerve-root-compression': 'M0 -1.3 L1.3 0 L0 1.3 L-1.3 0 Z',
  radiculopathy: 'M0 -1.3 L1.3 0 L0 1.3 L-1.3 0 Z',
  'endplate-change': 'M-1.8 -.5 H1.8 V.5 H-1.8 Z',
  fracture: 'M-1.4 -.4 L-.6 -1 L-.2 0 L.4 -1 L1.4 .2 L.6 1 L.2 .2 L-.4 1 Z',
  'inflammatory-sacroiliitis': 'M0 -1.4 L.8 -.4 L1.4 .9 H-1.4 L-.8 -.4 Z',
  'hip-pathology': 'M-1 -.6 L0 -1.2 L1 -.6 V.6 L0 1.2 L-1 .6 Z',
};
const ANY_SHAPE = 'M-1 0 A1 1 0 1 1 1 0 A1 1 0 1 1 -1 0 Z';

/**
 * One mark: shape by kind, colour by status, size by severity.
 * @param {string} finding
 * @param {number} size
 * @param {Point} at
 */
export function mark(finding, size, at = { x: 0, y: 0 }) {
  const shape = SHAPES[/** @type {keyof SHAPES} */ (finding)] ?? ANY_SHAPE;
  return svg`<path class="mark" d=${shape} transform=${`translate(${at.x} ${at.y}) scale(${size})`} />`;
}
