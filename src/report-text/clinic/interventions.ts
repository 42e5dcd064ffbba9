import type { InterventionDetail, ReadOptions, TextIntervention, TextRelief } from '../reading.js';
import { anchored, pointsTo, type Anchor, type AnchoredSentence } from './anchors.js';
import { sidesOfDates } from './date-sides.js';
import { answered, denialOfAblation } from './denials.js';
import { continued, eventOf, evidenced } from './events.js';
import { inheritedStatus, limitsOf } from './in-list.js';
import { merged, published, type InterventionEvent } from './merge.js';
import { OTHER_TIMES, OwnNote } from './own-note.js';
import { ABLATION_AFTER, ABLATIONS, AGAIN, type MentionKind } from './procedure-kinds.js';
import { joinedAcrossSides } from './relief-sides.js';
import { bestRelief, tellsOfOthers } from './relief.js';
import { PainScores } from './scores.js';
import {
  asks,
  isDiaryLine,
  spanOf,
  tellsOfPrevious,
  tellsOfRelative,
  type ClinicSentence,
} from './sentence.js';
import { endOf, statusOf, type MentionStatus } from './status.js';
import { helpedFor } from './times.js';

const AFTERWARDS: ReadonlySet<string> = new Set(
  'recovery post postprocedure pacu afterwards afterward later reassessed discharge immediately'.split(' '),
);
/** How many sentences a relief may stand behind the procedure it is of. */
const MEMORY = 3;

class Chronicle {
  private readonly events: InterventionEvent[] = [];
  private readonly options: ReadOptions;
  private lastSentence = -1;
  private ofOneKind = true;
  private ofOneDate = true;
  private readonly note: OwnNote;
  /** Of pain scores that stand before the procedure is named. */
  private waiting: { readonly relief: TextRelief; readonly until: number } | undefined;
  private readonly pain = new PainScores();

  constructor(options: ReadOptions) {
    this.options = options;
    this.note = new OwnNote(options.about);
  }

  add(sentence: ClinicSentence, at: number): void {
    // In the note of one procedure "the previous block" is another one.
    const ofPrevious = this.options.about !== undefined && tellsOfPrevious(sentence);
    if (tellsOfOthers(sentence) || tellsOfRelative(sentence) || asks(sentence) || ofPrevious) return;
    const told = anchored(sentence);
    const before = this.events.length;
    if (told !== undefined) {
      for (const anchor of told.anchors) this.tell(anchor, told);
      this.untied(told, at);
      if (told.anchors.length > 0) this.lastSentence = at;
      this.takeWaiting(at);
    }
    this.paired(sentence, told, at);
    if ((told?.anchors.length ?? 0) === 0) this.goesOn(sentence, at);
    const [end] = sentence.marks.flatMap((mark) => endOf(mark) ?? []);
    if (end !== undefined) this.end(end, sentence);
    this.note.add(sentence, this.events.slice(before));
  }

  reading(): { interventions: readonly TextIntervention[]; about?: InterventionDetail } {
    const events = merged(this.events);
    const { about } = this.options;
    if (about === undefined) return { interventions: events.map(published) };
    const own = events.filter(
      ({ kind, status }) => kind === about && status !== 'planned' && status !== 'not-done',
    );
    const rest = events.filter((event) => !own.includes(event));
    return { interventions: rest.map(published), about: this.note.detail(own) };
  }

  private tell(anchor: Anchor, told: AnchoredSentence): void {
    if (anchor.is === 'care') return;
    const limits = limitsOf(anchor, told);
    const said =
      answered(anchor, told) ??
      statusOf(told.sentence, anchor, limits) ??
      inheritedStatus(anchor, told, this.events.at(-1)?.status);
    const reliefs = told.reliefs.get(anchor) ?? [];
    const dates = told.dates.get(anchor) ?? [];
    const kind =
      anchor.is === 'procedure'
        ? anchor.mention.kind
        : this.kindOf(anchor, said ?? evidenced(reliefs, dates), told.sentence.placed.section);
    const evidence = evidenced(reliefs, dates);
    const reliefDuration = reliefs.length > 0 ? undefined : this.helpedFor(anchor, told, limits);
    if (kind === undefined || (isAgain(anchor) && evidence === undefined)) return;
    const hoped = said === undefined || said === 'planned' || said === 'unknown';
    const denied = hoped && ABLATIONS.has(kind) && denialOfAblation(told.sentence) !== undefined;
    if (denied && evidence === undefined) {
      this.events.push(eventOf({ kind, status: 'not-done', anchor, told, limits }));
      return;
    }
    const status = said === 'planned' && reliefs.some(({ relief }) => relief.high > 0) ? 'completed' : said;
    const event = eventOf({ kind, status, anchor, told, limits });
    const each = dates.length > 1 ? dates : [dates[0]];
    const sides = sidesOfDates(told.sentence, dates, [anchor.last, limits[1]]);
    for (const [index, date] of each.entries()) {
      const relief =
        each.length > 1 && reliefs.length === each.length ? reliefs[index]?.relief : bestRelief(reliefs);
      this.push({
        ...event,
        status: status ?? this.impliedStatus([relief, date, reliefDuration].some(Boolean), told, anchor),
        ...(date !== undefined && { date: date.iso }),
        ...(relief !== undefined && { relief }),
        ...(reliefDuration !== undefined && { reliefDuration }),
        ...(sides[index] && { laterality: sides[index] }),
      });
    }
  }

  /** "helped for about a week" behind a procedure, up to the next one. */
  private helpedFor(
    anchor: Anchor,
    { sentence }: AnchoredSentence,
    [, next]: readonly [number, number],
  ): string | undefined {
    const { marks, placed } = sentence;
    return helpedFor(sentence, (marks[anchor.last]?.last ?? 0) + 1, marks[next]?.first ?? placed.end);
  }

