import { sense } from '../marks/marks.js';
import type { TextInterventionKind } from '../reading.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { isConditional } from './conditions.js';
import { denialOfAblation } from './denials.js';
import type { InterventionEvent } from './merge.js';
import { ABLATIONS, HAPPENED, type MentionKind } from './procedure-kinds.js';
import { spanOf, wordsOf } from './sentence.js';
import type { MentionStatus } from './status.js';
import { untargeted, type UntargetedAblation } from './untargeted.js';

const SPOKEN_OF = 'ablation-spoken-of';
const OURS = 'sacral-lateral-branch-rfa';

/** Ablations of a text that name no target and mean none told of before, and those that are only spoken of. */
export class LooseAblations {
  private readonly found: UntargetedAblation[] = [];
  private readonly isOfKnown: boolean;
  /** An ablation of another part of the body is told of: what "the RFA" then means. */
  private ofElsewhere = false;

  /** @param about the procedure whose own note it is: in that of a facet block or an ablation "RFA" means its own */
  constructor(about: TextInterventionKind | undefined) {
    this.isOfKnown = about === 'medial-branch-block' || (about !== undefined && ABLATIONS.has(about));
  }

  add(anchor: Anchor, told: AnchoredSentence, said: MentionStatus | undefined): void {
    if (this.isOfKnown || !isAblation(anchor, told) || denialOfAblation(told.sentence) !== undefined) return;
    const [date] = told.dates.get(anchor) ?? [];
    const isRelieved = (told.reliefs.get(anchor) ?? []).length > 0;
    const isOnlyIf = !isRelieved && said !== 'completed' && isConditional(anchor, told);
    const found = untargeted({ anchor, told, said, date: date?.iso, isRelieved, isOnlyIf });
    if (found) this.found.push(found);
  }

  /** "If the block is positive, RFA of the left SI joint": spoken of, and no event that later words may mean. */
  addAwaiting(kind: MentionKind, { first, last }: Anchor, { sentence }: AnchoredSentence): void {
    if (kind !== OURS || this.isOfKnown) return;
    const [from, to] = [sentence.marks[first]?.first ?? 0, sentence.marks[last]?.last ?? 0];
    this.found.push({ id: SPOKEN_OF, ...spanOf(sentence, from, to), ofAnyOrgan: false });
  }

  /** A procedure that is of no use here: an ablation, it is what later words mean. */
  addElsewhere(anchor: Anchor, told: AnchoredSentence): void {
    this.ofElsewhere ||= isAblation(anchor, told);
  }

  /** Those that no ablation named in the same text explains: one that by the dates given may be it. */
  unexplained(events: readonly InterventionEvent[]): readonly UntargetedAblation[] {
    if (this.ofElsewhere) return [];
    const ablations = events.filter(({ kind }) => ABLATIONS.has(kind));
    const named = new Dates(ablations.filter(({ status }) => HAPPENED.has(status)));
    return this.found.filter(({ id, date }) =>
      id === SPOKEN_OF ? ablations.length === 0 : !named.mayBe(date),
    );
  }
}

/** Lengths of an ISO date that gives a year, a month or a day. */
const DATE_LENGTHS = [4, 7, 10];

/** The dates of procedures, looked up at once however many there are. */
class Dates {
  private readonly told = new Set<string>();
  private readonly parts = new Set<string>();
  private readonly any: boolean;
  private readonly undated: boolean;

  constructor(events: readonly InterventionEvent[]) {
    this.any = events.length > 0;
    this.undated = events.some(({ date }) => date === undefined);
    for (const { date } of events) {
      if (date === undefined) continue;
      this.told.add(date);
      for (const length of DATE_LENGTHS) if (length <= date.length) this.parts.add(date.slice(0, length));
    }
  }

  /** Whether one of them may be of a date, by what both give of it. */
  mayBe(date: string | undefined): boolean {
    if (date === undefined || this.undated) return this.any;
    return this.parts.has(date) || DATE_LENGTHS.some((length) => this.told.has(date.slice(0, length)));
  }
}

/** "Cooled RFA of the lateral branches was discussed": ours, and not decided, where none of ours is told of otherwise. */
export function spokenOf(
  told: readonly InterventionEvent[],
  events: readonly InterventionEvent[],
): readonly UntargetedAblation[] {
  if (events.some(({ kind }) => kind === OURS)) return [];
  return told
    .filter(({ kind, talkedOf }) => kind === OURS && talkedOf)
    .map(({ start, end }) => ({ id: SPOKEN_OF, start, end, ofAnyOrgan: false }));
}

/** "genicular rfa", "bvn ablation": names of procedures that are none of ours, and ablations. */
const NAMED_ABLATION = /\b(?:rfa|ablation|rhizotomy|denervation)\b/u;

function isAblation(anchor: Anchor, { sentence }: AnchoredSentence): boolean {
  if (anchor.is === 'action') return anchor.action === 'ablation';
  return sentence.marks
    .slice(anchor.first, anchor.last + 1)
    .some(
      (mark) =>
        sense(mark, 'action')?.code === 'ablation' ||
        NAMED_ABLATION.test(wordsOf(sentence, mark.first, mark.last).join(' ')),
    );
}

/** "C4-C6 medial branch blocks": of facets, and not of those of the low back. */
export function isOfNeck(
  kind: MentionKind,
  { first, last }: Anchor,
  { sentence }: AnchoredSentence,
): boolean {
  const own = sentence.marks.slice(first, last + 1);
  return (
    kind === 'other' &&
    own.some(
      (mark) =>
        OF_FACETS.has(sense(mark, 'procedure')?.code ?? '') ||
        OF_FACETS.has(sense(mark, 'target')?.code ?? ''),
    )
  );
}
const OF_FACETS: ReadonlySet<string> = new Set([
  'medial-branch-block',
  'facet-rfa',
  'medial-branch',
  'facet',
]);
