import { checkActions } from './action-rules.js';
import type { Card } from './card.types.js';
import {
  broken,
  checkCoding,
  checkExtension,
  checkItems,
  checkMembers,
  checkOptionalString,
  checkString,
  checkUrl,
  isObject,
} from './response-rules.js';

const CARD_MEMBERS = [
  'uuid',
  'summary',
  'detail',
  'indicator',
  'source',
  'suggestions',
  'selectionBehavior',
  'overrideReasons',
  'links',
];
const INDICATORS: readonly unknown[] = ['info', 'warning', 'critical'];
const SELECTION_BEHAVIORS: readonly unknown[] = ['at-most-one', 'any'];
const LINK_TYPES: readonly unknown[] = ['absolute', 'smart'];

/** Longest summary, in UTF-16 units; code points are never more than those (CARD-2: fewer than 140 characters). */
const SUMMARY_LENGTH = 139;

/** CARD-1 to CARD-8, SRC-1. @throws CdsError ERR_INTERNAL with the rule and the place */
export function checkCard(card: unknown, place: string): asserts card is Card {
  checkMembers(card, CARD_MEMBERS, 'RS-3', place);
  checkExtension(card['extension'], `${place}.extension`);
  checkOptionalString(card['uuid'], 'CARD-1', `${place}.uuid`);
  checkSummary(card['summary'], `${place}.summary`);
  checkOptionalString(card['detail'], 'CARD-3', `${place}.detail`);
  if (!INDICATORS.includes(card['indicator'])) throw broken('CARD-4: indicator', `${place}.indicator`);
  checkSource(card['source'], `${place}.source`);
  checkSuggestions(card['suggestions'], card['selectionBehavior'], place);
  checkItems(card['overrideReasons'], 'CARD-7', `${place}.overrideReasons`, checkOverrideReason);
  checkItems(card['links'], 'CARD-8', `${place}.links`, checkLink);
}

function checkSummary(value: unknown, place: string): void {
  checkString(value, 'CARD-2', place);
  if (value.length > SUMMARY_LENGTH) throw broken('CARD-2: fewer than 140 characters', place);
}

function checkSource(source: unknown, place: string): void {
  checkMembers(source, ['label', 'url', 'icon', 'topic'], 'CARD-5', place);
  checkString(source['label'], 'SRC-1', `${place}.label`);
  if (source['url'] !== undefined) checkUrl(source['url'], 'SRC-1', `${place}.url`);
  if (source['icon'] !== undefined) checkUrl(source['icon'], 'SRC-1', `${place}.icon`);
  if (source['topic'] !== undefined) checkCoding(source['topic'], `${place}.topic`);
}

function checkSuggestions(suggestions: unknown, selectionBehavior: unknown, card: string): void {
  if (suggestions === undefined) return;
  if (!SELECTION_BEHAVIORS.includes(selectionBehavior))
    throw broken('CARD-6: suggestions need selectionBehavior', `${card}.selectionBehavior`);
  checkItems(suggestions, 'CARD-6', `${card}.suggestions`, checkSuggestion);
  if (selectionBehavior === 'at-most-one' && recommendedOf(suggestions) > 1)
    throw broken('SUG-2: one recommended suggestion at most', `${card}.suggestions`);
}

function recommendedOf(suggestions: unknown): number {
  if (!Array.isArray(suggestions)) return 0;
  return suggestions.filter((item) => isObject(item) && item['isRecommended'] === true).length;
}

function checkSuggestion(suggestion: unknown, place: string): void {
  checkMembers(suggestion, ['label', 'uuid', 'isRecommended', 'actions'], 'SUG-1, SUG-4', place);
  checkExtension(suggestion['extension'], `${place}.extension`);
  checkString(suggestion['label'], 'SUG-1', `${place}.label`);
  checkOptionalString(suggestion['uuid'], 'SUG-1', `${place}.uuid`);
  const { isRecommended, actions } = suggestion;
  if (isRecommended !== undefined && typeof isRecommended !== 'boolean')
    throw broken('SUG-1: isRecommended is a boolean', `${place}.isRecommended`);
  if (actions !== undefined) checkActions(actions, `${place}.actions`);
}

function checkOverrideReason(reason: unknown, place: string): void {
  checkCoding(reason, place);
  checkString(reason['display'], 'CARD-7', `${place}.display`);
}

function checkLink(link: unknown, place: string): void {
  checkMembers(link, ['label', 'url', 'type', 'appContext'], 'LINK-1', place);
  checkExtension(link['extension'], `${place}.extension`);
  checkString(link['label'], 'LINK-1', `${place}.label`);
  checkUrl(link['url'], 'LINK-1', `${place}.url`);
  if (!LINK_TYPES.includes(link['type'])) throw broken('LINK-1: type', `${place}.type`);
  checkOptionalString(link['appContext'], 'LINK-2', `${place}.appContext`);
  if (link['type'] === 'smart') checkLaunchUrl(link['url'], `${place}.url`);
  else if (link['appContext'] !== undefined)
    throw broken('LINK-2: appContext only with smart', `${place}.appContext`);
}

// The client adds iss and launch itself.
function checkLaunchUrl(url: string, place: string): void {
  const { searchParams } = new URL(url);
  if (searchParams.has('iss') || searchParams.has('launch')) throw broken('LINK-3: no iss or launch', place);
}
