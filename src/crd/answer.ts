import type { Action, Card } from '../cds-hooks/card.types.js';
import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import { groupBy } from '../evaluation/grouping.js';
import { formCards, payerCards, reviewCards, type CardOrder, type CardSetting } from './cards.js';
import type { CoverageRules } from './coverage-rules.types.js';
import type { Determined } from './determine.js';
import type { CrdOrder } from './orders.js';
import type { CrdProfile } from './profile.js';
import { updatedOrder } from './updated-order.js';

/** All that an answer is made of. */
export interface Answering {
  readonly profile: CrdProfile;
  readonly rules: CoverageRules;
  readonly request: HookRequest;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly orders: readonly CrdOrder[];
  readonly determined: readonly Determined[];
  /** Names of forms that the EHR was asked for and does not have. */
  readonly missingForms: ReadonlySet<string>;
  /** The cards of the review, and the places of the orders they are about; absent where it says nothing. */
  readonly reviewed?: { readonly cards: readonly Card[]; readonly places: ReadonlySet<number> };
}

/** One update for each order of which there is something new to say (MIN-3, MIN-4). */
export function updatesOf(determined: readonly Determined[]): readonly Action[] {
  return [...groupBy(determined, ({ order }) => order)].flatMap(([order, all]) => {
    const resource = updatedOrder(
      order.resource,
      all.flatMap(({ extensions }) => extensions),
    );
    return resource ? [{ type: 'update' as const, description: describe(all), resource }] : [];
  });
}

function describe(all: readonly Determined[]): string {
  const payers = new Set(all.flatMap(({ answered }) => answered?.payer.label ?? []));
  return `Add coverage information${payers.size > 0 ? ` from ${[...payers].join(' and ')}` : ''} to the order`;
}

/** The cards of the review first, then those of the payer. */
export function cardsOf(answering: Answering): readonly Card[] {
  return [...cardsOfReview(answering), ...cardsOfPayer(answering)];
}

function settingOf({ profile, rules, orders, determined }: Answering): CardSetting {
  const payer = determined.map(({ coverage }) => coverage.payer).find(({ kind }) => kind === 'known');
  return {
    ...{ profile, rules, ordersInCall: orders.length },
    ...(payer?.kind === 'known' && { payer: payer.payer }),
  };
}

function cardsOfReview(answering: Answering): readonly Card[] {
  const { reviewed, orders } = answering;
  if (!reviewed) return [];
  const drafts = orders.filter(({ index }) => reviewed.places.has(index));
  return reviewCards(reviewed.cards, drafts.filter(hasId), settingOf(answering));
}

function hasId({ resource }: CardOrder): boolean {
  return typeof resource['id'] === 'string';
}

/** Each answer once, about all the orders it was given for. */
function cardsOfPayer(answering: Answering): readonly Card[] {
  const setting = settingOf(answering);
  const answered = answering.determined.flatMap(({ answered: given, order, coverage }) =>
    given ? [{ ...given, order, coverage }] : [],
  );
  return [...groupBy(answered, ({ answer }) => answer)].flatMap(([answer, all]) => {
    const [first] = all;
    if (!first) return [];
    const { payer, coverage } = first;
    const orders = [...new Set(all.map(({ order }) => order))];
    const occasion = { ...answering, payer, coverage, orders: orders.map(({ reference }) => reference) };
    const own = { ...setting, payer };
    return [
      ...payerCards(answer, orders, own),
      ...formCards(answer, orders, { ...own, occasion, missingForms: answering.missingForms }),
    ];
  });
}
