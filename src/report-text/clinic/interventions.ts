import { sense } from '../marks/marks.js';
import type { InterventionDetail, ReadOptions, TextIntervention } from '../reading.js';
import { Aftermath, MEMORY, type Place } from './aftermath.js';
import { anchored, namesProcedure, type Anchor, type AnchoredSentence } from './anchors.js';
import { datedEvents, isRowOfOther, partedBySide } from './dated-events.js';
import { denialOfAblation, endIn, isCalledOff, isOfOtherSide } from './denials.js';
import { EventLog } from './event-log.js';
import { withDiaries } from './diary-scores.js';
import { awaitsBlock, decides } from './conditions.js';
import { continued, eventOf, isAgain, isIntoJoint, isOpen, isTold } from './events.js';
import { endPartial } from './failures.js';
import { isBeforeLesion } from './given-drugs.js';
import { heardOf, statusHeard, type Heard } from './heard.js';
import { kindTold } from './kinds-told.js';
import { isOfNeck, LooseAblations, spokenOf } from './loose-ablations.js';
import { merged, published, withPast, type InterventionEvent } from './merge.js';
import { OTHER_TIMES, OwnNote } from './own-note.js';
import { ABLATIONS, AGAIN, type MentionKind } from './procedure-kinds.js';
import { tellsOfOthers } from './percents.js';
import { tellsOfSomeoneElse } from './relatives.js';
import { asks, isDiaryLine, tellsOfPrevious, type ClinicSentence } from './sentence.js';
import { isOnlyTalkedOf } from './status.js';
import { withTabledScores } from './score-tables.js';
import { isCalledLast, Session, withDetail } from './session.js';
import { Topics } from './topics.js';
import type { UntargetedAblation } from './untargeted.js';

class Chronicle {
  private readonly events = new EventLog();
  private readonly options: ReadOptions;
  private lastSentence = -1;
  /** What the last of the events was told of by. */
  private lastTold: Anchor | undefined;
  private readonly note: OwnNote;
  private readonly aftermath: Aftermath;
  private readonly session = new Session();
  private readonly topics = new Topics();
  private readonly loose: LooseAblations;

  constructor(options: ReadOptions) {
    this.options = options;
    this.note = new OwnNote(options.about);
    this.loose = new LooseAblations(options.about);
    this.aftermath = new Aftermath(this.events, options.about === undefined ? undefined : this.note);
  }

  add(sentence: ClinicSentence, at: number): void {
    // In the note of one procedure "the previous block" is another one.
    const ofPrevious = this.options.about !== undefined && tellsOfPrevious(sentence);
    if (tellsOfOthers(sentence) || tellsOfSomeoneElse(sentence) || asks(sentence) || ofPrevious) return;
    const told = anchored(sentence);
    const before = this.events.all.length;
    if (told !== undefined) {
      this.aftermath.untied(told, told.leading, this.place(at));
      for (const anchor of told.anchors) this.tell(anchor, told);
      this.aftermath.untied(told, told.untied, this.place(at));
      if (told.anchors.length > 0) this.lastSentence = at;
      this.aftermath.takeWaiting(at);
    }
    this.aftermath.paired(sentence, told, this.place(at));
    if ((told?.anchors.length ?? 0) === 0) this.goesOn(sentence, at);
    const end = endIn(sentence) ?? this.calledOff(sentence, told, at);
    if (end !== undefined) {
      this.note.stopped(sentence);
      const isNamed = (told?.anchors.length ?? 0) > 0;
      this.events.end(end, { section: sentence.placed.section, isNamed }, this.options.about);
    } else if (endPartial(this.events, sentence, this.options)) this.note.stopped(sentence);
    this.note.add(sentence, this.events.all.slice(before));
  }

  /** Of what was told right before, if nothing says that it was done. */
  private calledOff(
    sentence: ClinicSentence,
    told: AnchoredSentence | undefined,
    at: number,
  ): 'not-done' | undefined {
    const { last } = this.events;
    const isNear = this.place(at).isNear && sentence.placed.after !== 'empty-line';
    if (!last || !isNear || (told?.anchors.length ?? 0) > 0) return undefined;
    if (!isOpen(last.status) || isTold(last)) return undefined;
    return isCalledOff(sentence, last) ? 'not-done' : undefined;
  }

  reading(text: string): ToldOfProcedures {
    const told = withDiaries(text, withTabledScores(text, withPast(this.events.all)));
    const events = merged(told.map((event) => this.session.completed(event)));
    const { about } = this.options;
    const statements = [...this.loose.unexplained(events), ...spokenOf(told, events)];
    if (about === undefined) return { interventions: events.map(published), statements };
    const own = events.filter(
      ({ kind, status }) => kind === about && status !== 'planned' && status !== 'not-done',
    );
    const rest = events.filter((event) => !own.includes(event));
    return { interventions: rest.map(published), about: this.note.detail(own), statements };
  }

  /** "Date: 5/3/2025", "Side: left": of the procedure told right before, else of the one that the note is of. */
  label(sentence: ClinicSentence, at: number): boolean {
    this.topics.add(sentence);
    const detail = this.session.add(sentence);
    if (this.events.last?.talkedOf === true && this.place(at).isNear && decides(sentence))
      this.events.amendLast({ ...this.events.last, talkedOf: false });
    const last = this.events.last;
    if (detail.levels !== undefined && last !== undefined) this.events.amendLast(withDetail(last, detail));
    if (detail.date === undefined && detail.laterality === undefined) return false;
    const near = this.place(at).isNear && sentence.placed.after !== 'empty-line';
    const open =
      last !== undefined && (detail.date === undefined ? last.laterality : last.date) === undefined;
    if (near && open && (!detail.ofLast || isCalledLast(sentence, last)))
      this.events.amendLast(withDetail(last, detail));
    else if (!detail.ofLast) this.session.remember(detail);
    return true;
  }

