import { orderContext, orderSelect, serviceRequest } from './calls.js';
import { check, inContext, refusalOf } from './refusals.js';

const withOrders = (draftOrders: unknown) => inContext({ draftOrders });

describe('G-18, CTX-4, CTX-5: draftOrders', () => {
  const order = serviceRequest('a');

  test.each([
    ['without type', { resourceType: 'Bundle', entry: [{ resource: order }] }],
    ['of type searchset', { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: order }] }],
    ['of type batch', { resourceType: 'Bundle', type: 'batch', entry: [{ resource: order }] }],
  ])('a Bundle %s gives its order', (_name, bundle) => {
    expect(check(withOrders(bundle)).request.context.draftOrders).toEqual([{ resource: order }]);
  });

  test('a Bundle with an entry without resource gives its order, and where it stands', () => {
    const bundle = { resourceType: 'Bundle', entry: [{}, { resource: order }] };
    expect(check(withOrders(bundle)).request.context.draftOrders).toEqual([
      { resource: order, place: 'context.draftOrders.entry[1].resource' },
    ]);
  });

  test.each([
    ['no entry', {}],
    ['an empty entry', { entry: [] }],
    ['a null entry', { entry: null }],
  ])('a Bundle with %s has no orders', (_name, more) => {
    const { request, warnings } = check(withOrders({ resourceType: 'Bundle', ...more }));
    expect(request.context.draftOrders).toEqual([]);
    expect(warnings).toEqual([]);
  });

  test('fullUrl is kept where it is given, and the resource is the one that came', () => {
    const entries = [
      { fullUrl: 'urn:uuid:7', resource: order },
      { fullUrl: 7, resource: order },
    ];
    const { draftOrders } = check(withOrders({ resourceType: 'Bundle', entry: entries })).request.context;
    expect(draftOrders).toEqual([{ fullUrl: 'urn:uuid:7', resource: order }, { resource: order }]);
    expect(draftOrders[0]?.resource).toBe(order);
  });

  test.each([
    ['null', null],
    ['a string', 'x'],
    ['without resource', { fullUrl: 'urn:uuid:1' }],
    ['with a list as resource', { resource: [] }],
    ['with a resource of no type', { resource: { id: 'x' } }],
  ])('an entry that is %s is skipped with a warning', (_name, entry) => {
    const { request, warnings } = check(withOrders({ resourceType: 'Bundle', entry: [entry] }));
    expect(request.context.draftOrders).toEqual([]);
    expect(warnings).toEqual(['draft-order-unreadable']);
  });

  test('a resource of an unknown type is carried on', () => {
    const resource = { resourceType: 'NewKindOfRequest' };
    const bundle = { resourceType: 'Bundle', entry: [{ resource }] };
    expect(check(withOrders(bundle)).request.context.draftOrders).toEqual([{ resource }]);
  });

  test.each([
    ['a list', [], 'context.draftOrders'],
    ['another resource', { resourceType: 'List' }, 'context.draftOrders'],
    ['a Bundle whose entry is an object', { resourceType: 'Bundle', entry: {} }, 'context.draftOrders.entry'],
  ])('%s is refused', (_name, draftOrders, expression) => {
    expect(refusalOf(withOrders(draftOrders)).expression).toBe(expression);
  });

  test('G-20, CTX-6: an active order is carried on', () => {
    const active = { ...order, status: 'active' };
    const bundle = { resourceType: 'Bundle', entry: [{ resource: active }] };
    expect(check(withOrders(bundle)).request.context.draftOrders).toEqual([{ resource: active }]);
  });
});

describe('CTX-1: selections of order-select', () => {
  const select = (selections: unknown) => orderSelect({ context: orderContext({ selections }) });

  test.each([
    ['missing', undefined, 'context.selections'],
    ['a string', 'ServiceRequest/draft-1', 'context.selections'],
    ['with a number in it', ['ServiceRequest/a', 7], 'context.selections[1]'],
    ['with an empty string in it', [''], 'context.selections[0]'],
  ])('%s: refused', (_name, selections, expression) => {
    expect(refusalOf(select(selections)).expression).toBe(expression);
  });

  test('none selected is fine', () => {
    expect(check(select([])).request.context.selections).toEqual([]);
  });
});
