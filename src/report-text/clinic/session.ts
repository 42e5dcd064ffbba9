import type { TextLaterality } from '../reading.js';
import { datesIn } from './dates.js';
import type { Token } from '../tokenise.js';
import type { InterventionEvent } from './merge.js';
import { SIDE_WORDS } from './relief-clause.js';
import { spanOf, type ClinicSentence } from './sentence.js';

/** What a labelled line says of a procedure. */
export interface SessionDetail {
  readonly date?: string;
  readonly laterality?: TextLaterality;
}

const DATE_LABELS: ReadonlySet<string> = new Set(['date', 'dos', 'dop']);
const SIDE_LABELS: ReadonlySet<string> = new Set(['side', 'laterality']);
/** With these a date is that of a procedure; any other word makes it another's ("date of birth"). */
const LABEL_WORDS: ReadonlySet<string> = new Set([
  ...DATE_LABELS,
  ...SIDE_LABELS,
  ...'of the procedure service surgery operation injection block treatment performed site'.split(' '),
]);
const PROCEDURE_WORDS: ReadonlySet<string> = new Set(
  'procedure procedures operation surgery performed title'.split(' '),
);
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
  while (placed.first - first < LONGEST_LABEL && (tokens[first - 1]?.kind ?? 'newline') !== 'newline')
    first -= 1;
  const limit = Math.min(placed.end, placed.first + LONGEST_LABEL);
  for (let index = first; index < limit; index += 1)
    if (tokens[index]?.text === ':')
      return { words: tokens.slice(first, index).map(({ text }) => text), end: index + 1 };
  return undefined;
}

function told(sentence: ClinicSentence, label: { words: readonly string[]; end: number }): SessionDetail {
  const { words, end } = label;
  const { document, placed, tokens } = sentence;
  if (!words.every((word) => LABEL_WORDS.has(word)) || end >= placed.end) return {};
  const { start, end: stop } = spanOf(sentence, end, placed.end - 1);
  const [date, ...more] = words.some((word) => DATE_LABELS.has(word)) ? datesIn(document, start, stop) : [];
  if (date !== undefined) return more.length === 0 ? { date: date.iso } : {};
  const isSide = words.some((word) => SIDE_LABELS.has(word));
  const sides = isSide ? tokens.slice(end, placed.end).flatMap(sideSaid) : [];
  const [side] = sides;
  return side === undefined || sides.length > 1 ? {} : { laterality: side };
}

/** The labelled lines of a note ("DATE OF SERVICE: 3/12/2025", "Side: left"), and what they are of. */
export class Session {
  private readonly dates = new Set<string>();
  private readonly sides = new Set<TextLaterality>();
  private underHeading = false;

  /** @returns what the line says, where it says but that */
  add(sentence: ClinicSentence): SessionDetail {
    const label = labelOf(sentence);
    this.followHeading(sentence, label?.words ?? []);
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
export function withDetail(event: InterventionEvent, { date, laterality }: SessionDetail): InterventionEvent {
  return {
    ...event,
    ...(event.date === undefined && date !== undefined && { date, datedByLabel: true }),
    ...(event.laterality === undefined && laterality !== undefined && { laterality }),
  };
}
