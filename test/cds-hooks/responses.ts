import type { Card, CdsResponse } from '../../src/cds-hooks/card.types.js';
import { finishResponse } from '../../src/cds-hooks/response.js';
import { CdsError } from '../../src/errors.js';

const counter = () => {
  let last = 0;
  return () => `uuid-${++last}`;
};

// Builders are typed; what they must not do is written here as data that only looks typed.
export const loose = (value: unknown): CdsResponse => value as CdsResponse;

export const CARD: Card = { summary: 'One sentence', indicator: 'info', source: { label: 'Stepwise' } };
export const withCard = (changes: object) => loose({ cards: [{ ...CARD, ...changes }] });
export const withSuggestion = (changes: object) =>
  withCard({ selectionBehavior: 'any', suggestions: [{ label: 'Do it', ...changes }] });
export const withAction = (action: unknown) => withSuggestion({ actions: [action] });

export const finish = (response: CdsResponse) => finishResponse(response, counter());

/** The rule and the place that a response was refused for. */
export function refusalOf(response: CdsResponse): { rule: string; place: string | undefined } {
  try {
    finish(response);
  } catch (error) {
    if (error instanceof CdsError && error.code === 'ERR_INTERNAL')
      return { rule: error.message, place: error.expression };
  }
  throw new Error('it was not refused');
}
