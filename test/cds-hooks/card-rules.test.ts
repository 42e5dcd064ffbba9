import { serviceRequest, without } from './calls.js';
import { finish, loose, refusalOf, withAction, withCard, withSuggestion } from './responses.js';

describe('CARD-3 to CARD-5, SRC-1', () => {
  test('CARD-3: raw HTML in detail becomes text', () => {
    const { cards } = finish(withCard({ detail: 'a < b <script>x</script>' }));
    expect(cards[0]?.detail).toBe('a < b \\<script>x\\</script>');
  });

  test.each(['hard-stop', 'success', 'INFO', undefined])(
    'G-51, CARD-4: indicator %s is refused',
    (indicator) => {
      expect(refusalOf(withCard({ indicator })).rule).toContain('CARD-4');
    },
  );

  test.each([
    ['no source', undefined, 'CARD-5'],
    ['a source without label', { url: 'https://a.example' }, 'SRC-1'],
    ['a relative url', { label: 'a', url: '/a' }, 'SRC-1'],
    ['an icon that is data', { label: 'a', icon: 'data:image/png;base64,AA' }, 'SRC-1'],
    ['G-56: a topic without system', { label: 'a', topic: { code: 'a' } }, 'COD-1'],
    ['another member', { label: 'a', name: 'b' }, 'CARD-5'],
  ])('%s is refused', (_name, source, rule) => {
    expect(refusalOf(withCard({ source })).rule).toContain(rule);
  });

  test('a topic needs no display', () => {
    const source = { label: 'a', topic: { system: 's', code: 'c' } };
    expect(finish(withCard({ source })).cards[0]?.source).toEqual(source);
  });
});

describe('G-52, CARD-6, SUG-1, SUG-2, SUG-4: suggestions', () => {
  const two = (isRecommended: readonly boolean[]) =>
    isRecommended.map((recommended, index) => ({ label: `s${index}`, isRecommended: recommended }));

  test.each([undefined, 'all', 'at-most-two'])('selectionBehavior %s is refused', (selectionBehavior) => {
    expect(refusalOf(withCard({ suggestions: two([true]), selectionBehavior })).rule).toContain('CARD-6');
  });

  test('[] is left out, with its selectionBehavior', () => {
    const [card] = finish(withCard({ suggestions: [], selectionBehavior: 'any' })).cards;
    expect(card).not.toHaveProperty('suggestions');
    expect(card).not.toHaveProperty('selectionBehavior');
  });

  test('two recommended: refused with at-most-one, sent with any', () => {
    const suggestions = two([true, true]);
    expect(refusalOf(withCard({ suggestions, selectionBehavior: 'at-most-one' })).rule).toContain('SUG-2');
    expect(finish(withCard({ suggestions, selectionBehavior: 'any' })).cards).toHaveLength(1);
  });

  test('one recommended of two is sent with at-most-one', () => {
    const response = withCard({ suggestions: two([true, false]), selectionBehavior: 'at-most-one' });
    expect(finish(response).cards[0]?.suggestions?.map((sent) => sent.isRecommended)).toEqual([true, false]);
  });

  test.each([
    ['without label', { label: undefined }, 'SUG-1'],
    ['with isRecommended "true"', { isRecommended: 'true' }, 'SUG-1'],
    ['G-62: with actionSelectionBehavior', { actionSelectionBehavior: 'all' }, 'SUG-4'],
  ])('%s is refused', (_name, changes, rule) => {
    expect(refusalOf(withSuggestion(changes)).rule).toContain(rule);
  });

  test('actions [] are left out', () => {
    expect(finish(withSuggestion({ actions: [] })).cards[0]?.suggestions?.[0]).not.toHaveProperty('actions');
  });
});

