import { namesSide } from '../words/side-words.js';
import { wordToken, type Token } from '../words/tokenise.js';
import { WORD_BITS, type Words } from '../words/words.js';

const VERTEBRA = /^[ls]\d$/u;
const CONTACT: ReadonlySet<string> = new Set(
  [
    'abut abuts abutting contact contacts contacting touch touches touching displace displaces displacing',
    'compress compresses compressing impinge impinges impinging comp compr',
  ].flatMap((words) => words.split(' ')),
);
/** Verbs in short, which mean something else where no root follows. */
const SHORT: ReadonlySet<string> = new Set(['comp', 'compr']);
const PASSED: ReadonlySet<string> = new Set(['the', 'on', 'upon', 'exiting', 'traversing', 'descending']);
/** Words that may follow a vertebra that stands for its root; any other names what is touched. */
const BEHIND: ReadonlySet<string> = new Set('and or in within at with without as by from but'.split(' '));
const REACH = 3;
const TOOLS: ReadonlySet<string> = new Set(
  'needle tip electrode probe cannula introducer catheter lead screw rod hook cage hardware spacer plate process tp'.split(
    ' ',
  ),
);
const TOOL_REACH = 8;
const SIDES: ReadonlySet<string> = new Set(['both', 'bil', 'bilat']);

/** Places that a capital N behind them calls normal. */
const PLACES: ReadonlySet<string> = new Set(
  'sij sijs joint jt hip facet fj foramen nf nfs canal conus cord marrow alignment disc root'.split(' '),
);

/** Index of the verb of contact before a vertebra with a side: "abuts L S1". */
function verbBefore(tokens: readonly Token[], vertebra: number): number | undefined {
  if (!SIDES.has(tokens[vertebra - 1]?.text ?? '') && !namesSide(tokens[vertebra - 1]?.text ?? ''))
    return undefined;
  for (let index = vertebra - 2; index >= vertebra - 2 - REACH; index -= 1) {
    const text = tokens[index]?.text ?? '';
    if (CONTACT.has(text)) return index;
    if (!PASSED.has(text)) return undefined;
  }
  return undefined;
}

/** "The needle tip touched left L5": what touches is none of the spine's own. */
function isOfNeedle(tokens: readonly Token[], verb: number): boolean {
  return tokens.slice(Math.max(0, verb - TOOL_REACH), verb).some(({ text }) => TOOLS.has(text));
}

function endsThere(next: Token | undefined): boolean {
  if (next === undefined || next.kind === 'newline') return true;
  return next.kind === 'word' ? BEHIND.has(next.text) : next.kind === 'mark';
}

/** "SIJ N.", "Hips N, canal N": behind a place, and nothing behind it. */
function isNormal(text: string, tokens: readonly Token[], index: number): boolean {
  const [before, token, next] = [tokens[index - 1], tokens[index], tokens[index + 1]];
  if (token?.text !== 'n' || text.charAt(token.start) !== 'N') return false;
  const ends = next === undefined || next.kind === 'newline' || '.,;)'.includes(next.text);
  return ends && PLACES.has(before?.text ?? '');
}

/**
 * The tokens of a text with the word for the root where a report leaves it out: "protrusion abuts L S1", "comp R L5"
 * (a vertebra has no side of its own that could be touched), and with "normal" where it writes N.
 */
export function withShorthand(text: string, tokens: readonly Token[], words: Words): readonly Token[] {
  let read: Token[] | undefined;
  for (let index = 0; index < tokens.length; index += 1) {
    const token = tokens[index];
    if (token === undefined) break;
    if (token.text === 'n' && isNormal(text, tokens, index)) {
      read ??= tokens.slice(0, index);
      read.push(wordToken('normal', token, words));
      continue;
    }
    read?.push(token);
    if ((token.begins & WORD_BITS.level) === 0 || !VERTEBRA.test(token.text)) continue;
    const verb = verbBefore(tokens, index);
    if (verb === undefined || !endsThere(tokens[index + 1]) || isOfNeedle(tokens, verb)) continue;
    read ??= tokens.slice(0, index + 1);
    const at = read.length - (index - verb) - 1;
    const before = tokens[verb];
    if (before !== undefined && SHORT.has(before.text)) read[at] = wordToken('compressing', before, words);
    read.push(wordToken('root', token, words));
  }
  return read ?? tokens;
}
