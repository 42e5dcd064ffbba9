import { AFFIRMATIONS, Boxes, DENIALS, FormTokens, type Stretch } from './form-boxes.js';
import type { Token } from '../words/tokenise.js';

/** These are results of tests as well, and stay what they are. */
const RESULTS: ReadonlySet<string> = new Set(['negative', 'neg']);
const ASKING: ReadonlySet<string> = new Set([':', '?', '=']);
const ENDING: ReadonlySet<string> = new Set(['.', ',', ';', ')', ']', '|', '/', '(', '[']);
const PARTING: ReadonlySet<string> = new Set(['.', ';', ':', '?', '|', '=']);
/** Behind a question: "A: yes". */
const ANSWER_LETTERS: ReadonlySet<string> = new Set(['a', 'ans', 'answer']);
const DASHES: ReadonlySet<string> = new Set(['-', '–', '—', '−']);
/** Words of a term, and of one item of a list that is answered as a whole. */
const LONGEST_TERM = 12;
const LONGEST_ITEM = 4;

class Form extends FormTokens {
  private readonly text: string;
  private readonly boxes: Boxes;

  constructor(text: string, tokens: readonly Token[]) {
    super(tokens);
    this.text = text;
    this.boxes = new Boxes(this);
  }

  read(): readonly Token[] {
    this.boxes.read();
    for (let index = 0; index < this.tokens.length; index += 1) {
      this.joinQuestion(index);
      this.readAnswer(index);
    }
    if (this.said.size === 0 && this.answers.size === 0) return this.tokens;
    return this.tokens.map((token, index) => {
      if (this.answers.has(index)) return { ...token, kind: 'mark', text: '✓', begins: 0, id: 0 };
      const said = this.said.get(index);
      return said === undefined ? token : { ...token, said };
    });
  }

  /** "Fracture: No.", "Saddle anesthesia? Denies", "infection - none", "cancer N, infection (-)". */
  private readAnswer(index: number): void {
    if (this.answers.has(index)) return;
    const before = index - 1;
    if (this.isSign(index)) {
      const term = this.signedTerm(index);
      if (term !== undefined) this.say(term, 'no');
      return;
    }
    if (!this.isDenial(index) || !this.ends(index + 1)) return;
    const asked = ASKING.has(this.at(before)) || this.isDash(before);
    const bracketed = this.at(before) === '(' && this.at(index + 1) === ')';
    if (!asked && !bracketed && !this.isLetter(index)) return;
    const term = this.termUpTo(asked || bracketed ? this.questionEnd(before) : index, asked);
    if (term === undefined) return;
    this.say(term, 'no');
    if (!RESULTS.has(this.at(index))) this.answers.add(index);
  }

  /** "Prior block? A: No": where the question ends that a mark before an answer belongs to. */
  private questionEnd(mark: number): number {
    const lettered = ANSWER_LETTERS.has(this.at(mark - 1)) && this.at(mark - 2) === '?';
    if (!lettered) return ASKING.has(this.at(mark - 1)) ? mark - 1 : mark;
    for (let index = mark - 2; index <= mark; index += 1) this.answers.add(index);
    return mark - 2;
  }

  /** "? A:" before an answer: question and answer are one statement. */
  private joinQuestion(index: number): void {
    const lettered = this.at(index) === ':' && ANSWER_LETTERS.has(this.at(index - 1));
    if (lettered && this.at(index - 2) === '?' && AFFIRMATIONS.has(this.at(index + 1)))
      for (let each = index - 2; each <= index; each += 1) this.answers.add(each);
  }

  private isDenial(index: number): boolean {
    const text = this.at(index);
    if (text === 'n') return this.rawAt(index) === 'N';
    return DENIALS.has(text) || RESULTS.has(text);
  }

  private rawAt(index: number): string {
    const token = this.tokens[index];
    return token === undefined ? '' : this.text.slice(token.start, token.end);
  }

