import { plays } from '../marks.js';
import { sideOf } from '../qualities.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import type { InterventionEvent } from './merge.js';
import { ABLATIONS, type MentionKind } from './procedure-kinds.js';
import { spanOf, type ClinicSentence } from './sentence.js';
import type { MentionStatus } from './status.js';
import { drugIn, techniqueIn } from './technique.js';
import { timesAround } from './times.js';

/** A procedure as the words around its anchor tell of it; `limits` are the marks of the anchors on either side. */
export function eventOf(of: {
  kind: MentionKind;
  status: MentionStatus | undefined;
  anchor: Anchor;
  told: AnchoredSentence;
  limits: readonly [number, number];
}): InterventionEvent {
  const { kind, anchor, told, limits } = of;
  const { marks } = told.sentence;
  const from = limits[0] < 0 ? told.sentence.placed.first : (marks[limits[0]]?.last ?? 0) + 1;
  const to = marks[limits[1]]?.first ?? told.sentence.placed.end;
  const technique = ABLATIONS.has(kind) ? techniqueIn(told.sentence, from, to) : undefined;
  const drug = ABLATIONS.has(kind) ? undefined : drugIn(told.sentence, from, to);
  const ordinal = marks.slice(limits[0] + 1, anchor.last + 2).findLast((mark) => plays(mark, 'ordinal-word'));
  const mention = anchor.is === 'procedure' ? anchor.mention : undefined;
  const beside = marks.slice(0, anchor.first).findLast((mark) => !plays(mark, 'technique'));
  const laterality = mention?.laterality ?? sideOf(beside, told.sentence.tokens);
  return {
    kind,
    status: of.status ?? 'unknown',
    pointsBack: anchor.is === 'action',
    levels: mention?.levels ?? [],
    ...(laterality !== undefined && { laterality }),
    ...(technique !== undefined && { technique }),
    ...(drug !== undefined && { drug }),
    ...(ordinal !== undefined && {
      ordinal: ordinal.senses.find(({ role }) => role === 'ordinal-word')?.code ?? '',
    }),
    ...(of.status === 'stopped' && { notCarriedThrough: true }),
    ...spanOf(told.sentence, marks[anchor.first]?.first ?? 0, marks[anchor.last]?.last ?? 0),
  };
}

/** "Each site received 0.5 mL of bupivacaine.", "She tolerated the procedure well.": the event with what it adds. */
export function continued(event: InterventionEvent, sentence: ClinicSentence): InterventionEvent {
  if (event.status !== 'unknown' && event.status !== 'completed') return event;
  const carriedThrough = sentence.marks.some((mark) => plays(mark, 'carried-through'));
  const given = sentence.marks.some((mark) => plays(mark, 'done', 'volume'));
  const { first, end } = sentence.placed;
  const drug = given && !ABLATIONS.has(event.kind) ? drugIn(sentence, first, end) : undefined;
  return {
    ...event,
    ...(drug !== undefined && { drug: event.drug ?? drug }),
    ...lasting(event, sentence),
    status: carriedThrough ? 'completed' : event.status,
  };
}

/** "Relief lasted 2 hours.": of the relief told of before. */
function lasting({ relief }: InterventionEvent, sentence: ClinicSentence): Pick<InterventionEvent, 'relief'> {
  if (relief === undefined || relief.duration !== undefined) return {};
  if (!sentence.marks.some((mark) => plays(mark, 'relief'))) return {};
  const { first, end } = sentence.placed;
  const { duration } = timesAround(sentence, first, end);
  return duration === undefined ? {} : { relief: { ...relief, duration } };
}

/** A procedure with a relief or a date of its own was done. */
export function evidenced(...tied: readonly (readonly unknown[])[]): MentionStatus | undefined {
  return tied.some(({ length }) => length > 0) ? 'completed' : undefined;
}
