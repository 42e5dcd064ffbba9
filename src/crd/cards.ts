import { escapeMarkdown } from '../cards/markdown.js';
import type { Card, Suggestion } from '../cds-hooks/card.types.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import type { CoverageRules, Payer, PayerAnswer, ResponseType } from './coverage-rules.types.js';
import { formCard, type FormOccasion } from './form-card.js';
import { topicName, type Configuration } from './options.js';
import type { CrdProfile } from './profile.js';

/** An order that cards are about. */
export interface CardOrder {
  /** `Type/id`. */
  readonly reference: string;
  readonly resource: JsonObject;
}

export interface CardSetting {
  readonly profile: CrdProfile;
  readonly rules: CoverageRules;
  /** Of the coverage that the orders are billed to; absent where it could not be told. */
  readonly payer?: Payer;
  /** How many orders the call is about. */
  readonly ordersInCall: number;
}

/**
 * The cards of the review in the form of CRD (section 21 of the guide): the payer's name, a response type as topic,
 * the orders they are about, and one kind of response a card: what replaces an order has no links, and a suggestion
 * that only removes an order is none of the kinds.
 */
export function reviewCards(
  cards: readonly Card[],
  orders: readonly CardOrder[],
  setting: CardSetting,
): readonly Card[] {
  const split = cards.map((card) => oneKind(card));
  const [first] = split.flatMap(({ evidence }) => evidence);
  return [...split.map(({ card }) => card), ...(first ? [first] : [])].map((card) =>
    inCrdForm(card, orders, setting),
  );
}

interface OneKind {
  readonly card: Card;
  /** The links as a card of their own, to come last. */
  readonly evidence: readonly Card[];
}

function oneKind(card: Card): OneKind {
  const { suggestions = [], selectionBehavior, links, ...rest } = card;
  const kept = suggestions.filter(isReplacementOrAddition);
  const chosen = kept.length > 0 && selectionBehavior ? { suggestions: kept, selectionBehavior } : {};
  if (kept.length === 0 || !links)
    return { card: { ...rest, ...chosen, ...(links && { links }) }, evidence: [] };
  const { source } = card;
  const topic = source.topic && { ...source.topic, code: `${source.topic.code}.evidence` };
  const summary = links[0]?.label ?? card.summary;
  return {
    card: { ...rest, ...chosen },
    evidence: [{ summary, indicator: 'info', source: { ...source, ...(topic && { topic }) }, links }],
  };
}

function isReplacementOrAddition({ actions = [] }: Suggestion): boolean {
  return actions.some(({ type }) => type !== 'delete');
}

function inCrdForm(card: Card, orders: readonly CardOrder[], setting: CardSetting): Card {
  const { topics } = setting.rules;
  const advice = card.source.topic?.code.split('.').at(-1) ?? '';
  const topic = Object.hasOwn(topics, advice) ? (topics[advice] ?? topics.default) : topics.default;
  return aboutOrders({ ...card, source: sourceOf(topic, setting, card.source) }, orders, setting);
}

function sourceOf(
  topic: ResponseType,
  { profile, payer }: CardSetting,
  own?: Card['source'],
): Card['source'] {
  const url = payer ? payer.url : own?.url;
  return {
    label: payer?.label ?? own?.label ?? 'Stepwise CDS',
    ...(url !== undefined && { url }),
    topic: { system: profile.topicSystem, code: topic, display: topicName(topic) },
  };
}

/** CC-6: which of several orders is meant, in words for people and as references for programs. */
function aboutOrders(card: Card, orders: readonly CardOrder[], setting: CardSetting): Card {
  const { profile, ordersInCall } = setting;
  const names = [...new Set(orders.map(({ resource }) => nameOf(resource)))].map(escapeMarkdown);
  const isSome = orders.length < ordersInCall && names.length > 0;
  const detail = [card.detail, ...(isSome ? [`About: ${names.join('; ')}.`] : [])]
    .filter(Boolean)
    .join('\n\n');
  const references = orders.map(({ reference }) => reference);
  return {
    ...card,
    ...(detail !== '' && { detail }),
    ...(references.length > 0 && {
      extension: {
        ...card.extension,
        'davinci-crd.associated-resource': profile.associatedResource(references),
      },
    }),
  };
}

/** What people call an order: its text, the display of a code, or a code. */
function nameOf({ resourceType, code }: JsonObject): string {
  const concept = isJsonObject(code) ? code : {};
  const codings = Array.isArray(concept['coding']) ? concept['coding'].filter(isJsonObject) : [];
  const names = [
    concept['text'],
    ...codings.map(({ display }) => display),
    ...codings.map((one) => one['code']),
  ];
  const name = names.find((one) => typeof one === 'string' && one.trim() !== '');
  if (typeof name === 'string') return name;
  return typeof resourceType === 'string' ? resourceType : 'order';
}

/** The payer's policy to read, and what it wants done; none says what the orders themselves were told (CC-8). */
export function payerCards(
  { policy, instructions }: PayerAnswer,
  orders: readonly CardOrder[],
  setting: CardSetting,
): readonly Card[] {
  const cards: Card[] = [];
  if (instructions)
    cards.push({
      summary: instructions.summary,
      indicator: 'info',
      detail: instructions.detail,
      source: sourceOf(instructions.topic, setting),
    });
  if (policy)
    cards.push({
      summary: `Policy: ${policy.title}`,
      indicator: 'info',
      source: sourceOf('guideline', setting),
      links: [{ label: policy.title, url: policy.url, type: 'absolute' }],
    });
  return cards.map((card) => aboutOrders(card, orders, setting));
}

export interface FormSetting extends CardSetting {
  readonly occasion: FormOccasion;
  /** Names of forms that the EHR was asked for and does not have. */
  readonly missingForms: ReadonlySet<string>;
}

/** The form that the payer wants completed, where it does; none while an order is still being chosen (MIN-6). */
export function formCards(
  { form: name = '' }: PayerAnswer,
  orders: readonly CardOrder[],
  setting: FormSetting,
): readonly Card[] {
  const { occasion, missingForms, profile, rules } = setting;
  const form = rules.forms?.[name];
  if (!form || occasion.request.hook === 'order-select') return [];
  const card = formCard(form, missingForms.has(name), occasion, profile);
  return [aboutOrders({ ...card, source: sourceOf(form.topic, setting) }, orders, setting)];
}

/** Cards of topics that are wanted, the first ones first, and no more than are wanted (CX-4). */
export function chosenCards(cards: readonly Card[], { wants, maxCards }: Configuration): readonly Card[] {
  return cards.filter(({ source }) => wants(source.topic?.code ?? '')).slice(0, maxCards);
}
