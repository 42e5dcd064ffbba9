import request from 'supertest';
import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import { CdsError } from '../../src/errors.js';
import {
  authorization,
  orderContext,
  orderSelect,
  orderSign,
  serviceRequest,
  without,
} from '../cds-hooks/calls.js';
import { emptiesIn, faultsOf } from '../cds-hooks/schemas.js';
import { ADVICE, advising, CALL, outcome, serve, serviceThat, silent } from './served.js';

const loose = (value: unknown): CdsResponse => value as CdsResponse;

describe('POST /cds-services/{id}', () => {
  test('TR-1, TR-3, TR-5, CARD-1: advice is sent whole, with uuids, without white space, never cached', async () => {
    const answer = await request(serve().app).post(CALL).send(orderSign()).expect(200);
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.headers).not.toHaveProperty('etag');
    expect(answer.headers).not.toHaveProperty('x-powered-by');
    expect(faultsOf('response', answer.body)).toEqual([]);
    expect(emptiesIn(answer.body)).toEqual([]);
    expect(answer.body.cards[0]).toMatchObject({ ...ADVICE.cards[0]! });
    expect(answer.text).toBe(JSON.stringify(answer.body));
  });

  test('G-58, RS-1, RS-4: nothing to say is 200 with {"cards":[]} and nothing else', async () => {
    const answer = await request(serve({ services: [silent()] }).app)
      .post(CALL)
      .send(orderSign())
      .expect(200);
    expect(answer.text).toBe('{"cards":[]}');
  });

  test('G-57: of a response without advice the empty members are left out', async () => {
    const services = [
      serviceThat(() => Promise.resolve(loose({ cards: [], systemActions: [], extension: {} }))),
    ];
    const answer = await request(serve({ services }).app).post(CALL).send(orderSign()).expect(200);
    expect(answer.text).toBe('{"cards":[]}');
  });

  test('an evaluation without cards is sent', async () => {
    const response = { cards: [], extension: { 'stepwise-cds.evaluation': { schemaVersion: '1' } } };
    const services = [serviceThat(() => Promise.resolve(response))];
    const { body } = await request(serve({ services }).app).post(CALL).send(orderSign()).expect(200);
    expect(body).toEqual(response);
  });

  test('G-12, REQ-4, REQ-10: the same hookInstance twice gives the same advice with other uuids', async () => {
    const { app } = serve();
    const answers = [
      await request(app).post(CALL).send(orderSign()).expect(200),
      await request(app).post(CALL).send(orderSign()).expect(200),
    ];
    const [first, second] = [answers[0]?.body.cards[0], answers[1]?.body.cards[0]];
    expect(without(first, 'uuid')).toEqual(without(second, 'uuid'));
    expect(first.uuid).not.toBe(second.uuid);
  });

  test('REQ-9, G-17: unknown members and extensions are passed over', async () => {
    const service = advising();
    const body = orderSign({ extension: { 'com.example': [1] }, foo: 1 });
    await request(serve({ services: [service] }).app)
      .post(CALL)
      .send(body)
      .expect(200);
    expect(service.calls[0]?.request).not.toHaveProperty('foo');
  });

  test('G-18: an empty Bundle of orders reaches the service as none', async () => {
    const service = silent();
    const body = orderSign({ context: orderContext({ draftOrders: { resourceType: 'Bundle', entry: [] } }) });
    await request(serve({ services: [service] }).app)
      .post(CALL)
      .send(body)
      .expect(200);
    expect(service.calls[0]?.request.context.draftOrders).toEqual([]);
  });

  test('G-18, CTX-9: fullUrl, urn:uuid references and contained resources reach the service as they came', async () => {
    const service = silent();
    const order = {
      ...serviceRequest('a'),
      contained: [{ resourceType: 'Basic' }],
      requester: { reference: '#x' },
    };
    const entry = [{ fullUrl: 'urn:uuid:a', resource: order }, { resource: { resourceType: 'NewKind' } }];
    const body = orderSign({ context: orderContext({ draftOrders: { resourceType: 'Bundle', entry } }) });
    await request(serve({ services: [service] }).app)
      .post(CALL)
      .send(body)
      .expect(200);
    expect(service.calls[0]?.request.context.draftOrders).toEqual(entry);
  });

  test('G-19: selections reach the service', async () => {
    const service = silent();
    await request(serve({ services: [service] }).app)
      .post(CALL)
      .send(orderSelect())
      .expect(200);
    expect(service.calls[0]?.request.context.selections).toEqual(['ServiceRequest/draft-1']);
  });

  test('G-14: a token that cannot be used does not reach the service', async () => {
    const service = silent();
    const body = orderSign({ fhirAuthorization: authorization({ token_type: 'mac' }) });
    const { app, lines } = serve({ services: [service] });
    await request(app).post(CALL).send(body).expect(200);
    expect(service.calls[0]?.request).not.toHaveProperty('fhirAuthorization');
    expect(lines[0]).toMatchObject({
      level: 'warn',
      event: 'call.odd',
      warning: 'fhir-authorization-unusable',
    });
  });
});

describe('G-04, G-10, G-13: refusals', () => {
  test.each([
    ['a hook that the id does not serve', orderSign({ hook: 'patient-view' }), 'hook'],
    ['no context', without(orderSign(), 'context'), 'context'],
    ['no patient', orderSign({ context: without(orderContext(), 'patientId') }), 'context.patientId'],
    ['a token without its server', without(orderSign(), 'fhirServer'), 'fhirServer'],
  ])('%s: 400 with an OperationOutcome that names it', async (_name, body, place) => {
    const service = advising();
    const answer = await request(serve({ services: [service] }).app)
      .post(CALL)
      .send(body)
      .expect(400);
    expect(answer.body).toEqual(outcome(place));
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(service.calls).toEqual([]);
  });

  test('PF-1: what a service could not do without is 412', async () => {
    const services = [
      serviceThat(() =>
        Promise.reject(new CdsError('ERR_FHIR_DATA_UNAVAILABLE', 'conditions were not readable')),
      ),
    ];
    const { body } = await request(serve({ services }).app).post(CALL).send(orderSign()).expect(412);
    expect(body.issue[0]).toMatchObject({
      code: 'incomplete',
      details: { text: 'conditions were not readable' },
    });
  });
});
