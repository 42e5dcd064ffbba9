import { EPIC_CARDS, inDialect, STANDARD_CARDS } from '../../src/cards/dialect.js';
import type { Action, Card, Suggestion } from '../../src/cds-hooks/card.types.js';
import { finishResponse } from '../../src/cds-hooks/response.js';

const PREFERENCE = 'urn:com.epic.cdshooks.action.code.system.preference-list-item';
const remove = (id: string): Action => ({
  type: 'delete',
  description: 'Remove it',
  resourceId: `ServiceRequest/${id}`,
});
const order = (description: string, system = PREFERENCE): Action => ({
  type: 'create',
  description,
  resource: { resourceType: 'ServiceRequest', code: { coding: [{ system, code: 'X' }] } },
});
const card = (suggestions: readonly Suggestion[] = [], topic = 'sij-review.some-step'): Card => ({
  summary: 'A step is missing',
  indicator: 'warning',
  source: { label: 'Stepwise', topic: { system: 'https://x.example', code: topic } },
  ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'at-most-one' as const }),
});
const choicesOf = (suggestions: readonly Suggestion[]) =>
  inDialect([card(suggestions)], EPIC_CARDS)[0]?.suggestions?.map(({ isRecommended, actions = [] }) => [
    actions.map(({ description }) => description).join(),
    isRecommended,
  ]);

test('the standard dialect changes nothing', () => {
  const cards = [card([{ label: 'a', isRecommended: true, actions: [remove('1'), order('b')] }]), card()];
  expect(inDialect(cards, STANDARD_CARDS)).toEqual(cards);
});

describe('one action per suggestion', () => {
  test('a removal that two alternatives share is offered once, pre-selected where one of them was', () => {
    const first = { label: 'a', actions: [remove('1'), order('Order a')] };
    const second = { label: 'b', isRecommended: true, actions: [remove('1'), order('Order b')] };
    expect(choicesOf([first, second])).toEqual([
      ['Remove it', true],
      ['Order a', undefined],
      ['Order b', true],
    ]);
  });

  test('two removals of the same words are numbered', () => {
    expect(choicesOf([{ label: 'a', actions: [remove('1'), remove('2')] }])).toEqual([
      ['Remove it (1 of 2)', undefined],
      ['Remove it (2 of 2)', undefined],
    ]);
  });

  test('two orders that are alike stay two', () => {
    const twice = { label: 'a', actions: [order('Order a')] };
    expect(choicesOf([twice, twice])).toHaveLength(2);
  });

  test('nothing is pre-selected of a replacement whose order the EHR does not find', () => {
    const blind = {
      label: 'a',
      isRecommended: true,
      actions: [remove('1'), order('Order a', 'http://x.example')],
    };
    expect(choicesOf([blind])).toEqual([
      ['Remove it', undefined],
      ['Order a', undefined],
    ]);
  });

  test('a removal alone that was recommended stays so', () => {
    expect(choicesOf([{ label: 'a', isRecommended: true, actions: [remove('1')] }])).toEqual([
      ['Remove it', true],
    ]);
  });
});

test('a card without suggestions gets no selectionBehavior', () => {
  expect(inDialect([card()], EPIC_CARDS)[0]).not.toHaveProperty('selectionBehavior');
});

test.each([
  ['sij-review.some-step', 'sijreviewsomestep'],
  ['a'.repeat(101), 'a'.repeat(100)],
])('topic code %s', (code, expected) => {
  expect(inDialect([card([], code)], EPIC_CARDS)[0]?.source.topic?.code).toBe(expected);
});

test('SUG-2, CARD-6: several pre-selected with selectionBehavior any pass the rules of the response', () => {
  const cards = inDialect(
    [card([{ label: 'a', isRecommended: true, actions: [remove('1'), order('b')] }])],
    EPIC_CARDS,
  );
  let count = 0;
  expect(() => finishResponse({ cards }, () => `uuid-${++count}`)).not.toThrow();
});
