/**
 * The link between a statement and its source. Whatever shows something that rests on the record carries
 * `data-evidence`; pointing at it, or focusing it, lights everything else that rests on the same words, and back.
 *
 * @typedef {import('./types.js').Evidence} Evidence
 * @typedef {readonly [reference: string, excerpt?: string]} Place
 */

/**
 * The value of `data-evidence`.
 * @param {readonly Evidence[] | undefined} evidence
 */
export function evidenceAttribute(evidence) {
  const places = (evidence ?? []).map(({ reference, excerpt }) =>
    excerpt ? [reference, excerpt] : [reference],
  );
  return JSON.stringify(places);
}

/**
 * Whether two statements rest on the same source. Where both name their words, the words have to be the same; cards
 * may cut them short with an ellipsis.
 * @param {readonly Place[]} some
 * @param {readonly Place[]} others
 */
export function restOnTheSame(some, others) {
  return some.some(([reference, words]) =>
    others.some(([other, otherWords]) => reference === other && sameWords(words, otherWords)),
  );
}

/**
 * @param {string | undefined} one
 * @param {string | undefined} other
 */
function sameWords(one, other) {
  if (one === undefined || other === undefined) return true;
  const [a, b] = [bare(one), bare(other)];
  return a.startsWith(b) || b.startsWith(a);
}

/**
 * What comes before the first thing that a card left out.
 * @param {string} words
 */
function bare(words) {
  return words
    .replace(/…[^]*$/, '')
    .replace(/\s+/g, ' ')
    .trim();
}

/** @param {Element} element */
function placesOf(element) {
  /** @type {Place[]} */
  const places = JSON.parse(element.getAttribute('data-evidence') ?? '[]');
  return places;
}

/**
 * Listens on a page; returns a function that lights nothing any more.
 * @param {Document} page
 * @param {(places: readonly Place[]) => void} onLit told what is lit, so that the words can be shown
 */
export function linkEvidence(page, onLit) {
  /** @type {Element | undefined} */
  let origin;
  /** @param {Element | undefined} next */
  const light = (next) => {
    if (next === origin) return;
    origin = next;
    clear(page);
    onLit(next ? lightUp(page, next) : []);
  };
  /** @param {globalThis.Event} event */
  const follow = ({ target }) => {
    light(evidencedAt(target) ?? evidencedAt(page.activeElement));
  };
  page.addEventListener('pointerover', follow);
  page.addEventListener('focusin', follow);
  page.addEventListener('focusout', () => light(undefined));
  page.documentElement.addEventListener('pointerleave', () => light(undefined));
}

/**
 * What rests on the record, around an element; pointing beside it leaves lit what has the focus.
 * @param {globalThis.EventTarget | null} target
 */
function evidencedAt(target) {
  const found = target instanceof Element ? target.closest('[data-evidence]') : undefined;
  return found && placesOf(found).length > 0 ? found : undefined;
}

/** @param {Document} page */
function clear(page) {
  for (const element of page.querySelectorAll('[data-lit]')) element.removeAttribute('data-lit');
  highlights()?.delete('evidence');
}

/**
 * Lights what rests on the same sources; returns them, with the words as each place quotes them.
 * @param {Document} page
 * @param {Element} origin
 */
function lightUp(page, origin) {
  const places = placesOf(origin);
  const lit = [...page.querySelectorAll('[data-evidence]')].filter(
    (element) => element !== origin && restOnTheSame(places, placesOf(element)),
  );
  origin.setAttribute('data-lit', 'origin');
  for (const element of lit) element.setAttribute('data-lit', 'source');
  for (const tab of page.querySelectorAll('[data-evidence-tab]'))
    if (restOnTheSame(places, JSON.parse(tab.getAttribute('data-evidence-tab') ?? '[]')))
      tab.setAttribute('data-lit', 'tab');
  const whole = [
    ...places,
    ...lit.flatMap(placesOf).filter((place) => place[1] && restOnTheSame(places, [place])),
  ];
  const records = [origin, ...lit].filter((element) => element.matches('[data-record]'));
  highlightWords(records, whole);
  bringIntoView(lit.filter((element) => !origin.contains(element)));
  return whole;
}

/**
 * Shows the words of the first source, uncut where somebody has them uncut.
 * @param {readonly Place[]} places
 */
export function showWords(places) {
  const first = places.find(([, words]) => words);
  const all = places.filter((place) => first && place[1] && restOnTheSame([first], [place]));
  const longest = all.map(([, words = '']) => words).sort((a, b) => b.length - a.length)[0];
  const strip = document.getElementById('words');
  if (strip) strip.textContent = first && longest ? `“${longest}” ${first[0]}` : '';
}

/**
 * Marks the words themselves in the records, without touching their markup.
 * @param {readonly Element[]} records
 * @param {readonly Place[]} places
 */
function highlightWords(records, places) {
  const ranges = records.flatMap((record) =>
    places.flatMap(([reference, words]) =>
      words && placesOf(record).some(([own]) => own === reference) ? findWords(record, words) : [],
    ),
  );
  if (ranges.length > 0) highlights()?.set('evidence', new Highlight(...ranges));
}

function highlights() {
  return 'highlights' in CSS ? CSS.highlights : undefined;
}

/**
 * @param {Element} record
 * @param {string} words
 */
function findWords(record, words) {
  const pattern = new RegExp(bare(words).split(' ').map(escaped).join('\\s+'), 'g');
  const walker = record.ownerDocument.createTreeWalker(record, NodeFilter.SHOW_TEXT);
  const ranges = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const { index, 0: found } of (node.nodeValue ?? '').matchAll(pattern)) {
      const range = new Range();
      range.setStart(node, index);
      range.setEnd(node, index + found.length);
      ranges.push(range);
    }
  return ranges;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/**
 * Scrolls the columns that scroll for themselves, never the page.
 * @param {readonly Element[]} lit
 */
function bringIntoView(lit) {
  /** @type {Set<Element>} */
  const done = new Set();
  for (const element of lit) {
    const column = element.closest('[data-scrolls]');
    if (!column || done.has(column) || column.scrollHeight <= column.clientHeight) continue;
    done.add(column);
    const [own, its] = [element.getBoundingClientRect(), column.getBoundingClientRect()];
    if (own.top < its.top || own.bottom > its.bottom) column.scrollTop += own.top - its.top - its.height / 3;
  }
}
