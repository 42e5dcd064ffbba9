import type { Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

/** What can be left open of a finding that is there. */
const ASPECTS: ReadonlySet<string> = new Set(
  'age acuity chronicity etiology aetiology cause origin nature significance stability instability extent degree'
    .concat(' severity grade duration morphology progression timing loss height')
    .split(' '),
);
const BEHIND: ReadonlySet<string> = new Set(['to', 'whether', 'if', 'for']);
/** "Whether the fracture is acute cannot be determined." */
const QUALITIES: ReadonlySet<string> = new Set('acute chronic old new stable unstable healed'.split(' '));
const REACH = 10;
/** With these a sentence turns from what was thought before to what is. */
const PRESENT: ReadonlySet<string> = new Set('is are now today currently represents represent'.split(' '));

/**
 * "The age of the L1 fracture cannot be determined", "cannot be determined to be acute": open is something of the
 * finding, and not the finding.
 */
export function leavesAspectOpen(tokens: readonly Token[], { first, last }: Mark): boolean {
  if (BEHIND.has(tokens[last + 1]?.text ?? '') || QUALITIES.has(tokens[first - 1]?.text ?? '')) return true;
  for (let index = first - 1; index >= Math.max(0, first - REACH); index -= 1) {
    const token = tokens[index];
    if (token === undefined || token.kind === 'newline' || '.;,:'.includes(token.text)) return false;
    if (ASPECTS.has(token.text)) return true;
  }
  return false;
}

/** "Endplate irregularity previously called degenerative is discitis": what stands behind "is" is of now. */
export function turnsToNow(tokens: readonly Token[], before: Mark, finding: Mark): boolean {
  return tokens.slice(before.last + 1, finding.first).some(({ text }) => PRESENT.has(text));
}