  /** "infection N": the letter alone, behind a word. */
  private isLetter(index: number): boolean {
    const before = this.tokens[index - 1];
    return this.rawAt(index) === 'N' && before?.kind === 'word' && before.end - before.start > 2;
  }

  private isDash(index: number): boolean {
    const [before, dash, next] = [this.tokens[index - 1], this.tokens[index], this.tokens[index + 1]];
    if (before?.kind !== 'word' || dash === undefined || next === undefined) return false;
    return DASHES.has(dash.text) && before.end < dash.start && dash.end < next.start;
  }

  /** Whether an answer ends before a token: at a mark, or where the next question begins ("No Infection: No"). */
  private ends(index: number): boolean {
    if (this.isBreak(index) || ENDING.has(this.at(index)) || this.boxes.begins(index)) return true;
    for (let next = index; next <= index + LONGEST_ITEM; next += 1) {
      if (this.isBreak(next) || [',', '.', ';'].includes(this.at(next))) return false;
      const answered = this.isDenial(next + 1) || AFFIRMATIONS.has(this.at(next + 1));
      if (next > index && ASKING.has(this.at(next)) && answered) return true;
    }
    return false;
  }

  /** "(-)" or "-," */
  private isSign(index: number): boolean {
    if (!DASHES.has(this.at(index))) return false;
    if (this.at(index - 1) === '(') return this.at(index + 1) === ')';
    const before = this.tokens[index - 1];
    return before?.kind === 'word' && [',', ';'].includes(this.at(index + 1));
  }

  /** A sign in brackets at the beginning of an item is of what follows: "(-) fracture, (-) infection". */
  private signedTerm(index: number): Stretch | undefined {
    const bracket = this.at(index - 1) === '(';
    const before = index - (bracket ? 2 : 1);
    const leads = bracket && (this.isBreak(before) || [',', ';', ':', '.'].includes(this.at(before)));
    if (!leads) return this.termUpTo(bracket ? index - 1 : index, false);
    let end = index + 2;
    while (!this.isBreak(end) && ![',', ';', '.', '('].includes(this.at(end))) end += 1;
    return { first: index + 2, last: end - 1 };
  }

  /** The words before an answer; over commas, where a question lists short items. */
  private termUpTo(end: number, lists: boolean): Stretch | undefined {
    let [begin, item] = [end, 0];
    for (let index = end - 1; index >= 0 && end - index <= LONGEST_TERM; index -= 1) {
      const token = this.tokens[index];
      if (token === undefined || token.kind === 'newline' || PARTING.has(token.text)) break;
      if (this.answers.has(index) || this.boxes.covers(index)) break;
      if (token.text === ',' && !lists) break;
      item = token.text === ',' ? 0 : item + 1;
      const tooLong = item > LONGEST_ITEM || token.kind === 'number';
      if (begin < end && tooLong && this.tokens.slice(index, end).some(({ text }) => text === ',')) break;
      if (token.text !== ',') begin = index;
    }
    return begin < end ? { first: begin, last: end - 1 } : undefined;
  }
}

/**
 * A box, a sign, or a denial where an answer stands: most texts have none of it, and "no" in their sentences. Without
 * the flag u, which it does not need, the search is five times as fast.
 */
const MAY_ANSWER =
  /[☐□▢◻⬜☑☒✓✔■⊠]|[[(][ _xX✓✔*]{0,3}[\])]|[-–—−][),;]|[:?=(–—−-]\s*(?:no|none|denies|denied|deny|absent|nil|nope|never|neg|negative)\b|\bN\b|\?\s*a(?:ns(?:wer)?)?\s*:/i;

/**
 * The tokens of a text with what a form says of its terms behind them, or by a box: `no` where it was answered with no,
 * `open` where the box was left empty, which says nothing.
 */
export function withAnswers(text: string, tokens: readonly Token[]): readonly Token[] {
  return MAY_ANSWER.test(text) ? new Form(text, tokens).read() : tokens;
}
