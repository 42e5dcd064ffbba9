import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import { finishResponse } from '../../src/cds-hooks/response.js';
import { serviceRequest } from './calls.js';
import { CARD, finish, loose, refusalOf, withAction, withCard, withSuggestion } from './responses.js';
import { emptiesIn, faultsOf } from './schemas.js';

const WHOLE: CdsResponse = {
  cards: [
    {
      ...CARD,
      detail: '**Advice**',
      source: {
        label: 'Stepwise',
        url: 'https://stepwise.example/a',
        icon: 'https://stepwise.example/i.png',
        topic: { system: 'urn:topics', code: 'step' },
      },
      selectionBehavior: 'at-most-one',
      suggestions: [
        {
          label: 'Replace the order',
          isRecommended: true,
          actions: [
            { type: 'delete', description: 'Remove', resourceId: 'ServiceRequest/draft-1' },
            { type: 'create', description: 'Order', resource: serviceRequest('new') },
            { type: 'update', description: 'Amend', resource: serviceRequest('draft-2') },
          ],
        },
        { label: 'Second block' },
      ],
      overrideReasons: [{ system: 'urn:reasons', code: 'done', display: 'Done elsewhere' }],
      links: [
        { label: 'Source', url: 'https://stepwise.example/source', type: 'absolute' },
        { label: 'App', url: 'https://stepwise.example/launch', type: 'smart', appContext: '{"a":1}' },
      ],
    },
  ],
  extension: { 'stepwise-cds.evaluation': { schemaVersion: '1' } },
};

describe('a response that keeps the rules', () => {
  test('is sent with uuids and is otherwise as it was built', () => {
    const finished = finish(WHOLE);
    expect(faultsOf('response', finished)).toEqual([]);
    expect(finished.cards[0]).toMatchObject({ ...WHOLE.cards[0], suggestions: WHOLE.cards[0]!.suggestions! });
    expect(finished.extension).toEqual(WHOLE.extension);
  });

  test('finishing twice changes nothing', () => {
    const once = finish(WHOLE);
    expect(finishResponse(once, () => 'another')).toEqual(once);
  });

  test('RS-1, RS-4: nothing to say is {"cards":[]}', () => {
    expect(JSON.stringify(finish({ cards: [] }))).toBe('{"cards":[]}');
  });

  test.each([undefined, null, {}, 'x'])('RS-1: cards that are %j are refused', (cards) => {
    expect(refusalOf(loose({ cards })).rule).toContain('RS-1');
  });

  test('RS-3: another member is refused', () => {
    expect(refusalOf(loose({ cards: [], advice: 'x' })).rule).toContain('RS-3');
    expect(refusalOf(withCard({ priority: 1 }))).toEqual(expect.objectContaining({ place: 'cards[0]' }));
  });
});

describe('G-59, CARD-1, SUG-1: uuids', () => {
  test('100 cards with two suggestions each have 300 of them', () => {
    const card = {
      ...CARD,
      selectionBehavior: 'any',
      suggestions: [{ label: 'a' }, { label: 'b' }],
    } as const;
    const { cards } = finish({ cards: Array.from({ length: 100 }, () => card) });
    const uuids = cards.flatMap((sent) => [sent.uuid, ...sent.suggestions!.map(({ uuid }) => uuid)]);
    expect(new Set(uuids).size).toBe(300);
    expect(uuids).not.toContain(undefined);
  });

  test('those a builder gave are kept', () => {
    expect(finish(withCard({ uuid: 'mine' })).cards[0]?.uuid).toBe('mine');
  });

  test('the same one twice is refused', () => {
    expect(
      refusalOf({
        cards: [
          { ...CARD, uuid: 'a' },
          { ...CARD, uuid: 'a' },
        ],
      }).rule,
    ).toContain('CARD-1');
  });

  test('one that is no string is refused', () => {
    expect(refusalOf(withCard({ uuid: 7 })).place).toBe('cards[0].uuid');
  });
});