describe('G-53, G-54, ACT-1 to ACT-5: actions', () => {
  const resource = serviceRequest('a');
  const description = 'x';

  test.each([
    ['type CREATE', { type: 'CREATE', description, resource }, 'ACT-1'],
    ['a resource as a string', { type: 'create', description, resource: '{"resourceType":"X"}' }, 'ACT-2'],
    ['a resource without type', { type: 'create', description, resource: { id: 'a' } }, 'ACT-2'],
    ['create without resource', { type: 'create', description }, 'ACT-2'],
    ['create with resourceId', { type: 'create', description, resource, resourceId: 'A/1' }, 'ACT-2'],
    ['update without id', { type: 'update', description, resource: without(resource, 'id') }, 'ACT-3'],
    ['update with resourceId', { type: 'update', description, resource, resourceId: 'A/1' }, 'ACT-3'],
    ['delete with resource', { type: 'delete', description, resource, resourceId: 'A/1' }, 'ACT-4'],
    ['delete without resourceId', { type: 'delete', description }, 'ACT-4'],
    ['delete of a bare id', { type: 'delete', description, resourceId: 'draft-1' }, 'ACT-4'],
    ['delete of an absolute URL', { type: 'delete', description, resourceId: 'https://a/B/1' }, 'ACT-4'],
    ['no description', { type: 'create', resource }, 'ACT-1'],
    ['another member', { type: 'create', description, resource, label: 'x' }, 'ACT-1'],
    ['an action that is a string', 'create', 'ACT-1'],
  ])('%s is refused, in a suggestion and as a system action', (_name, action, rule) => {
    expect(refusalOf(withAction(action)).rule).toContain(rule);
    expect(refusalOf(loose({ cards: [], systemActions: [action] })).rule).toContain(rule);
  });

  test('G-54, ACT-5: a system action without description is refused', () => {
    const systemActions = [{ type: 'update', resource }];
    expect(refusalOf(loose({ cards: [], systemActions }))).toEqual({
      rule: expect.stringContaining('ACT-5'),
      place: 'systemActions[0].description',
    });
  });

  test('RS-2: a system action is sent beside no cards', () => {
    const systemActions = [{ type: 'update', description, resource }] as const;
    expect(finish({ cards: [], systemActions })).toEqual({ cards: [], systemActions });
  });
});

describe('G-55, LINK-1 to LINK-3', () => {
  const absolute = { label: 'a', url: 'https://a.example/x', type: 'absolute' };
  const smart = { ...absolute, type: 'smart' };

  test.each([
    ['absolute with appContext', { ...absolute, appContext: 'x' }, 'LINK-2'],
    ['appContext that is an object', { ...smart, appContext: { a: 1 } }, 'LINK-2'],
    ['a relative url', { ...absolute, url: '/x' }, 'LINK-1'],
    ['a javascript: url', { ...absolute, url: 'javascript:alert(1)' }, 'LINK-1'],
    ['a url without host', { ...absolute, url: 'https:///x' }, 'LINK-1'],
    ['type SMART', { ...absolute, type: 'SMART' }, 'LINK-1'],
    ['no label', { ...absolute, label: undefined }, 'LINK-1'],
    ['a launch url with iss', { ...smart, url: 'https://a.example/x?iss=y' }, 'LINK-3'],
    ['a launch url with launch', { ...smart, url: 'https://a.example/x?launch=y' }, 'LINK-3'],
  ])('%s is refused', (_name, link, rule) => {
    expect(refusalOf(withCard({ links: [link] })).rule).toContain(rule);
  });

  test('smart with and without appContext are sent', () => {
    const links = [smart, { ...smart, appContext: 'x' }];
    expect(finish(withCard({ links })).cards[0]?.links).toEqual(links);
  });
});

describe('G-56, COD-1, CARD-7: override reasons', () => {
  test.each([
    ['without display', { system: 's', code: 'c' }, 'CARD-7'],
    ['without system', { code: 'c', display: 'd' }, 'COD-1'],
    ['without code', { system: 's', display: 'd' }, 'COD-1'],
    ['as a string', 'c', 'COD-1'],
  ])('%s is refused', (_name, reason, rule) => {
    expect(refusalOf(withCard({ overrideReasons: [reason] })).rule).toContain(rule);
  });
});
