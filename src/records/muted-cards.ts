import type { Card } from '../cds-hooks/card.types.js';
import type { Caller } from '../cds-hooks/service.types.js';
import {
  adviceKeyOf,
  hasRedFlag,
  readOverrides,
  type AfterOverride,
  type Overridden,
} from './after-override.js';
import type { Store } from './store.js';
import type { ReviewedCall } from './to-decision-record.js';
import { within } from './within.js';

/** Cards that a clinician has overridden are muted for a while, where the site wants that. */
export interface Muting {
  /** The site's secret. */
  readonly key: string;
  readonly wantedBy: (caller: Caller | undefined) => AfterOverride | undefined;
}

export interface MutedCards {
  readonly answer: AfterOverride['answer'];
  readonly cards: ReadonlyMap<string, Overridden>;
}

/** By what the cards of a call are known again; undefined where its client does not want any muted. */
export function adviceKeysOf(
  call: ReviewedCall,
  { key, wantedBy }: Muting,
): ((card: Card) => string) | undefined {
  const { patientId, context, service, evaluation } = call;
  if (patientId === undefined || !wantedBy(context.caller)) return undefined;
  return adviceKeyOf(key, {
    service,
    patientId,
    evaluation,
    ...(context.caller && { caller: context.caller }),
  });
}

/** Of the time a call has left, what may be spent on it: the answer has to be written, too. */
const PATIENCE = 0.5;

interface MutingParts {
  readonly muting: Muting;
  readonly store: Store;
  readonly date: () => Date;
}

/**
 * Which cards of a call to mute; undefined when none, or when the database does not say so in time.
 *
 * @param leftMs milliseconds until the call has to be answered
 */
export async function mutedCards(
  call: ReviewedCall,
  leftMs: number,
  { muting, store, date }: MutingParts,
): Promise<MutedCards | undefined> {
  const { caller } = call.context;
  const wanted = muting.wantedBy(caller);
  const keyOf = adviceKeysOf(call, muting);
  // In shadow nobody saw the card that would have been overridden.
  if (!wanted || !keyOf || caller?.shadow || hasRedFlag(call.evaluation)) return undefined;
  const uuids = new Map(call.cards.map((card) => [keyOf(card), card.uuid ?? '']));
  const asked = store.use((database) =>
    readOverrides(database, [...uuids.keys()], { now: date(), hours: wanted.hours }),
  );
  const found = await within(
    asked.catch(() => undefined),
    Math.max(0, leftMs) * PATIENCE,
  );
  if (!found || found.size === 0) return undefined;
  return {
    answer: wanted.answer,
    cards: new Map([...found].map(([key, one]) => [uuids.get(key) ?? '', one])),
  };
}
