import type { TextRelief } from '../reading.js';
import { sense } from '../marks/marks.js';
import type { InterventionEvent } from './merge.js';
import { ABLATIONS, OF_OWN_TARGETS, OWN_TARGETS } from './procedure-kinds.js';
import { pointsTo, type Anchor, type AnchoredSentence } from './anchors.js';
import type { EventLog } from './event-log.js';
import { OTHER_TIMES, type OwnNote } from './own-note.js';
import { earlierOf, joinedAcrossSides } from './relief-sides.js';
import { bestRelief, type ReliefMention } from './relief.js';
import { isOfEarlier } from './dated-events.js';
import { spanOf, textAt, type ClinicSentence } from './sentence.js';
import { PainScores } from './timed-scores.js';

/** How many sentences a relief may stand behind the procedure it is of. */
export const MEMORY = 3;
/** "Both gave 85 % relief.", "Each helped for a month." */
const ALL_OF_THEM: ReadonlySet<string> = new Set(['both', 'each', 'these', 'all']);
const AFTERWARDS: ReadonlySet<string> = new Set(
  'recovery post postprocedure pacu afterwards afterward later reassessed discharge immediately follow followup'.split(
    ' ',
  ),
);

/** Where a sentence stands: its number, and whether it is near behind the last procedure told of. */
export interface Place {
  readonly at: number;
  readonly isNear: boolean;
}

/** Reliefs told in sentences that name no procedure. */
export class Aftermath {
  private readonly events: EventLog;
  private readonly note: OwnNote | undefined;
  /** Of pain scores that stand before the procedure is named. */
  private waiting: { readonly relief: TextRelief; readonly until: number } | undefined;
  private readonly pain = new PainScores();

  /** @param note of the procedure that the text belongs to, where it belongs to one */
  constructor(events: EventLog, note: OwnNote | undefined) {
    this.events = events;
    this.note = note;
  }

  /** Pain scores before and after, in lines of their own. */
  paired(sentence: ClinicSentence, told: AnchoredSentence | undefined, place: Place): void {
    if (told !== undefined && (told.untied.length > 0 || told.reliefs.size > 0)) return;
    const pair = this.pain.add(sentence);
    if (pair === undefined) return;
    const { first, last, low, high } = pair;
    const relief = { ...spanOf(sentence, first, last), low, high, computed: true };
    this.own(relief, sentence, { ...place, isNear: place.isNear || this.events.isOfOneSession });
  }

  /** A relief without a procedure in its sentence is of the last one told of, else of the note's own. */
  untied({ sentence }: AnchoredSentence, reliefs: readonly ReliefMention[], place: Place): void {
    const relief = bestRelief(reliefs);
    if (relief === undefined || this.isOfOtherPlace(sentence) || isOfEarlier(this.events.last, sentence))
      return;
    const isNear = place.isNear && sentence.placed.after !== 'empty-line';
    if (isNear && this.shared(sentence, reliefs)) return;
    this.own(relief, sentence, place);
  }

  /** "Both blocks gave 85 %": of the blocks told of before, and of no other. */
  ofAll(anchor: Anchor, { sentence, reliefs, dates }: AnchoredSentence): boolean {
    const relief = bestRelief(reliefs.get(anchor) ?? []);
    const { last } = this.events;
    if (anchor.is !== 'action' || relief === undefined || last === undefined || dates.has(anchor))
      return false;
    const lead = textAt(sentence, (sentence.marks[anchor.first]?.first ?? 0) - 1);
    if (!ALL_OF_THEM.has(lead) || relief.bySide || !pointsTo(anchor, last.kind)) return false;
    return this.events.relieveAll(relief, lead === 'both' ? 2 : undefined);
  }

  /** Of several procedures told of before: a relief each, or one of them all. */
  private shared({ tokens, placed }: ClinicSentence, reliefs: readonly ReliefMention[]): boolean {
    const [only, ...more] = reliefs.map(({ relief }) => relief);
    if (only === undefined || more.length > 0)
      return this.events.shareInOrder(reliefs.map(({ relief }) => relief));
    const subject = tokens[placed.first]?.text ?? '';
    return (
      ALL_OF_THEM.has(subject) &&
      !only.bySide &&
      this.events.relieveAll(only, subject === 'both' ? 2 : undefined)
    );
  }

  /** "Fusion L5-S1 in 2018. L SIJ 3/25, 60%": names the joint or its nerves, where the last procedure was elsewhere. */
  private isOfOtherPlace({ marks }: ClinicSentence): boolean {
    const kind = this.events.last?.kind;
    if (kind === undefined || OF_OWN_TARGETS.has(kind)) return false;
    return marks.some((mark) => OWN_TARGETS.has(sense(mark, 'target')?.code ?? ''));
  }

  private own(relief: TextRelief, sentence: ClinicSentence, { at, isNear }: Place): void {
    const last = this.events.last;
    if (last === undefined) this.waiting = { relief, until: at + MEMORY };
    const near =
      last !== undefined && (isNear || this.isOnly(sentence)) && sentence.placed.after !== 'empty-line';
    const joined = last?.relief ? this.joined(last, relief) : relief;
    if (near && this.events.shareOut(relief)) return;
    if (near && joined && last.status !== 'planned' && last.status !== 'not-done') {
      this.events.amendLast({
        ...last,
        relief: joined,
        status: last.status === 'unknown' ? 'completed' : last.status,
      });
    } else if (this.note !== undefined && !OTHER_TIMES.has(sentence.placed.section)) {
      this.note.relieved(relief);
    }
  }

  private joined({ kind, relief: before }: InterventionEvent, later: TextRelief): TextRelief | undefined {
    return joinedAcrossSides(before, later) ?? (ABLATIONS.has(kind) ? undefined : earlierOf(before, later));
  }

  /** "Pain before: 8. Pain after: 3. Left SI joint block.": the scores are of the procedure named right behind. */
  takeWaiting(at: number): void {
    const [first] = this.events.all;
    if (this.waiting === undefined || first === undefined) return;
    const { relief, until } = this.waiting;
    this.waiting = undefined;
    const done = first.status === 'completed' || first.status === 'unknown';
    if (this.events.all.length > 1 || at > until || !done || first.relief !== undefined) return;
    this.events.amendLast({ ...first, relief, status: 'completed' });
  }

  /** "In recovery pain was 0/10", further down in a note that tells of one kind of procedure alone. */
  private isOnly({ placed, tokens }: ClinicSentence): boolean {
    return (
      this.events.isOfOneKind &&
      tokens.slice(placed.first, placed.end).some(({ text }) => AFTERWARDS.has(text))
    );
  }
}
