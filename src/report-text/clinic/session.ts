import type { TextLaterality } from '../reading.js';
import { datesIn } from '../words/dates.js';
import type { Token } from '../words/tokenise.js';
import type { InterventionEvent } from './merge.js';
import { OF_NERVES } from './procedure-kinds.js';
import { SIDE_WORDS } from '../words/side-words.js';
import { spanOf, type ClinicSentence } from './sentence.js';

/** What a labelled line says of a procedure. */
export interface SessionDetail {
  /** Labelled as of the last procedure: of no other. */
  readonly ofLast?: true;
  readonly date?: string;
  readonly laterality?: TextLaterality;
  /** Of nerves: S1, S2. */
  readonly levels?: readonly string[];
}

const DATE_LABELS: ReadonlySet<string> = new Set(['date', 'dos', 'dop']);
const SELF_SAYING: ReadonlySet<string> = new Set(['dos', 'dop']);
const SIDE_LABELS: ReadonlySet<string> = new Set(['side', 'laterality']);
/** With these a line lists the nerves that were treated. */
const LEVEL_LABELS: ReadonlySet<string> = new Set(
  'level levels nerve site target of treated blocked lesioned ablated injected and procedure sacral'.split(
    ' ',
  ),
);
/** "If yes, date:": what leads to the label. */
const LEADING: ReadonlySet<string> = new Set(['if', 'yes', ',']);
/** With these a date is that of a procedure; any other word makes it another's ("date of birth"). */
const LABEL_WORDS: ReadonlySet<string> = new Set([
  ...DATE_LABELS,
  ...SIDE_LABELS,
  ...'of the procedure service surgery operation injection block treatment performed site'.split(' '),
]);
const PROCEDURE_WORDS: ReadonlySet<string> = new Set(
  'procedure procedures operation surgery performed title'.split(' '),
);
/** "Date of last procedure": of one told of as the last, and not of the one that the note is of. */
const LAST_WORDS: ReadonlySet<string> = new Set('last previous prior recent most'.split(' '));
const PAST_WORDS: ReadonlySet<string> = new Set('history prior previous past'.split(' '));
const SIDES: ReadonlyMap<string, TextLaterality> = new Map([
  ...SIDE_WORDS,
  ['bilateral', 'bilateral'],
  ['both', 'bilateral'],
]);
const LONGEST_LABEL = 6;

/** A side whose box was left open is not said. */
function sideSaid({ text, said }: Token): readonly TextLaterality[] {
  const side = said === undefined ? SIDES.get(text) : undefined;
  return side === undefined ? [] : [side];
}

/** The label of a line, in words, and the token behind its colon. */
function labelOf({ tokens, placed }: ClinicSentence): { words: readonly string[]; end: number } | undefined {
  let first = placed.first;
  while (
    placed.first - first < LONGEST_LABEL &&
    (tokens[first - 1]?.kind ?? 'newline') !== 'newline' &&
    tokens[first - 1]?.text !== '.'
  )
    first -= 1;
  const limit = Math.min(placed.end, placed.first + LONGEST_LABEL);
  for (let index = first; index < limit; index += 1)
    if (tokens[index]?.text === ':') return { words: wordsOf(tokens.slice(first, index)), end: index + 1 };
  // "DOS 3/18/2026": the label says by itself what the figure is.
  const bare = first === placed.first && tokens[first + 1]?.kind === 'number' ? tokens[first] : undefined;
  const says =
    bare &&
    (SELF_SAYING.has(bare.text) ||
      (isDateAlone(bare.text, placed.end - first) && standsBelowProcedure(tokens, first)));
  return says ? { words: [bare.text], end: first + 1 } : undefined;
}

/** "Date 2/18/2026.": a sentence of its own. */
function isDateAlone(word: string, tokens: number): boolean {
  return word === 'date' && tokens <= DATE_TOKENS;
}
const DATE_TOKENS = 7;
const PROCEDURES: ReadonlySet<string> = new Set(
  'injection injections block blocks rfa ablation radiofrequency neurotomy denervation rhizotomy procedure'.split(
    ' ',
  ),
);

/** Right before the date a procedure is named, and no signature or image. */
function standsBelowProcedure(tokens: readonly Token[], first: number): boolean {
  for (let at = first - 2; at >= 0; at -= 1) {
    const token = tokens[at];
    if (token === undefined || token.kind === 'newline' || token.text === '.') return false;
    if (PROCEDURES.has(token.text)) return true;
  }
  return false;
}

const BULLETS: ReadonlySet<string> = new Set(['.', ')', '-', '•', '*']);

/** "PROCEDURES PERFORMED:", and "1. Right SI joint injection" below it: the words of the line that heads a list. */
function headingAbove({ tokens, placed }: ClinicSentence): readonly string[] {
  let at = placed.first - 1;
  while (tokens[at]?.kind === 'number' || BULLETS.has(tokens[at]?.text ?? '')) at -= 1;
  if (tokens[at]?.text !== '\n' || tokens[at - 1]?.text !== ':') return [];
  const end = at - 1;
  let first = end;
  while (end - first < LONGEST_LABEL && (tokens[first - 1]?.kind ?? 'newline') !== 'newline') first -= 1;
  return wordsOf(tokens.slice(first, end));
}

