import type { Action, Card, Coding, Suggestion } from '../cds-hooks/card.types.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { listOf, memberOf } from '../cds-hooks/members.js';

/** What one make of EHR takes of a card. Data: everything it changes is what its maker documents. */
export interface CardDialect {
  readonly actionsPerSuggestion: 'one' | 'several';
  readonly selectionBehavior: 'at-most-one' | 'any';
  /** What a topic code may be made of, and how long it may be. Overrides are remembered by it, so it has to stay. */
  readonly topicCode?: { readonly not: RegExp; readonly longest: number };
  /** Systems by whose codes it finds a proposed order; one without such a code is never pre-selected. */
  readonly orderSystems?: readonly string[];
}

/** Codes by which a site's EHR finds an order that a card proposes, by the key of the suggestion in cards.json. */
export type OrderCodes = ReadonlyMap<string, readonly Coding[]>;

export const STANDARD_CARDS: CardDialect = {
  actionsPerSuggestion: 'several',
  selectionBehavior: 'at-most-one',
};

/** Epic's CDS Hooks tutorial: sections Card Attributes, Suggestion Attributes and Codesets for Create APIs. */
export const EPIC_CARDS: CardDialect = {
  actionsPerSuggestion: 'one',
  selectionBehavior: 'any',
  topicCode: { not: /[^A-Za-z0-9]/g, longest: 100 },
  orderSystems: [
    'urn:com.epic.cdshooks.action.code.system.preference-list-item',
    'urn:com.epic.cdshooks.action.code.system.orderset-item',
  ],
};

/** The same advice in the form that the EHR takes. */
export function inDialect(cards: readonly Card[], dialect: CardDialect): readonly Card[] {
  return withSuggestionsIn(dialect, cards).map((card) => ({
    ...card,
    source: sourceFor(card.source, dialect),
  }));
}

/** The same suggestions in the form that the EHR takes, under topics that are agreed with others, too. */
export function withSuggestionsIn(dialect: CardDialect, cards: readonly Card[]): readonly Card[] {
  return cards.map((card) => {
    const { suggestions, selectionBehavior } = card;
    return {
      ...card,
      ...(suggestions && { suggestions: suggestionsFor(suggestions, dialect) }),
      ...(selectionBehavior && { selectionBehavior: dialect.selectionBehavior }),
    };
  });
}

function sourceFor(source: Card['source'], { topicCode }: CardDialect): Card['source'] {
  if (!source.topic || !topicCode) return source;
  const code = source.topic.code.replaceAll(topicCode.not, '').slice(0, topicCode.longest);
  return { ...source, topic: { ...source.topic, code } };
}

function suggestionsFor(suggestions: readonly Suggestion[], dialect: CardDialect): readonly Suggestion[] {
  const findable = suggestions.map((suggestion) => withoutBlindChoice(suggestion, dialect));
  return dialect.actionsPerSuggestion === 'one' ? oneActionEach(findable) : findable;
}

// Were the replacement not found, what was pre-selected would be nothing but the removal.
function withoutBlindChoice(suggestion: Suggestion, { orderSystems }: CardDialect): Suggestion {
  const { isRecommended, ...rest } = suggestion;
  const orders = (rest.actions ?? []).filter((action) => action.type === 'create');
  const blind = orderSystems && !orders.every((order) => isFound(order, orderSystems));
  return blind ? rest : suggestion;
}

function isFound({ resource }: { readonly resource: JsonObject }, systems: readonly string[]): boolean {
  const found = listOf(resource['code'], 'coding').map((coding) => memberOf(coding, 'system'));
  return found.some((system) => systems.some((known) => known === system));
}

interface Choice {
  readonly action: Action;
  recommended: boolean;
}

/**
 * A suggestion for each action, to be picked in any combination. What several suggestions would delete is offered
 * once, and pre-selected where one of them was. The text shown is the action's.
 */
function oneActionEach(suggestions: readonly Suggestion[]): readonly Suggestion[] {
  const choices = new Map<string, Choice>();
  for (const [index, { actions = [], isRecommended = false }] of suggestions.entries()) {
    for (const action of actions) {
      const key = action.type === 'delete' ? action.resourceId : `${index} ${choices.size}`;
      const choice = choices.get(key) ?? { action, recommended: false };
      choice.recommended ||= isRecommended;
      choices.set(key, choice);
    }
  }
  return numbered([...choices.values()]).map(({ action, recommended }) => ({
    label: action.description,
    ...(recommended && { isRecommended: true }),
    actions: [action],
  }));
}

/** Two drafts of one intent are removed by the same words: each says which of them it is. */
function numbered(choices: readonly Choice[]): readonly Choice[] {
  return choices.map((choice) => {
    const same = choices.filter(({ action }) => action.description === choice.action.description);
    if (same.length === 1) return choice;
    const description = `${choice.action.description} (${same.indexOf(choice) + 1} of ${same.length})`;
    return { ...choice, action: { ...choice.action, description } };
  });
}
