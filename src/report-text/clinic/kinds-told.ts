import { pointsTo, type Anchor } from './anchors.js';
import type { EventLog } from './event-log.js';
import type { Heard } from './heard.js';
import { isAboveBack } from './nerve-mentions.js';
import { OTHER_TIMES } from './own-note.js';
import { ABLATION_AFTER, OF_UNKNOWN, type MentionKind } from './procedure-kinds.js';
import type { ReadOptions } from '../reading.js';
import type { ClinicSentence } from './sentence.js';
import type { MentionStatus } from './status.js';
import { drugIn } from './technique.js';
import type { Topics } from './topics.js';

/** What the text has told of so far. */
interface ToldSoFar {
  readonly options: ReadOptions;
  readonly events: EventLog;
  readonly topics: Topics;
}

/** Which procedure is told of; undefined where an action points to none that is known. */
export function kindTold(heard: Heard, before: ToldSoFar): MentionKind | undefined {
  const { anchor, told } = heard;
  if (anchor.is === 'procedure') return anchor.mention.kind;
  if (anchor.is === 'action' && anchor.action === OF_UNKNOWN) return 'other';
  if (isAboveBack(told.sentence, anchor.first, anchor.last)) return 'other';
  const status = heard.said ?? heard.evidence;
  return kindOf(anchor, status, told.sentence, before) ?? ofJointBefore(anchor, told.sentence, before);
}

/** A drug injected, in a text that has named a joint right before and no procedure yet. */
function ofJointBefore(
  anchor: Anchor,
  sentence: ClinicSentence,
  { options, events, topics }: ToldSoFar,
): MentionKind | undefined {
  const { first, end } = sentence.placed;
  const opens = options.about === undefined && events.all.length === 0;
  if (!opens || anchor.is !== 'action' || anchor.action !== 'injection') return undefined;
  return drugIn(sentence, first, end) === undefined ? undefined : topics.justNamed();
}

function kindOf(
  anchor: Anchor,
  status: MentionStatus | undefined,
  sentence: ClinicSentence,
  { options: { about }, events, topics }: ToldSoFar,
): MentionKind | undefined {
  // In its own note "was injected" tells how this procedure was done, not of one before.
  if (about !== undefined && !pointsTo(anchor, about) && !OTHER_TIMES.has(sentence.placed.section))
    return undefined;
  const above = anchor.is === 'action' ? topics.kindOf(anchor.action, sentence) : undefined;
  if (above !== undefined) return above;
  const named = events.recent.findLast(({ kind }) => pointsTo(anchor, kind));
  if (named !== undefined) return named.kind;
  if (about !== undefined && pointsTo(anchor, about)) return about;
  return ablationPrepared(anchor, status, events);
}

/** "RFA was done" behind blocks: of the nerves that were blocked. */
function ablationPrepared(
  anchor: Anchor,
  status: MentionStatus | undefined,
  { recent }: EventLog,
): MentionKind | undefined {
  if (anchor.is !== 'action' || anchor.action !== 'ablation' || status === undefined) return undefined;
  const prepared = recent.findLast(({ kind }) => ABLATION_AFTER.has(kind));
  return prepared === undefined ? undefined : ABLATION_AFTER.get(prepared.kind);
}
