import { filterMapped } from '../../lists.js';
import type { Token } from '../words/tokenise.js';

/** What a form says of its terms: `no` where a term was answered with no, `open` where its box was left empty. */
export type Said = NonNullable<Token['said']>;

/** Token indexes, last included. */
export interface Stretch {
  readonly first: number;
  readonly last: number;
}

export interface Box extends Stretch {
  readonly ticked: boolean;
}

/** A form while it is read: what is found of its tokens. */
export class FormTokens {
  readonly tokens: readonly Token[];
  readonly said = new Map<number, Said>();
  /** Tokens that are an answer, and deny nothing of what follows. */
  readonly answers = new Set<number>();

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  at(index: number): string {
    return this.tokens[index]?.text ?? '';
  }

  isBreak(index: number): boolean {
    const token = this.tokens[index];
    return token === undefined || token.kind === 'newline';
  }

  say({ first, last }: Stretch, said: Said): void {
    for (let index = first; index <= last; index += 1) this.said.set(index, said);
  }
}

const OPEN_BOXES = '☐□▢◻⬜';
const TICKED_BOXES = '☑☒✓✔■⊠';
const TICKS: ReadonlySet<string> = new Set(['x', '✓', '✔', '*']);
const OPENING: ReadonlyMap<string, string> = new Map([
  ['[', ']'],
  ['(', ')'],
]);
/** Answers that are nothing else: "negative" is a result of tests as well. */
export const DENIALS: ReadonlySet<string> = new Set(
  'no none denies denied deny absent nil nope never n'.split(' '),
);
export const AFFIRMATIONS: ReadonlySet<string> = new Set(['yes', 'y']);
const RESULTS: ReadonlySet<string> = new Set('pos neg positive negative equivocal'.split(' '));

function isAnswer(text: string): boolean {
  return AFFIRMATIONS.has(text) || DENIALS.has(text) || RESULTS.has(text);
}

/** Where the boxes of a line stand: before their terms, behind them, or before the answers to a question. */
type Order = 'before' | 'behind' | 'answers';

/** Reads the boxes of a form: before their terms, behind them, or at the answers yes and no. */
export class Boxes {
  private readonly tokens: readonly Token[];
  private readonly form: FormTokens;
  private readonly boxes: readonly Box[];
  private readonly byFirst: ReadonlyMap<number, Box>;
  private readonly covered = new Set<number>();
  /** Terms that were answered with yes, by their first token. */
  private readonly affirmed = new Set<number>();

  constructor(form: FormTokens) {
    const { tokens } = form;
    this.tokens = tokens;
    this.form = form;
    this.boxes = filterMapped(tokens, (_, index) => this.boxAt(index));
    this.byFirst = new Map(this.boxes.map((box) => [box.first, box]));
    for (const { first, last } of this.boxes)
      for (let index = first; index <= last; index += 1) this.covered.add(index);
  }

  read(): void {
    let before = -1;
    let order: Order = 'before';
    for (const box of this.boxes) {
      if (before < 0 || this.tokens.slice(before, box.first).some(({ kind }) => kind === 'newline'))
        order = this.orderFrom(box);
      this.readBox(box, order);
      before = box.last;
    }
  }

  begins(index: number): boolean {
    return this.byFirst.has(index);
  }

  covers(index: number): boolean {
    return this.covered.has(index);
  }

  private boxAt(index: number): Box | undefined {
    const text = this.form.at(index);
    if (OPEN_BOXES.includes(text) && text !== '') return { first: index, last: index, ticked: false };
    if (TICKED_BOXES.includes(text) && text !== '') return { first: index, last: index, ticked: true };
    const closing = OPENING.get(text);
    if (closing === undefined) return undefined;
    const inside = this.form.at(index + 1) === '_' || TICKS.has(this.form.at(index + 1)) ? 1 : 0;
    if (this.form.at(index + 1 + inside) !== closing) return undefined;
    return {
      first: index,
      last: index + 1 + inside,
      ticked: inside === 1 && this.form.at(index + 1) !== '_',
    };
  }

