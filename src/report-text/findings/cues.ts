import { documentOf, type PlacedSentence } from '../document/document.js';
import { findingsOf } from './findings.js';
import { marksOf, plays } from '../marks/marks.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { Span, TextFinding } from '../reading.js';
import type { Token } from '../words/tokenise.js';

/** Words that a reading rests on beside those it names: a level, or a denial. */
export interface Cue extends Span {
  readonly kind: 'level' | 'negation';
  /** The levels meant, as findings have them; of a denial the words themselves. */
  readonly what: string;
}

/** The levels a text names, and in sentences that deny a finding the words that deny. For people who look at a reading. */
export function cuesOf(text: string, book: PhraseBook): readonly Cue[] {
  const document = documentOf(text, book);
  const denied = findingsOf(document, book).filter(({ negated }) => negated);
  return document.sentences
    .flatMap((sentence) => [
      ...levelsIn(sentence, document.tokens),
      ...(denied.some((finding) => stands(finding, sentence, document.tokens))
        ? denialsIn(sentence, document, book)
        : []),
    ])
    .sort((a, b) => a.start - b.start);
}

function levelsIn({ groups }: PlacedSentence, tokens: readonly Token[]): readonly Cue[] {
  return groups
    .filter(({ ofNerves }) => !ofNerves)
    .map(({ first, last, segments, vertebrae }) => ({
      ...spanOf(tokens, first, last),
      kind: 'level',
      what: (segments.length > 0 ? segments : vertebrae).join(', '),
    }));
}

function denialsIn(
  sentence: PlacedSentence,
  { text, tokens }: { readonly text: string; readonly tokens: readonly Token[] },
  book: PhraseBook,
): readonly Cue[] {
  return marksOf(tokens, sentence, book.imaging)
    .filter((mark) => plays(mark, 'negation-before', 'negation-after'))
    .map(({ first, last }) => {
      const span = spanOf(tokens, first, last);
      return { ...span, kind: 'negation', what: text.slice(span.start, span.end) };
    });
}

function stands(finding: TextFinding, { first, end }: PlacedSentence, tokens: readonly Token[]): boolean {
  const sentence = spanOf(tokens, first, end - 1);
  return finding.start >= sentence.start && finding.end <= sentence.end;
}

function spanOf(tokens: readonly Token[], first: number, last: number): Span {
  return { start: tokens[first]?.start ?? 0, end: tokens[last]?.end ?? 0 };
}
