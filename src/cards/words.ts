import type {
  ConflictId,
  Decision,
  NotCountedReason,
  NoteId,
  RedFlagId,
  StepId,
  StepState,
} from '../evaluation/evaluation.js';
import type { DataKind } from '../evaluation/facts.js';

/** hooks/<service>/cards.json: every word of the cards, checked at start-up. {placeholders} are filled by the builders. */
export interface Words {
  readonly source: { readonly label: string; readonly url?: string; readonly topicPrefix: string };
  readonly states: Readonly<Record<StepId, StateWords>>;
  readonly steps: Readonly<Record<StepId, string>>;
  readonly notCounted: Readonly<Record<NotCountedReason, string>>;
  readonly dataKinds: Readonly<Record<DataKind, string>>;
  readonly redFlags: Readonly<Record<RedFlagId, string>>;
  readonly phrases: Readonly<Record<PhraseId, string>>;
  readonly caveats: Readonly<Record<string, string>>;
  readonly decisions: Readonly<Record<Decision, DecisionWords>>;
  readonly generatorsCard: GeneratorsWords;
  readonly infoCard: InfoWords;
  readonly suggestions: Readonly<Record<string, SuggestionWords>>;
  /** A copied note that speaks of the replaced procedure (small letters, parts of words) is said to be that order's. */
  readonly replacedOrder: { readonly note: string; readonly words: readonly string[] };
  /** In place of a card that was overridden a while ago, where the site wants that. */
  readonly overriddenBefore: { readonly summary: string; readonly detail: string };
  readonly overrideReasons: { readonly system: string; readonly displays: Readonly<Record<string, string>> };
}

export type PhraseId =
  | 'tableHead'
  | 'notCounted'
  | 'more'
  | 'missing'
  | 'wouldChange'
  | 'unread'
  | 'bySide'
  | 'otherSide'
  | 'otherSideShort'
  | 'foundIn'
  | 'noSide'
  | 'covers'
  | 'removesBothSides'
  | 'weighFirst'
  | 'scores'
  | 'quotedScores'
  | 'adviceOnly'
  | 'evidenceLink';

/** The state of a step in a word or two; `answers` has others by the answer's `because`, where the general one would mislead. */
export type StateWords = Readonly<Record<StepState, string>> & {
  readonly answers?: Readonly<Record<string, string>>;
};

export type Indicator = 'info' | 'warning' | 'critical';

export interface DecisionWords {
  readonly indicator: Indicator;
  readonly summary: string;
  readonly advice: string;
  /** Keys of `caveats`. */
  readonly caveats: readonly string[];
  /** Keys of `suggestions`, in the order they are offered. */
  readonly suggestions: readonly string[];
  readonly overrideReasons: readonly string[];
  /**
   * By `criterion:because` of the side that decides, `consideration:id` or `note:id`, joined by `+` where all of them
   * have to hold. Of those that fit, the first that names a member replaces it.
   */
  readonly variants?: Readonly<
    Record<
      string,
      Partial<Pick<DecisionWords, 'summary' | 'advice' | 'suggestions' | 'indicator' | 'caveats'>>
    >
  >;
}

/** What a variant of a decision's words is for: an answer of a criterion, or `consideration` or `note` by its id. */
export interface VariantCondition {
  readonly of: string;
  readonly id: string;
}

/** What all has to hold for a variant, by its key. */
export function conditionsOf(key: string): readonly VariantCondition[] {
  const read = known.get(key) ?? readConditions(key);
  if (known.size < MOST_KNOWN) known.set(key, read);
  return read;
}

/** By key: there are some dozens in the files of words, and every card asks for those of its decision. */
const known = new Map<string, readonly VariantCondition[]>();
const MOST_KNOWN = 2_000;

function readConditions(key: string): readonly VariantCondition[] {
  return key.split('+').map((one) => {
    const [of = '', id = ''] = one.split(':');
    return { of, id };
  });
}

export interface GeneratorsWords {
  readonly indicator: Indicator;
  readonly summary: string;
  readonly summaryMany: string;
  readonly advice: string;
  readonly tableHead: string;
  readonly untested: string;
  readonly tested: string;
  readonly ruledOut: string;
  readonly treated: string;
  readonly notSevere: string;
  readonly blockReach: string;
  /** In place of the above where the records that would show a test or a treatment were not read whole. */
  readonly unread: Readonly<Record<'summary' | 'summaryMany' | 'advice' | 'untested', string>>;
  readonly suggestions: readonly string[];
  readonly overrideReasons: readonly string[];
}

export interface InfoWords {
  readonly indicator: Indicator;
  readonly summary: string;
  readonly summaryNotes: string;
  readonly conflicts: Readonly<Record<ConflictId, string>>;
  readonly notes: Readonly<Record<NoteId, string>>;
}

export interface SuggestionWords {
  readonly label: string;
  readonly recommended?: boolean;
  readonly actions: readonly ('delete' | 'create')[];
  readonly deleteDescription?: string;
  readonly createDescription?: string;
  /** The order proposed; without a code it is proposed by its words. */
  readonly order?: {
    readonly system?: string;
    readonly code?: string;
    readonly display?: string;
    readonly text: string;
  };
  /** The site of the neurectomy is not the site of what is proposed. */
  readonly withoutSite?: boolean;
}