  /** What a sentence without a procedure says of the one just told of, or of the only one that the note tells of. */
  private goesOn(sentence: ClinicSentence, at: number): void {
    const last = this.events.at(-1);
    const near = at - this.lastSentence <= MEMORY || (this.ofOneKind && this.ofOneDate);
    if (last !== undefined && near && !OTHER_TIMES.has(sentence.placed.section))
      this.events.splice(-1, 1, continued(last, sentence));
  }

  /** Kept as it goes: to look through all events with every sentence would take the square of a text's time. */
  private push(event: InterventionEvent): void {
    const [first] = this.events;
    this.ofOneKind &&= first === undefined || event.kind === first.kind;
    this.ofOneDate &&= first === undefined || event.date === first.date;
    this.events.push(event);
  }

  private impliedStatus(isEvidenced: boolean, { sentence }: AnchoredSentence, anchor: Anchor): MentionStatus {
    if (isEvidenced) return 'completed';
    if (sentence.placed.section === 'plan') return 'planned';
    if (anchor.is === 'procedure' && anchor.mention.kind === this.options.about) return 'completed';
    return sentence.placed.section === 'technique' ? 'completed' : 'unknown';
  }

  private kindOf(
    anchor: Anchor,
    status: MentionStatus | undefined,
    section: string,
  ): MentionKind | undefined {
    const { about } = this.options;
    // In its own note "was injected" tells how this procedure was done, not of one before.
    if (about !== undefined && !pointsTo(anchor, about) && !OTHER_TIMES.has(section)) return undefined;
    const named = this.events.findLast(({ kind }) => pointsTo(anchor, kind));
    if (named !== undefined) return named.kind;
    if (about !== undefined && pointsTo(anchor, about)) return about;
    if (anchor.is !== 'action' || anchor.action !== 'ablation' || status === undefined) return undefined;
    const prepared = this.events.findLast(({ kind }) => ABLATION_AFTER.has(kind));
    return prepared === undefined ? undefined : ABLATION_AFTER.get(prepared.kind);
  }

  /** Pain scores before and after, in lines of their own. */
  private paired(sentence: ClinicSentence, told: AnchoredSentence | undefined, at: number): void {
    if (told !== undefined && (told.untied.length > 0 || told.reliefs.size > 0)) return;
    const pair = this.pain.add(sentence);
    if (pair === undefined) return;
    const { first, last, low, high } = pair;
    this.own({ ...spanOf(sentence, first, last), low, high, computed: true }, sentence, at);
  }

  /** A relief without a procedure in its sentence is of the last one told of, else of the note's own. */
  private untied(told: AnchoredSentence, at: number): void {
    const relief = bestRelief(told.untied);
    if (relief !== undefined) this.own(relief, told.sentence, at);
  }

  private own(relief: TextRelief, sentence: ClinicSentence, at: number): void {
    const last = this.events.at(-1);
    if (last === undefined) this.waiting = { relief, until: at + MEMORY };
    const near =
      last !== undefined &&
      (at - this.lastSentence <= MEMORY || this.isOnly(sentence)) &&
      sentence.placed.after !== 'empty-line';
    const joined = last?.relief ? joinedAcrossSides(last.relief, relief) : relief;
    if (near && joined && last.status !== 'planned' && last.status !== 'not-done') {
      this.events.splice(-1, 1, {
        ...last,
        relief: joined,
        status: last.status === 'unknown' ? 'completed' : last.status,
      });
    } else if (this.options.about !== undefined && !OTHER_TIMES.has(sentence.placed.section)) {
      this.note.relieved(relief);
    }
  }

  /** "Pain before: 8. Pain after: 3. Left SI joint block.": the scores are of the procedure named right behind. */
  private takeWaiting(at: number): void {
    const [first] = this.events;
    if (this.waiting === undefined || first === undefined) return;
    const { relief, until } = this.waiting;
    this.waiting = undefined;
    const done = first.status === 'completed' || first.status === 'unknown';
    if (this.events.length > 1 || at > until || !done || first.relief !== undefined) return;
    this.events.splice(0, 1, { ...first, relief, status: 'completed' });
  }

  /** "In recovery pain was 0/10", further down in a note that tells of one kind of procedure alone. */
  private isOnly({ placed, tokens }: ClinicSentence): boolean {
    return this.ofOneKind && tokens.slice(placed.first, placed.end).some(({ text }) => AFTERWARDS.has(text));
  }

  /** "The procedure was aborted": of the last one told of, though it was announced as planned. */
  private end(status: 'stopped' | 'not-done', { placed }: ClinicSentence): void {
    const { about } = this.options;
    this.note.stopped();
    const last = this.events.at(-1);
    const own = about === undefined ? last?.kind !== 'other' : last?.kind === about;
    if (last === undefined || !own || last.status === 'not-done') return;
    if (last.status === 'planned' && OTHER_TIMES.has(placed.section)) return;
    this.events.splice(-1, 1, { ...last, status, notCarriedThrough: true });
  }
}

function isAgain(anchor: Anchor): boolean {
  return anchor.is === 'action' && anchor.action === AGAIN;
}

/** The procedures a text tells of, those told of twice as one; with `about`, also what it says of its own procedure. */
export function interventionsOf(
  sentences: readonly ClinicSentence[],
  options: ReadOptions,
): { interventions: readonly TextIntervention[]; about?: InterventionDetail } {
  const chronicle = new Chronicle(options);
  let at = 0;
  for (const sentence of sentences) {
    if (sentence.speaks) chronicle.add(sentence, at);
    if (!isDiaryLine(sentence)) at += 1;
  }
  return chronicle.reading();
}
