import type { Card, CdsResponse } from '../cds-hooks/card.types.js';
import { fill } from '../evaluation/sentences.js';
import { escapeMarkdown, fitSummary } from './markdown.js';
import type { Words } from './words.js';
import { allOf } from '../lists.js';

/** Cards of a response that were overridden a while ago, by their uuid, and what the site wants of them. */
export interface Muted {
  readonly answer: 'remind' | 'quiet';
  readonly cards: ReadonlyMap<
    string,
    { readonly at: string; readonly until: string; readonly reason: string }
  >;
}

/** The response with those cards as reminders, or without them; the evaluation stays whole. */
export function muteCards(response: CdsResponse, { answer, cards }: Muted, words: Words): CdsResponse {
  return {
    ...response,
    cards: allOf(response.cards, (card) => {
      const overridden = cards.get(card.uuid ?? '');
      if (!overridden) return [card];
      return answer === 'quiet' ? [] : [reminderOf(card, overridden, words)];
    }),
  };
}

/** Says what was overridden, when and why, and until when; the links stay, so that the evidence is a click away, and
 * the extension, which says what order it is about. */
function reminderOf(
  { uuid, summary, source, links, extension }: Card,
  { at, until, reason }: { readonly at: string; readonly until: string; readonly reason: string },
  { overriddenBefore, overrideReasons }: Words,
): Card {
  const values = {
    summary,
    date: dayOf(at),
    until: dayOf(until),
    reason: overrideReasons.displays[reason] ?? reason,
  };
  return {
    ...(uuid !== undefined && { uuid }),
    summary: fitSummary(fill(overriddenBefore.summary, values)),
    indicator: 'info',
    detail: fill(overriddenBefore.detail, {
      ...values,
      summary: escapeMarkdown(summary),
      reason: escapeMarkdown(values.reason),
    }),
    source,
    ...(links && { links }),
    ...(extension && { extension }),
  };
}

function dayOf(instant: string): string {
  return instant.slice(0, 10);
}