  /** A box stands before its term where its line, or what is behind a colon, begins with one. */
  private readBox(box: Box, order: Order): void {
    const term = this.termOf(box, order);
    const option = term === undefined ? undefined : this.optionIn(term);
    if (term === undefined) return;
    if (option === undefined) {
      if (!box.ticked) this.form.say(term, 'open');
      return;
    }
    for (let index = term.first; index <= term.last; index += 1) this.form.answers.add(index);
    const label = this.labelOf(box);
    if (label !== undefined && box.ticked && option === 'no') this.form.say(label, 'no');
    else if (label !== undefined && !box.ticked && !this.isAnswered(label)) this.form.say(label, 'open');
    else if (label !== undefined && box.ticked) this.affirm(label);
  }

  private orderFrom({ first, last }: Box): Order {
    const before = this.tokens[first - 1];
    if (before === undefined || before.kind !== 'word') return 'before';
    // "Saddle anesthesia [x] Yes [ ] No": the box is of its answer.
    return isAnswer(this.form.at(last + 1)) && !isAnswer(before.text) ? 'answers' : 'behind';
  }

  /** "FABER [x] pos [ ] neg  Thigh thrust [x] pos": an answer is one word, and the next question stands behind it. */
  private termOf(box: Box, order: Order): Stretch | undefined {
    if (order === 'behind') return this.termBefore(box);
    const answer = box.last + 1;
    const isOne = order === 'answers' && isAnswer(this.form.at(answer));
    return isOne ? { first: answer, last: answer } : this.termBehind(box);
  }

  private termBehind({ last }: Box): Stretch | undefined {
    let end = last + 1;
    const ends = (index: number) =>
      this.form.isBreak(index) ||
      this.byFirst.has(index) ||
      ['.', ';'].includes(this.form.at(index)) ||
      // "[ ] R  Date: 3/2025": the label of the next question.
      (index > last + 1 && this.form.at(index + 1) === ':');
    while (!ends(end)) end += 1;
    while (end - 1 > last && !this.isOfTerm(end - 1)) end -= 1;
    return end - 1 > last ? { first: last + 1, last: end - 1 } : undefined;
  }

  private isOfTerm(index: number): boolean {
    const token = this.tokens[index];
    return token?.kind === 'word' || token?.kind === 'number' || token?.text === '%';
  }

  private termBefore({ first }: Box): Stretch | undefined {
    let begin = first;
    const ends = (index: number) =>
      this.form.isBreak(index) ||
      [',', ';', '.', ':'].includes(this.form.at(index)) ||
      this.covered.has(index);
    while (!ends(begin - 1)) begin -= 1;
    return begin < first ? { first: begin, last: first - 1 } : undefined;
  }

  private optionIn({ first, last }: Stretch): 'yes' | 'no' | undefined {
    const words = this.tokens.slice(first, last + 1).filter(({ kind }) => kind === 'word');
    const [only, ...more] = words;
    if (only === undefined || more.length > 0) return undefined;
    if (AFFIRMATIONS.has(only.text)) return 'yes';
    return DENIALS.has(only.text) ? 'no' : undefined;
  }

  /** The term that the options behind it are of: "Fracture: [ ] Yes [x] No". */
  private labelOf({ first }: Box): Stretch | undefined {
    let end = first - 1;
    while (end >= 0 && !this.form.isBreak(end) && !this.isTermWord(end)) end -= 1;
    let begin = end;
    while (begin >= 0 && this.isTermWord(begin)) begin -= 1;
    return begin < end ? { first: begin + 1, last: end } : undefined;
  }

  private isTermWord(index: number): boolean {
    const token = this.tokens[index];
    if (token === undefined || this.form.answers.has(index)) return false;
    if (AFFIRMATIONS.has(token.text) || DENIALS.has(token.text)) return false;
    return (
      !this.covered.has(index) && (token.kind === 'word' || token.kind === 'joint' || token.kind === 'number')
    );
  }

  private isAnswered({ first }: Stretch): boolean {
    return this.form.said.get(first) === 'no' || this.affirmed.has(first);
  }

  private affirm({ first, last }: Stretch): void {
    for (let index = first; index <= last; index += 1) this.form.said.delete(index);
    this.affirmed.add(first);
  }
}
