import { checkActions } from './action-rules.js';
import { checkCard } from './card-rules.js';
import type { Card, CdsResponse, Suggestion } from './card.types.js';
import { withoutRawHtml } from './markdown.js';
import { broken, checkExtension, checkMembers, isObject, withoutEmpty } from './response-rules.js';

/**
 * Makes a response ready to send: leaves out members without a value (TR-3, never inside a FHIR resource), gives
 * every card and suggestion a uuid where it has none (CARD-1, SUG-1), turns raw HTML in `detail` into text (CARD-3)
 * and checks the RS-, CARD-, SRC-, SUG-, ACT-, LINK-, COD- and EXT-rules. Finishing twice changes nothing.
 *
 * @throws CdsError ERR_INTERNAL whose message is the rule that a builder broke and whose expression is the place
 */
export function finishResponse(response: CdsResponse, newUuid: () => string): CdsResponse {
  if (finishedOnes.has(response)) return response;
  const sent = toSent(response);
  checkResponse(sent);
  const finished = { ...sent, cards: sent.cards.map((card) => finishCard(card, newUuid)) };
  checkUuids(finished.cards);
  finishedOnes.add(finished);
  return finished;
}

/** Responses that went through already, on their way to the records. */
const finishedOnes = new WeakSet<CdsResponse>();

// `cards` is the one list that is sent though empty.
function toSent(response: CdsResponse): unknown {
  const sent = withoutEmpty(response, 'keep');
  if (!Array.isArray(response.cards)) throw broken('RS-1: cards is an array', 'cards');
  return { cards: [], ...(isObject(sent) && sent) };
}

function checkResponse(response: unknown): asserts response is CdsResponse {
  checkMembers(response, ['cards', 'systemActions'], 'RS-3', 'response');
  checkExtension(response['extension'], 'extension');
  const { cards, systemActions } = response;
  if (!Array.isArray(cards)) throw broken('RS-1: cards is an array', 'cards');
  cards.forEach((card: unknown, index) => {
    checkCard(card, `cards[${index}]`);
  });
  if (systemActions !== undefined) checkActions(systemActions, 'systemActions');
}

function finishCard(card: Card, newUuid: () => string): Card {
  const { suggestions, selectionBehavior, ...rest } = card;
  return {
    ...rest,
    uuid: card.uuid ?? newUuid(),
    ...(card.detail !== undefined && { detail: withoutRawHtml(card.detail) }),
    ...(suggestions !== undefined && {
      suggestions: suggestions.map((suggestion) => finishSuggestion(suggestion, newUuid)),
      ...(selectionBehavior !== undefined && { selectionBehavior }),
    }),
  };
}

function finishSuggestion(suggestion: Suggestion, newUuid: () => string): Suggestion {
  return { ...suggestion, uuid: suggestion.uuid ?? newUuid() };
}

function checkUuids(cards: readonly Card[]): void {
  const uuids = cards.flatMap((card) => [card.uuid, ...(card.suggestions ?? []).map(({ uuid }) => uuid)]);
  if (new Set(uuids).size < uuids.length) throw broken('CARD-1: every uuid is its own', 'cards');
}
