import type { PhraseBook } from '../words/phrase-book.js';
import { longestPhrase } from '../words/phrases.js';
import { WORD_BITS } from '../words/words.js';
import type { Token } from '../words/tokenise.js';

const VERBS: ReadonlySet<string> = new Set('is are appears appear looks look remains remain'.split(' '));
/** "L4-5 and L5-S1 are normal" speaks of both; "the L5-S1 facets are normal" of one. */
const PLURAL: ReadonlySet<string> = new Set(['are', 'appear', 'look', 'remain']);
const NORMAL: ReadonlySet<string> = new Set(
  'normal unremarkable clear spared patent preserved intact maintained'.split(' '),
);
const JOINING: ReadonlySet<string> = new Set(['and', ',']);
/** Tokens of "the L5-S1 neural foramina". */
const SUBJECT_TOKENS = 6;
/** Tokens before the "and" in which something is found. */
const CLAUSE_TOKENS = 30;
const CLAUSE_ENDS: ReadonlySet<string> = new Set(['.', ';']);
const ARTICLE = 'the';

function opensLevel(token: Token | undefined): boolean {
  return ((token?.begins ?? 0) & WORD_BITS.level) !== 0;
}

function isOfLevel(token: Token): boolean {
  return token.kind !== 'word' || opensLevel(token) || /^[lts]?\d/u.test(token.text);
}

/** Index of the "and" before the level that a verb says is normal: "and L5-S1 is normal". */
function joinBefore(tokens: readonly Token[], verb: number): number | undefined {
  for (let at = verb - 1; at >= verb - 1 - SUBJECT_TOKENS; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'newline') return undefined;
    if (!JOINING.has(token.text)) continue;
    const level = tokens[at + 1]?.text === ARTICLE ? at + 2 : at + 1;
    return level < verb && opensLevel(tokens[level]) ? at : undefined;
  }
  return undefined;
}

function isOfOneLevel(tokens: readonly Token[], join: number, verb: number): boolean {
  const last = tokens[verb - 1];
  const isNoun = last !== undefined && !isOfLevel(last);
  return isNoun || !isPlural(tokens[verb]) || tokens[join + 1]?.text === ARTICLE;
}

/** "appear", where "appears" is read as the same word. */
function isPlural(verb: Token | undefined): boolean {
  return verb !== undefined && PLURAL.has(verb.text) && verb.end - verb.start === verb.text.length;
}

/** "severe at L4-5 and L5-S1 is normal": the "and" as a semicolon, for what follows is a statement of its own. */
export function withNormalLevels(tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  const joins = new Set<number>();
  for (const [verb, { text }] of tokens.entries()) {
    if (!VERBS.has(text) || !NORMAL.has(tokens[verb + 1]?.text ?? '')) continue;
    const join = joinBefore(tokens, verb);
    if (join !== undefined && isOfOneLevel(tokens, join, verb) && tellsBefore(tokens, join, book))
      joins.add(join);
  }
  if (joins.size === 0) return tokens;
  return tokens.map((token, at) => (joins.has(at) ? { ...token, kind: 'mark', text: ';' } : token));
}

const ABNORMAL: ReadonlySet<string> = new Set(['finding', 'change', 'severity']);

/** "The canal at L4-5 and L5-S1 is normal" means both: before the two levels something is found. */
function tellsBefore(tokens: readonly Token[], join: number, { imaging }: PhraseBook): boolean {
  for (let at = join - 1; at >= join - CLAUSE_TOKENS; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'newline' || CLAUSE_ENDS.has(token.text)) return false;
    const senses = token.kind === 'word' ? longestPhrase(tokens, at, join, imaging)?.senses : undefined;
    if (senses?.some(({ role, code }) => ABNORMAL.has(role) && code !== 'normal-state') === true) return true;
  }
  return false;
}
