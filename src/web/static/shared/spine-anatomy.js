import { svg } from './lit.js';
import { MIDDLE, SACRAL, SEGMENTS, VERTEBRAE } from './spine-places.js';

/** The drawing itself, without any patient: vertebrae, facets, foramina, sacrum, SI joints, lateral branches. */
export function anatomy() {
  return svg`<g class="anatomy" aria-hidden="true">
    ${[-1, 1].map(ilium)} ${sacrum()} ${[-1, 1].map(siJoint)} ${[-1, 1].map(lateralBranches)}
    ${SEGMENTS.map(disc)} ${VERTEBRAE.map(vertebra)} ${SEGMENTS.map(facets)} ${SACRAL.map(foramina)}
  </g>`;
}

/** @param {{ name: string, top: number, half: number }} vertebra */
function vertebra({ name, top, half }) {
  const [left, right] = [MIDDLE - half, MIDDLE + half];
  const process = half + 20;
  return svg`<g id=${`spine-${name}`}>
    <path class="bone" d="M${left} ${top + 10} l-20 -5 q-5 6 0 12 l20 4 Z M${right} ${top + 10} l20 -5 q5 6 0 12 l-20 4 Z" />
    <rect class="bone" x=${left} y=${top} width=${half * 2} height="44" rx="11" />
    <path class="bone-shade" d="M${MIDDLE - 5} ${top + 12} q5 -5 10 0 l2 25 q-7 9 -14 0 Z" />
    <text class="level" x=${MIDDLE - process - 12} y=${top + 20} text-anchor="end">${name}</text>
  </g>`;
}

/** @param {{ name: string, y: number }} segment */
function disc({ name, y }, index = SEGMENTS.findIndex((segment) => segment.name === name)) {
  const half = 30 + index * 2.5;
  return svg`<rect id=${`spine-disc-${name}`} class="disc" x=${MIDDLE - half} y=${y - 10} width=${half * 2} height="20" rx="8" />`;
}

/** @param {{ name: string, y: number }} segment */
function facets({ name, y }) {
  return [-1, 1].map(
    (side) => svg`<g id=${`spine-${name}-${side < 0 ? 'left' : 'right'}`}>
      <ellipse class="facet" cx=${MIDDLE + side * 30} cy=${y} rx="8" ry="12" />
      <circle class="foramen" cx=${MIDDLE + side * 52} cy=${y} r="7" />
    </g>`,
  );
}

function sacrum() {
  const [left, right] = [MIDDLE - 84, MIDDLE + 84];
  return svg`<g id="spine-sacrum">
    <path class="bone" d="M${left + 14} 340 q70 -16 ${right - left - 28} 0 q20 8 16 34 q-8 62 -44 104 q-20 26 -27 48 q-15 14 -30 0 q-7 -22 -27 -48 q-36 -42 -44 -104 q-4 -26 16 -34 Z" />
    ${SACRAL.map(({ name, y }) => svg`<text class="level" x=${MIDDLE} y=${y + 4} text-anchor="middle">${name}</text>`)}
  </g>`;
}

/** @param {number} side */
function ilium(side) {
  const x = (/** @type {number} */ distance) => MIDDLE + side * distance;
  return svg`<path class="bone-far" d="M${x(90)} 352 Q${x(98)} 320 ${x(136)} 310 Q${x(182)} 304 ${x(192)} 346 Q${x(194)} 400 ${x(174)} 446 Q${x(166)} 470 ${x(172)} 496 Q${x(150)} 482 ${x(130)} 500 Q${x(122)} 478 ${x(98)} 472 Q${x(84)} 470 ${x(76)} 460 Q${x(100)} 402 ${x(90)} 352 Z" />
    <circle class="bone-far" cx=${x(150)} cy="516" r="22" />`;
}

/** @param {number} side */
function siJoint(side) {
  const x = (/** @type {number} */ distance) => MIDDLE + side * distance;
  return svg`<path id=${`spine-si-${side < 0 ? 'left' : 'right'}`} class="joint" d="M${x(87)} 352 Q${x(96)} 400 ${x(70)} 462" />`;
}

/** The nerves of the order: from each sacral foramen to the joint. @param {number} side */
function lateralBranches(side) {
  return SACRAL.map(
    ({ x, y }, index) =>
      svg`<path class="nerve" d="M${MIDDLE + side * (x + 6)} ${y} q${side * 16} ${-4 + index * 2} ${side * (47 - index * 7)} ${index * 3}" />`,
  );
}

/** @param {{ name: string, x: number, y: number }} place */
function foramina({ name, x, y }) {
  return [-1, 1].map(
    (side) =>
      svg`<ellipse id=${`spine-${name}-${side < 0 ? 'left' : 'right'}`} class="foramen" cx=${MIDDLE + side * x} cy=${y} rx="7" ry="6" />`,
  );
}
