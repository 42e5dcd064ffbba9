import { allOf } from '../../lists.js';
import { plays } from '../marks/marks.js';
import { longestPhrase, type PhraseMatch } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { wordToken, type Token } from '../words/tokenise.js';

/** Words of the heading of a log beside the procedure that it names. */
const BESIDE: ReadonlySet<string> = new Set(
  'prior previous past history of log record list series diagnostic therapeutic and the to date'.split(' '),
);
const LONGEST_HEADING = 8;
const LONGEST_ROW = 40;
/** Tokens from a place to the share that ends its item: "SIJ, L, 6/24: 75%". */
const LONGEST_ITEM = 14;
const BULLETS: ReadonlySet<string> = new Set(['-', '–', '•', '*', '#', '(']);
const BEHIND_NUMBER: ReadonlySet<string> = new Set(['.', ')', ':', '-', '–']);
const MONTH = /^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*$/u;
const ABLATION = /^(?:c?rfa?s?|rfn|ablations?|radiofrequency|neurotomy|denervation|rhizotomy)$/u;
/** What is done at a place that is named without it; at a joint also by its short name alone. */
const IMPLIED: ReadonlyMap<string, string> = new Map([
  ['si-joint', 'injection'],
  ['lateral-branch', 'block'],
]);

interface Line {
  readonly first: number;
  /** Of the line break, or of the end of the text. */
  readonly end: number;
}

class Logs {
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;
  /** Words to be put before a token. */
  private readonly before = new Map<number, readonly string[]>();
  /** What the lines above say, while they are of one list. */
  private heading: readonly string[] | undefined;
  private ofAblation = false;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  read(): readonly Token[] {
    for (let first = 0; first < this.tokens.length;) {
      let end = first;
      while (end < this.tokens.length && this.tokens[end]?.kind !== 'newline') end += 1;
      this.readLine({ first, end });
      if (this.text(end) === '\n\n') this.endParagraph(first, end);
      first = end + 1;
    }
    if (this.before.size === 0) return this.tokens;
    return allOf(this.tokens, (token, index) => {
      const words = this.before.get(index) ?? [];
      return [...words.map((word) => wordToken(word, token, this.book.words)), token];
    });
  }

  private text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  /** An empty line may stand between a heading and its rows. */
  private endParagraph(first: number, end: number): void {
    this.ofAblation = false;
    if (this.isRow({ first, end })) this.heading = undefined;
  }

  private readLine(line: Line): void {
    const { first, end } = line;
    this.ofAblation ||= this.tokens.slice(first, end).some(({ text }) => ABLATION.test(text));
    if (this.isRow(line)) {
      const row = this.begin(first);
      if (this.heading !== undefined && this.namesNothing(line)) this.before.set(row, this.heading);
      return;
    }
    if (end - first > 0) this.heading = this.headingIn(line);
    this.readItems(line);
  }

  /** "5/12/23 L 80% 3 mo": a line that begins with a date and tells of a share or of scores. */
  private isRow({ first, end }: Line): boolean {
    if (end - first > LONGEST_ROW || !this.isDate(this.begin(first))) return false;
    return this.tokens
      .slice(first, end)
      .some(({ text }) => text === '%' || text === 'pre' || text === 'percent');
  }

  /** Behind the bullet or the number of an item. */
  private begin(first: number): number {
    let at = first;
    while (BULLETS.has(this.text(at))) at += 1;
    const numbers = this.tokens[at]?.kind === 'number' && BEHIND_NUMBER.has(this.text(at + 1));
    const parted = (this.tokens[at + 1]?.end ?? 0) < (this.tokens[at + 2]?.start ?? 0);
    return numbers && parted ? at + 2 : at;
  }

  private isDate(at: number): boolean {
    const [day, joint, next] = [this.tokens[at], this.tokens[at + 1], this.tokens[at + 2]];
    if (day?.kind === 'word') return MONTH.test(day.text) && joint?.kind === 'number';
    if (day?.kind !== 'number') return false;
    const glued = day.end === joint?.start && joint.end === next?.start && next.kind === 'number';
    return glued && (joint.text === '/' || joint.text === '-' || joint.text === '.');
  }

  private phrases({ first, end }: Line): readonly PhraseMatch[] {
    const found: PhraseMatch[] = [];
    for (let index = first; index < end; index += 1) {
      const phrase = longestPhrase(this.tokens, index, end, this.book.clinic);
      if (phrase === undefined) continue;
      found.push(phrase);
      index = phrase.last;
    }
    return found;
  }

  private namesNothing(line: Line): boolean {
    return !this.phrases(line).some((phrase) =>
      plays(phrase, 'procedure', 'action', 'target', 'care', 'medication'),
    );
  }

  /** "LATERAL BRANCH BLOCKS:", "SI joint injection log": a line of a procedure and nothing else. */
  private headingIn({ first, end }: Line): readonly string[] | undefined {
    if (end - first > LONGEST_HEADING) return undefined;
    const named = this.phrases({ first, end }).filter((phrase) =>
      plays(phrase, 'procedure', 'action', 'target', 'side', 'technique'),
    );
    const words = this.tokens.slice(first, end).flatMap(({ kind, text }, at) => {
      const isNamed = named.some((phrase) => phrase.first <= first + at && first + at <= phrase.last);
      return kind === 'word' && !isNamed && !BESIDE.has(text) ? [text] : [];
    });
    const says = named.some((phrase) => plays(phrase, 'procedure', 'action'));
    if (!says || words.length > 0) return undefined;
    return named.flatMap((phrase) =>
      this.tokens.slice(phrase.first, phrase.last + 1).map(({ text }) => text),
    );
  }

  /** "SIJ L 6/24 75%": a place with a date and a share, where nothing in the paragraph is ablated. */
  private readItems({ first, end }: Line): void {
    if (this.ofAblation) return;
    let opens = true;
    for (let index = first; index < end; index += 1) {
      const phrase = opens ? longestPhrase(this.tokens, index, end, this.book.clinic) : undefined;
      const action = phrase?.senses.map(({ role, code }) =>
        role === 'target' ? IMPLIED.get(code) : undefined,
      );
      const implied = action?.find((word) => word !== undefined);
      if (phrase !== undefined && implied !== undefined && this.isRated(phrase.last + 1, end))
        this.before.set(phrase.last + 1, [implied]);
      if (!SIDE_WORDS.has(this.text(index))) opens = this.opensItem(index);
    }
  }

  private opensItem(index: number): boolean {
    return (
      this.text(index) === ';' ||
      (this.text(index) === '.' && this.tokens[index]?.end !== this.tokens[index + 1]?.start)
    );
  }

  /** A side at most, a date, and a share right behind it. */
  private isRated(from: number, end: number): boolean {
    let at = from;
    while (SIDE_WORDS.has(this.text(at)) || [',', '(', ':'].includes(this.text(at))) at += 1;
    if (!this.isDate(at)) return false;
    for (let index = at; index < Math.min(end, from + LONGEST_ITEM); index += 1) {
      if (this.text(index) === '%') return true;
      if (this.tokens[index]?.kind === 'word') return false;
    }
    return false;
  }
}

const MAY_LOG = /%|\bpre\b|percent/i;

/** The tokens of a note in which the dated lines and items of a log name the procedure that only its heading or its place tells. */
export function withImpliedLogs(text: string, tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  return MAY_LOG.test(text) ? new Logs(tokens, book).read() : tokens;
}