describe('G-50, CARD-2: summary of fewer than 140 characters', () => {
  test('139 are sent', () => {
    expect(finish(withCard({ summary: 'x'.repeat(139) })).cards[0]?.summary).toHaveLength(139);
  });

  test.each([
    ['140', 'x'.repeat(140)],
    ['139 code points of which one is an emoji', `${'x'.repeat(138)}😀`],
    ['none', ''],
    ['a number', 7],
  ])('%s is refused', (_name, summary) => {
    expect(refusalOf(withCard({ summary }))).toEqual(
      expect.objectContaining({ place: 'cards[0].summary', rule: expect.stringContaining('CARD-2') }),
    );
  });
});

describe('G-57, TR-3: nothing is sent without a value', () => {
  const nothing = [undefined, null, '', [], {}];

  test.each(nothing.map((value) => [JSON.stringify(value), value]))('%s is left out', (_name, value) => {
    const sent = finish(
      loose({
        cards: [
          {
            ...CARD,
            detail: value,
            suggestions: value,
            overrideReasons: value,
            links: value,
            extension: value,
          },
        ],
        systemActions: value,
        extension: { 'stepwise-cds.evaluation': { schemaVersion: '1', notes: value, deep: [{ a: value }] } },
      }),
    );
    expect(JSON.parse(JSON.stringify(sent))).toEqual({
      cards: [{ ...CARD, uuid: 'uuid-1' }],
      extension: { 'stepwise-cds.evaluation': { schemaVersion: '1' } },
    });
  });

  test('false and 0 are values', () => {
    const extension = { a: { no: false, zero: 0 } };
    expect(finish({ cards: [], extension }).extension).toEqual(extension);
  });

  test.each([
    ['card', loose({ cards: [{}] }), 'cards[0].summary'],
    ['card that is null', loose({ cards: [null] }), 'cards[0].summary'],
    ['link', withCard({ links: [{ label: '' }] }), 'cards[0].links[0].label'],
    ['override reason', withCard({ overrideReasons: [{}] }), 'cards[0].overrideReasons[0].system'],
    ['action', withAction({}), 'cards[0].suggestions[0].actions[0].description'],
  ])('an empty %s is a defect, not an absent one', (_name, response, place) => {
    expect(refusalOf(response).place).toBe(place);
  });

  test('G-60, ACT-3: a FHIR resource is sent as it was built, with all that it holds', () => {
    const resource = {
      ...serviceRequest('a'),
      _status: { extension: [{ url: 'urn:x', valueString: '' }] },
      contained: [{ resourceType: 'Basic', note: [] }],
      quantityQuantity: { value: 1.1, unit: null },
      extension: [{ url: 'urn:unknown', valueDecimal: 1e2 }],
      supportingInfo: [],
    };
    const sent = finish(withAction({ type: 'update', description: 'x', resource }));
    const [action] = sent.cards[0]!.suggestions![0]!.actions!;
    expect(action).toEqual({ type: 'update', description: 'x', resource });
    expect(emptiesIn(sent)).toEqual([]);
  });
});

describe('EXT-1: extension is an object', () => {
  test.each([
    ['the response', loose({ cards: [], extension: [{ url: 'x' }] })],
    ['a card', withCard({ extension: [{ url: 'x' }] })],
    ['a suggestion', withSuggestion({ extension: 'x' })],
    ['an action', withAction({ type: 'delete', description: 'x', resourceId: 'A/1', extension: [1] })],
  ])('a list or a string is refused in %s', (_name, response) => {
    expect(refusalOf(response).rule).toContain('EXT-1');
  });

  test('an object is sent, at every level', () => {
    const extension = { 'example.org': { a: 1 } };
    const action = { type: 'delete', description: 'x', resourceId: 'A/1', extension };
    const response = withCard({
      extension,
      selectionBehavior: 'any',
      suggestions: [{ label: 'a', extension, actions: [action] }],
    });
    expect(faultsOf('response', finish(response))).toEqual([]);
    expect(finish(response).cards[0]).toMatchObject({
      extension,
      suggestions: [{ extension, actions: [action] }],
    });
  });
});

test('emptiesIn, the check itself, finds what TR-3 forbids and passes what it allows', () => {
  expect(emptiesIn({ cards: [], a: { b: null }, c: [''], d: {} })).toEqual(['.a.b', '.c.0', '.d']);
  expect(emptiesIn({ cards: [], r: { resourceType: 'X', a: [] } })).toEqual([]);
});
