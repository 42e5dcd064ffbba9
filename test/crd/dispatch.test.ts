/** order-dispatch in both its shapes (CTX-11): the orders are on file, not in the call. */
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import supertest from 'supertest';
import { bundle, draft, PATIENT, prefetched } from '../review/service.js';
import {
  coverage,
  coverageInformationOf,
  crdService,
  informationOn,
  rfa,
  valuesOf,
  VERSIONS,
  type CrdAnswer,
} from './service.js';
import { faultsOfCoverageInformation } from './structure.js';

const SHAPES = [
  ['1.1: dispatchedOrders', { dispatchedOrders: ['ServiceRequest/draft-rfa'] }],
  ['1.0: order', { order: 'ServiceRequest/draft-rfa' }],
] as const;

function dispatch(orders: object, prefetch: object = {}) {
  return {
    hook: 'order-dispatch',
    hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472',
    context: { patientId: PATIENT, performer: 'Organization/centre', ...orders },
    prefetch: prefetched({ coverage: bundle(coverage()), ...prefetch }),
  };
}

const active = rfa({ status: 'active' });

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);

  test('discovery has it, and only with CRD on', async () => {
    const hooksOf = async (app: Parameters<typeof supertest>[0]) => {
      const { body } = await supertest(app).get('/cds-services').expect(200);
      return (body as { services: { hook: string }[] }).services.map(({ hook }) => hook);
    };
    expect(await hooksOf(service.app)).toContain('order-dispatch');
    expect(await hooksOf(crdService('off').app)).not.toContain('order-dispatch');
  });

  test.each(SHAPES)('hook version %s, the order in prefetch', async (_name, orders) => {
    const [[information]] = await informationOn(service, dispatch(orders, { serviceRequest: active }));
    expect(valuesOf(information, 'covered')).toEqual(['covered']);
    expect(faultsOfCoverageInformation(information, version)).toEqual([]);
  });

  test('the payer’s cards alone: what the policy says was said at the signature', async () => {
    const order = draft({ status: 'active' });
    const request = dispatch({ order: 'ServiceRequest/draft-1' }, { orders: bundle(order) });
    const { body } = await service.post(request).expect(200);
    const { cards, systemActions = [], extension } = body as CrdAnswer;
    expect(systemActions.map(({ resource }) => resource['id'])).toEqual(['draft-1']);
    const actions = cards.flatMap(({ suggestions = [] }) => suggestions.flatMap((one) => one.actions));
    expect(actions.map(({ type, resource }) => [type, (resource as JsonObject)['resourceType']])).toEqual([
      ['create', 'Task'],
    ]);
    expect(cards.map(({ source }) => source.topic.code).sort()).toEqual(['claim', 'claim', 'guideline']);
    expect(extension).toBeUndefined();
  });

  test('hook-30: nothing is said of orders that are not dispatched', async () => {
    const both = { orders: bundle(active, draft({ status: 'active' })) };
    expect(await informationOn(service, dispatch(SHAPES[0][1], both))).toHaveLength(1);
  });

  test.each([
    ['without patient', { patientId: undefined }, 'context.patientId'],
    ['without performer', { performer: undefined }, 'context.performer'],
    ['without an order', { dispatchedOrders: undefined }, 'context.dispatchedOrders'],
    ['with no order in the list', { dispatchedOrders: [] }, 'context.dispatchedOrders'],
    [
      'with more orders than anybody dispatches',
      { dispatchedOrders: Array.from({ length: 101 }, (_none, index) => `ServiceRequest/o${index}`) },
      'context.dispatchedOrders',
    ],
    ['with an order that is no reference', { dispatchedOrders: ['x'] }, 'context.dispatchedOrders[0]'],
    ['with an order of 1.0 that is none', { dispatchedOrders: undefined, order: 7 }, 'context.order'],
  ])('CTX-1: %s it is refused with the place', async (_name, part, place) => {
    const { status, body } = await service.post(dispatch({ ...SHAPES[0][1], ...part }));
    expect(status).toBe(version === '2.2' ? 400 : 422);
    expect(body).toMatchObject({ issue: [{ expression: [place] }] });
  });

  test('an order that cannot be had is 412 with the place; one of a type without coverage is nothing', async () => {
    const { body } = await service.post(dispatch(SHAPES[0][1])).expect(412);
    expect(body).toMatchObject({ issue: [{ expression: ['context.dispatchedOrders[0]'] }] });
    const { body: nothing } = await service.post(dispatch({ order: 'Task/t1' })).expect(200);
    expect(nothing).toEqual({ cards: [] });
  });

  test.each([
    ['context.order', SHAPES[1][1]],
    ['context.dispatchedOrders[0]', SHAPES[0][1]],
  ])(
    'an order that cannot be had, or not be updated, is refused by its place in the call: %s',
    async (place, orders) => {
      const { body: absent } = await service.post(dispatch(orders)).expect(412);
      expect(absent).toMatchObject({ issue: [{ expression: [place] }] });
      const serviceRequest = rfa({ status: 'active', implicitRules: 'http://x.example/rules' });
      const { body } = await service.post(dispatch(orders, { serviceRequest })).expect(422);
      expect(body).toMatchObject({ issue: [{ expression: [place] }] });
    },
  );

  test.each(['ServiceRequest/..%2fx', 'ServiceRequest/a_b'])(
    'an order that nobody could read by its name, %s, is 412 with the place',
    async (nameless) => {
      const dispatchedOrders = ['ServiceRequest/draft-rfa', nameless];
      const { body } = await service
        .post(dispatch({ dispatchedOrders }, { serviceRequest: active }))
        .expect(412);
      expect(body).toMatchObject({ issue: [{ expression: ['context.dispatchedOrders[1]'] }] });
      expect(JSON.stringify(body)).not.toContain('..%2fx');
    },
  );

  test('a hundred orders on the FHIR server are read a few at a time, each once', async () => {
    const asked: string[] = [];
    let [open, overlap] = [0, 0];
    const server = createServer((request, response) => {
      const [, id = ''] = /ServiceRequest\/(.+)$/.exec(request.url ?? '') ?? [];
      if (id !== '') asked.push(id);
      open += 1;
      overlap = Math.max(overlap, open);
      response.on('close', () => (open -= 1));
      response.writeHead(200, { 'content-type': 'application/fhir+json' });
      setImmediate(() => response.end(JSON.stringify({ ...active, id })));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
    const names = Array.from({ length: 50 }, (_none, index) => `ServiceRequest/o${index}`);
    const request = { ...dispatch({ dispatchedOrders: [...names, ...names] }), fhirServer };
    const { body } = await service.post(request).expect(200);
    await new Promise((resolve) => server.close(resolve));
    expect((body as CrdAnswer).systemActions).toHaveLength(50);
    expect(asked.sort()).toEqual(names.map((name) => name.replace('ServiceRequest/', '')).sort());
    expect(overlap).toBeLessThanOrEqual(8);
  });

  describe('the order on the FHIR server', () => {
    let server: Server;
    let fhirServer: string;
    let contentType: string;
    const text = JSON.stringify(active).replace('"status"', '"quantityQuantity":{"value":1.10},  "status"');
    beforeAll(async () => {
      server = createServer((request, response) => {
        const found = request.url === '/fhir/ServiceRequest/draft-rfa';
        response.writeHead(found ? 200 : 404, { 'content-type': contentType });
        response.end(found ? text : '{"resourceType":"OperationOutcome"}');
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      fhirServer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    test.each(['application/fhir+json; charset=utf-8', 'application/json'])(
      'is read as %s, and goes back as it is written there',
      async (type) => {
        contentType = type;
        const response = await service.post({ ...dispatch(SHAPES[0][1]), fhirServer }).expect(200);
        expect(response.text).toContain(text.slice(0, -1));
        const [action] = (response.body as CrdAnswer).systemActions ?? [];
        expect(coverageInformationOf(action?.resource)).toHaveLength(1);
      },
    );
  });
});
