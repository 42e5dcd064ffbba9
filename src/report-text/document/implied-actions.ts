import { allOf } from '../../lists.js';
import { plays } from '../marks/marks.js';
import { longestPhrase, type PhraseMatch } from '../words/phrases.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { wordToken, type Token } from '../words/tokenise.js';

/** What a heading names may be left out of the lines below it: "Prior injections:", then "SIJ R 5/15/24, 80 %". */
const NAMED: ReadonlyMap<string, string> = new Map([
  ['injection', 'injection'],
  ['injections', 'injection'],
  ['block', 'block'],
  ['blocks', 'block'],
  ['procedures', 'injection'],
  ['interventions', 'injection'],
  ['interventional', 'injection'],
]);
/** Words of such a heading beside them; with any other it is a sentence. */
const BESIDE: ReadonlySet<string> = new Set(
  'prior previous past history of to date so far list diagnostic therapeutic and interventional pain spine other outside log record type site target hx'.split(
    ' ',
  ),
);
/** Words of the label of a form that ask what was injected: "Type: [x] SI joint". */
const TYPE: ReadonlySet<string> = new Set(['type', 'site', 'target']);
const BOX_END: ReadonlySet<string> = new Set([']', '☑', '☒']);
const ABLATION: ReadonlySet<string> = new Set(
  'rfa rf ablation radiofrequency neurotomy denervation'.split(' '),
);
const LONGEST_HEADING = 6;
const LONGEST_ITEM = 40;

class ImpliedActions {
  private readonly tokens: readonly Token[];
  private readonly book: PhraseBook;
  /** Words to be added behind a token. */
  private readonly added = new Map<number, string>();
  /** Items before this token have been read: a list is read once, whatever headings stand in it. */
  private readUpTo = 0;
  private ablation: boolean | undefined;

  constructor(tokens: readonly Token[], book: PhraseBook) {
    this.tokens = tokens;
    this.book = book;
  }

  read(): readonly Token[] {
    for (let colon = 0; colon < this.tokens.length; colon += 1) {
      if (this.text(colon) !== ':') continue;
      const heading = this.headingBefore(colon);
      if (heading === undefined) continue;
      if (this.isTicked(colon + 1)) this.readItem(colon + 1, this.endOfItem(colon + 1), heading.ofForm);
      else if (!heading.isForm) this.readItems(colon + 1, heading.action);
    }
    if (this.added.size === 0) return this.tokens;
    return allOf(this.tokens, (token, index) => {
      const text = this.added.get(index);
      return text === undefined ? [token] : [token, wordToken(text, token, this.book.words)];
    });
  }

  private text(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  private headingBefore(
    colon: number,
  ): { action: string | undefined; isForm: boolean; ofForm: string | undefined } | undefined {
    let begin = colon;
    while (begin > 0 && this.tokens[begin - 1]?.kind === 'word') begin -= 1;
    const before = this.tokens[begin - 1];
    const words = this.tokens.slice(begin, colon).map(({ text }) => text);
    const opens = before === undefined || before.kind !== 'number';
    if (!opens || words.length === 0 || words.length > LONGEST_HEADING) return undefined;
    if (!words.every((word) => NAMED.has(word) || BESIDE.has(word) || word === 'procedure')) return undefined;
    const action = words.map((word) => NAMED.get(word)).find((word) => word !== undefined);
    const isForm = words.some((word) => TYPE.has(word));
    return action === undefined && !isForm
      ? undefined
      : { action, isForm, ofForm: action ?? (this.tellsOfAblation() ? undefined : 'injection') };
  }

  private tellsOfAblation(): boolean {
    this.ablation ??= this.tokens.some(({ text, said }) => said === undefined && ABLATION.has(text));
    return this.ablation;
  }

  /** A box in the line behind the label. */
  private isTicked(from: number): boolean {
    const end = this.endOfItem(from);
    return this.tokens.slice(from, end).some(({ text }) => BOX_END.has(text));
  }

  /** No further than an item can reach: a line may be endless. */
  private endOfItem(from: number): number {
    let end = from;
    while (
      end < Math.min(this.tokens.length, from + LONGEST_ITEM + 1) &&
      this.tokens[end]?.kind !== 'newline' &&
      this.text(end) !== ';'
    )
      end += 1;
    return end;
  }

  /** The items behind a heading, in its line or below it, up to an empty line or one that is none. */
  private readItems(from: number, action: string | undefined): void {
    let begin = Math.max(from, this.readUpTo);
    while (begin < this.tokens.length && this.text(begin) !== '\n\n') {
      const end = this.endOfItem(begin);
      const isItem = end === begin || end - begin <= LONGEST_ITEM;
      if (!isItem || (end > begin && !this.isDatedOrRated(begin, end))) return;
      this.readItem(begin, end, action);
      begin = end + 1 - (this.text(end) === '\n\n' ? 1 : 0);
      this.readUpTo = begin;
    }
  }

  private isDatedOrRated(begin: number, end: number): boolean {
    const words = this.tokens.slice(begin, end);
    return words.some(({ kind, text }) => text === '%' || text === 'percent' || kind === 'number');
  }

  /** A target without an action gets that of the heading. */
  private readItem(begin: number, end: number, action: string | undefined): void {
    if (action === undefined) return;
    const phrases = this.phrasesIn(begin, end);
    if (phrases.some((phrase) => plays(phrase, 'procedure', 'action'))) return;
    const target = phrases.find((phrase) => plays(phrase, 'target'));
    const opens =
      target !== undefined && !this.tokens.slice(begin, target.first).some(({ text }) => text === '.');
    if (opens) this.added.set(target.last, action);
  }

  private phrasesIn(begin: number, end: number): readonly PhraseMatch[] {
    const phrases: PhraseMatch[] = [];
    for (let index = begin; index < end; index += 1) {
      if (this.tokens[index]?.said !== undefined) continue;
      const phrase = longestPhrase(this.tokens, index, end, this.book.clinic);
      if (phrase === undefined) continue;
      phrases.push(phrase);
      index = phrase.last;
    }
    return phrases;
  }
}

/** The tokens of a note in which the lines of a list name the action that only the heading of the list has. */
export function withImpliedActions(tokens: readonly Token[], book: PhraseBook): readonly Token[] {
  const mayHead = tokens.some(({ text }) => NAMED.has(text) || TYPE.has(text));
  return mayHead ? new ImpliedActions(tokens, book).read() : tokens;
}
