import { oneLine, shorten } from './markdown.js';

/**
 * What may not fall out of a quotation, for the rest would say something else: denials and ends, how sure it is, sides,
 * where relief was, and figures with what they count.
 */
const TELLING =
  /^(?:no|not|non|none|nor|never|neither|without|cannot|unable|\w+n[’']t|den(?:y|ies|ied|ial|ying)|declin\w*|refus\w*|negative|absent|fail\w*|unsuccessful\w*|abort\w*|abandon\w*|stopp\w*|terminat\w*|cancel\w*|defer\w*|incomplete\w*|contraindicat\w*|only|less|worse\w*|suspicious|concern\w*|possib\w*|probabl\w*|likely|unlikely|consistent|planned?|scheduled?|left|right|bilateral\w*|both|groin|hip|buttock|relief|lesions?|[ctls]\d.*|.*%|percent|\d+\/10)$/i;
/** A word behind which the next one belongs to it: "no lesions", "not a candidate", "80-90% relief", "3 months". */
const LEADING = /^(?:no|not|non|without|never|.*%|\d[\d.-]*)$/i;
const UNIT =
  /^(?:percent|min(?:utes?)?|h(?:ours?|rs?)?|days?|w(?:eeks?|ks?)|mo(?:nths?|s)?|years?|points?)\b/i;
/** Words at either end that stay in any case. */
const ENDS = 2;
const GAP = '…';
/** Of what carries meaning at the most. */
const LONGEST = 200;

/**
 * In one line, its middle left out at words, by code points: what was done begins a sentence, what came of it ends it,
 * and a reader needs both ("Left SIJ RFA in 2025 … gave no relief at 3 months"). Where what carries the meaning takes
 * more than `length`, it is longer, never over 200.
 */
export function abridge(words: string, length: number): string {
  const text = oneLine(words);
  if (sizeOf(text) <= length) return text;
  const parts = text.split(' ');
  const left = new Set(parts.keys());
  for (const index of dispensable(parts)) {
    left.delete(index);
    const short = assemble(parts, left);
    if (sizeOf(short) <= length) return short;
  }
  return shorten(assemble(parts, left), parts.some(isTelling) ? LONGEST : length);
}

function sizeOf(text: string): number {
  return Array.from(text).length;
}

/** What may be left out, from the middle on outwards. */
function dispensable(parts: readonly string[]): readonly number[] {
  const middle = (parts.length - 1) / 2;
  return [...parts.keys()]
    .filter(
      (index) => index >= ENDS && index < parts.length - ENDS && !isTelling(parts[index] ?? '', index, parts),
    )
    .toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
}

function isTelling(part: string, index: number, parts: readonly string[]): boolean {
  const [before, word, next] = [bare(parts[index - 1]), bare(part), bare(parts[index + 1])];
  return TELLING.test(word) || LEADING.test(before) || (/^\d/.test(word) && UNIT.test(next));
}

/** Without the punctuation around it. */
function bare(part = ''): string {
  return part.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}%]+$/gu, '');
}

/** A gap for each run that is left out; one of a word or two stays, for a gap is as long and says less. */
function assemble(parts: readonly string[], left: ReadonlySet<number>): string {
  const said: string[] = [];
  let run: string[] = [];
  for (const [index, part] of [...parts, ''].entries()) {
    if (index < parts.length && !left.has(index)) {
      run.push(part);
      continue;
    }
    said.push(...(run.join(' ').length > SHORTEST_GAP ? [GAP] : run), part);
    run = [];
  }
  return said.slice(0, -1).join(' ');
}
const SHORTEST_GAP = 9;
