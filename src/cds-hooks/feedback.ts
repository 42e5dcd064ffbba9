import { CdsError } from '../errors.js';
import type { Coding } from './card.types.js';
import type { JsonObject } from './hook-request.types.js';
import { isJsonObject } from './json.js';
import { toInstant } from './timestamp.js';

/** What the clinician did with one card (FB-2). */
export type Feedback = AcceptedCard | OverriddenCard;

interface AboutCard {
  /** The uuid the card was sent with; it need not be one of this node's (FB-4). */
  readonly card: string;
  /** Instant in UTC, ISO 8601 with milliseconds. */
  readonly outcomeTimestamp: string;
}

export interface AcceptedCard extends AboutCard {
  readonly outcome: 'accepted';
  /** uuids of suggestions, one or more. */
  readonly acceptedSuggestions: readonly string[];
}

export interface OverriddenCard extends AboutCard {
  readonly outcome: 'overridden';
  readonly overrideReason?: OverrideFeedback;
}

export interface OverrideFeedback {
  readonly reason?: Coding;
  /** Free text that may name a patient: never logged (FB-8). */
  readonly userComment?: string;
}

/** Longest userComment, in UTF-16 units: a comment, not a document (G-72). */
const COMMENT_LENGTH = 10_000;

/**
 * Reads a feedback body (FB-2 to FB-8): several hook instances, and the same card again, are fine; unknown members
 * are ignored.
 *
 * @throws CdsError ERR_FEEDBACK_INVALID with the place; then nothing of the batch is taken
 */
export function toFeedback(body: unknown): readonly Feedback[] {
  if (!isJsonObject(body)) throw new CdsError('ERR_FEEDBACK_INVALID', 'the body is not a JSON object');
  return itemsOf(body['feedback'], 'feedback').map((item, index) => toItem(item, `feedback[${index}]`));
}

function invalid(expression: string, reason: string): CdsError {
  return new CdsError('ERR_FEEDBACK_INVALID', `${expression} ${reason}`, { expression });
}

function itemsOf(value: unknown, expression: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(expression, 'is not an array');
  if (value.length === 0) throw invalid(expression, 'is empty');
  return value;
}

function objectOf(value: unknown, expression: string): JsonObject {
  if (!isJsonObject(value)) throw invalid(expression, 'is not an object');
  return value;
}

function stringOf(value: unknown, expression: string): string {
  if (typeof value !== 'string' || value === '') throw invalid(expression, 'is not a non-empty string');
  return value;
}

function toItem(value: unknown, place: string): Feedback {
  const item = objectOf(value, place);
  const about = {
    card: stringOf(item['card'], `${place}.card`),
    outcomeTimestamp: toTimestamp(item['outcomeTimestamp'], `${place}.outcomeTimestamp`),
  };
  const { outcome } = item;
  if (outcome === 'accepted')
    return { ...about, outcome, acceptedSuggestions: toAccepted(item['acceptedSuggestions'], place) };
  if (outcome === 'overridden') return { ...about, outcome, ...toOverride(item, place) };
  throw invalid(`${place}.outcome`, 'is neither accepted nor overridden');
}

function toTimestamp(value: unknown, expression: string): string {
  const instant = toInstant(stringOf(value, expression));
  if (instant === undefined) throw invalid(expression, 'is not an RFC 3339 date-time');
  return instant;
}

function toAccepted(value: unknown, item: string): readonly string[] {
  const place = `${item}.acceptedSuggestions`;
  return itemsOf(value, place).map((suggestion, index) => {
    const { id } = objectOf(suggestion, `${place}[${index}]`);
    return stringOf(id, `${place}[${index}].id`);
  });
}

// The specification says overrideReason; Epic sends overrideReasons, as an object or as a list of one.
function toOverride(item: JsonObject, place: string): { overrideReason?: OverrideFeedback } {
  const name = item['overrideReason'] === undefined ? 'overrideReasons' : 'overrideReason';
  const sent = item[name] ?? undefined;
  if (sent === undefined) return {};
  const [first, where] = Array.isArray(sent)
    ? [itemsOf(sent, `${place}.${name}`)[0], `${name}[0]`]
    : [sent, name];
  return toOverrideFeedback(first, `${place}.${where}`);
}

function toOverrideFeedback(value: unknown, place: string): { overrideReason?: OverrideFeedback } {
  const { reason, userComment, extension } = objectOf(value, place);
  if (reason === undefined && userComment === undefined) {
    // Epic may say why in an extension of its own, which is not ours to read.
    if (isJsonObject(extension)) return {};
    throw invalid(place, 'has neither reason nor userComment');
  }
  return {
    overrideReason: {
      ...(reason !== undefined && { reason: toReason(reason, `${place}.reason`) }),
      ...(userComment !== undefined && { userComment: toComment(userComment, `${place}.userComment`) }),
    },
  };
}

function toReason(value: unknown, place: string): Coding {
  const { system, code, display } = objectOf(value, place);
  return {
    system: stringOf(system, `${place}.system`),
    code: stringOf(code, `${place}.code`),
    ...(display !== undefined && { display: stringOf(display, `${place}.display`) }),
  };
}

function toComment(value: unknown, expression: string): string {
  if (typeof value !== 'string') throw invalid(expression, 'is not a string');
  if (value.length > COMMENT_LENGTH) throw invalid(expression, `is longer than ${COMMENT_LENGTH} characters`);
  return value;
}