function wordsOf(label: readonly Token[]): readonly string[] {
  const words = label.map(({ text }) => text);
  const begin = words[0] === 'if' ? words.findIndex((word) => !LEADING.has(word)) : 0;
  return words.slice(Math.max(0, begin));
}

/** "Levels: [x] L5 [x] S1 [ ] S2": those ticked, where they are nerves. */
function levelsTold({ tokens, placed }: ClinicSentence, words: readonly string[]): SessionDetail {
  if (
    !words.some((word) => /^(?:levels?|nerve)$/u.test(word)) ||
    !words.every((word) => LEVEL_LABELS.has(word))
  )
    return {};
  const groups = placed.groups.filter(({ first }) => tokens[first]?.said === undefined);
  const levels = [
    ...new Set(groups.flatMap(({ segments, vertebrae }) => (segments.length > 0 ? [] : vertebrae))),
  ];
  return levels.length === 0 ? {} : { levels };
}

function told(sentence: ClinicSentence, label: { words: readonly string[]; end: number }): SessionDetail {
  const { words, end } = label;
  const { document, placed, tokens } = sentence;
  const levels = levelsTold(sentence, words);
  if (levels.levels !== undefined) return levels;
  if (!words.every((word) => LABEL_WORDS.has(word) || LAST_WORDS.has(word)) || end >= placed.end) return {};
  const ofLast = words.some((word) => LAST_WORDS.has(word)) && { ofLast: true as const };
  const { start, end: stop } = spanOf(sentence, end, placed.end - 1);
  const [date, ...more] = words.some((word) => DATE_LABELS.has(word)) ? datesIn(document, start, stop) : [];
  if (date !== undefined) return more.length === 0 ? { ...ofLast, date: date.iso } : {};
  const isSide = words.some((word) => SIDE_LABELS.has(word));
  const sides = isSide ? tokens.slice(end, placed.end).flatMap(sideSaid) : [];
  const [side] = sides;
  return side === undefined || sides.length > 1 ? {} : { ...ofLast, laterality: side };
}

/** The labelled lines of a note ("DATE OF SERVICE: 3/12/2025", "Side: left"), and what they are of. */
export class Session {
  private readonly dates = new Set<string>();
  private readonly sides = new Set<TextLaterality>();
  private underHeading = false;

  /** @returns what the line says, where it says but that */
  add(sentence: ClinicSentence): SessionDetail {
    const label = labelOf(sentence);
    this.followHeading(sentence, label?.words ?? headingAbove(sentence));
    return label === undefined ? {} : told(sentence, label);
  }

  /** The line stands before the procedure it is of. */
  remember({ date, laterality }: SessionDetail): void {
    if (date !== undefined) this.dates.add(date);
    if (laterality !== undefined) this.sides.add(laterality);
  }

  /** Told below the heading of the procedure that the note is of ("PROCEDURE PERFORMED:"). */
  get isOwn(): boolean {
    return this.underHeading;
  }

  /** The procedure of the note with what its labelled lines say of it. */
  completed(event: InterventionEvent): InterventionEvent {
    const [date, ...otherDates] = this.dates;
    const [laterality, ...otherSides] = this.sides;
    if (!event.ofSession || event.status === 'planned' || event.status === 'not-done') return event;
    return withDetail(event, {
      ...(date !== undefined && otherDates.length === 0 && { date }),
      ...(laterality !== undefined && otherSides.length === 0 && { laterality }),
    });
  }

  private followHeading({ placed }: ClinicSentence, words: readonly string[]): void {
    if (placed.section !== 'technique') this.underHeading = false;
    else if (words.length > 0)
      this.underHeading =
        words.some((word) => PROCEDURE_WORDS.has(word)) && !words.some((word) => PAST_WORDS.has(word));
  }
}

/** What an event leaves open, from a labelled line. */
export function withDetail(
  event: InterventionEvent,
  { date, laterality, levels }: SessionDetail,
): InterventionEvent {
  const listed = levels !== undefined && event.levels.length === 0 && OF_NERVES.has(event.kind);
  return {
    ...event,
    ...(listed && { levels }),
    ...(event.date === undefined && date !== undefined && { date, datedByLabel: true }),
    ...(event.laterality === undefined && laterality !== undefined && { laterality }),
  };
}

/** "Last procedure: left SI joint injection": called the last in its own line. */
export function isCalledLast({ document }: ClinicSentence, { start }: InterventionEvent): boolean {
  const line = document.text.slice(document.text.lastIndexOf('\n', start - 1) + 1, start);
  return /\b(?:last|previous|prior|most recent)\b/iu.test(line);
}