  private place(at: number): Place {
    return { at, isNear: at - this.lastSentence <= MEMORY };
  }

  private tell(anchor: Anchor, told: AnchoredSentence): void {
    if (anchor.is === 'care' || this.aftermath.ofAll(anchor, told)) return;
    const heard = heardOf(anchor, told, { anchor: this.lastTold, status: this.events.last?.status });
    if (heard.said === 'not-done' && isOfOtherSide(anchor, told.sentence)) return;
    const kind = kindTold(heard, { options: this.options, events: this.events, topics: this.topics });
    if (kind === undefined && !this.topics.isNeck) this.loose.add(anchor, told, heard.said);
    if (kind === undefined || this.isPassedOver(kind, heard)) return;
    this.remember(kind, anchor, told);
    this.lastTold = anchor;
    for (const event of this.eventsOf(kind, heard)) this.events.push(event);
  }

  /** What tells of no procedure of its own, and what is to be done only if something else comes first. */
  private isPassedOver(kind: MentionKind, { anchor, told, evidence, isOnlyIf }: Heard): boolean {
    if (evidence === undefined && (isAgain(anchor) || this.isBeforeLesion(kind, anchor, told))) return true;
    if (!isOnlyIf) return false;
    const awaits = awaitsBlock(told.sentence);
    if (awaits) this.loose.addAwaiting(kind, anchor, told);
    return awaits || !ABLATIONS.has(kind);
  }

  private eventsOf(kind: MentionKind, heard: Heard): readonly InterventionEvent[] {
    const { anchor, told, limits, isOpenStill, isOnlyIf } = heard;
    if (isOpenStill && ABLATIONS.has(kind) && denialOfAblation(told.sentence) !== undefined)
      return [eventOf({ kind, status: 'not-done', anchor, told, limits })];
    const status = statusHeard(heard);
    const isTalk = isOpenStill && (isOnlyIf || isOnlyTalkedOf(told.sentence));
    const event = {
      ...this.ofSameSide(eventOf({ kind, status, anchor, told, limits }), anchor, told),
      ...(isTalk && { talkedOf: true }),
    };
    const all = datedEvents(event, { anchor, told, limits, status, about: this.options.about });
    return this.session.isOwn ? all.map((each) => ({ ...each, ofSession: true })) : all;
  }

  private isBeforeLesion(
    kind: MentionKind,
    { first, last }: Anchor,
    { sentence }: AnchoredSentence,
  ): boolean {
    return isBeforeLesion(kind, sentence.marks.slice(first, last + 1), this.events.recent);
  }

  /** What later words may mean. */
  private remember(kind: MentionKind, anchor: Anchor, told: AnchoredSentence): void {
    this.topics.named(kind, isOfNeck(kind, anchor, told));
    if (kind === 'other') this.loose.addElsewhere(anchor, told);
  }

  /** "RFA repeated 11/2025": what is done again is of the side of those before, where they are of one. */
  private ofSameSide(
    event: InterventionEvent,
    anchor: Anchor,
    { sentence }: AnchoredSentence,
  ): InterventionEvent {
    if (event.laterality !== undefined) return event;
    if (isIntoJoint(anchor) && this.topics.side !== undefined)
      return { ...event, laterality: this.topics.side };
    const beside = sentence.marks.slice(Math.max(0, anchor.first - 1), anchor.last + 2);
    if (!isAgain(anchor) && !beside.some((mark) => sense(mark, 'action')?.code === AGAIN)) return event;
    const laterality = this.events.sideOf(event.kind);
    return laterality === undefined ? event : { ...event, laterality };
  }

  /** What a sentence without a procedure says of the one just told of, or of the only one that the note tells of. */
  private goesOn(sentence: ClinicSentence, at: number): void {
    const last = this.events.last;
    const near = this.place(at).isNear || this.events.isOfOneSession;
    if (last === undefined || !near || OTHER_TIMES.has(sentence.placed.section)) return;
    if (isRowOfOther(last, sentence)) return;
    const [one, other] = partedBySide(last, sentence);
    this.events.amendLast(continued(one, sentence));
    if (other !== undefined) this.events.push(continued(other, sentence));
  }
}

export interface ToldOfProcedures {
  readonly interventions: readonly TextIntervention[];
  readonly about?: InterventionDetail;
  /** Ablations without a target. */
  readonly statements: readonly UntargetedAblation[];
}

/** The procedures a text tells of, those told of twice as one; with `about`, also what it says of its own procedure. */
export function interventionsOf(
  sentences: readonly ClinicSentence[],
  options: ReadOptions,
): ToldOfProcedures {
  const chronicle = new Chronicle(options);
  if (options.about === undefined && !sentences.some(namesProcedure)) return chronicle.reading('');
  let at = 0;
  for (const sentence of sentences) {
    if (chronicle.label(sentence, at)) continue;
    if (sentence.speaks) chronicle.add(sentence, at);
    if (!isDiaryLine(sentence)) at += 1;
  }
  return chronicle.reading(sentences[0]?.document.text ?? '');
}
