import { authorization, orderContext, orderSelect, orderSign, serviceRequest, without } from './calls.js';
import { check, inContext, refusalOf } from './refusals.js';

describe('a well-formed call', () => {
  test('is read whole', () => {
    const { request, warnings } = check(orderSign());
    expect(warnings).toEqual([]);
    expect(request).toEqual({
      hook: 'order-sign',
      hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
      fhirServer: 'https://ehr.example/fhir/r4',
      fhirAuthorization: {
        accessToken: 'SECRET-T',
        expiresIn: 300,
        scope: 'user/Condition.read',
        subject: 'stepwise-cds',
      },
      context: {
        userId: 'Practitioner/example',
        patientId: 'example',
        encounterId: 'enc-1',
        draftOrders: [{ resource: serviceRequest('draft-1') }, { resource: serviceRequest('draft-2') }],
      },
      prefetch: { conditions: { resourceType: 'Bundle', type: 'searchset', total: 0 } },
    });
  });

  test.each(['fhirServer', 'prefetch', 'fhirAuthorization', 'extension'])(
    'REQ-7: %s may be absent',
    (name) => {
      expect(check(without(without(orderSign(), 'fhirAuthorization'), name)).request.hook).toBe('order-sign');
    },
  );

  test('G-17, TR-7, EXT-2: unknown members and extensions at every level change nothing', () => {
    const odd = { foo: 1, extension: { 'com.example': { x: [] } } };
    const body = orderSign({
      ...odd,
      fhirAuthorization: authorization(odd),
      context: orderContext(odd),
    });
    expect(check(body)).toEqual(check(orderSign()));
  });

  test('G-19: order-select carries its selections on', () => {
    expect(check(orderSelect()).request.context.selections).toEqual(['ServiceRequest/draft-1']);
  });

  test('CTX-8: selections of an order-sign are not asked for and not read', () => {
    expect(check(inContext({ selections: 7 })).request.context).not.toHaveProperty('selections');
  });
});

describe('G-10, REQ-2 to REQ-6, CTX-1: each required member', () => {
  const REQUIRED: readonly [string, unknown][] = [
    ['hook', 7],
    ['hookInstance', 7],
    ['context', 'text'],
    ['context.userId', {}],
    ['context.patientId', 7],
    ['context.draftOrders', 'text'],
  ];
  const replaced = (place: string, value: unknown) =>
    place.startsWith('context.') ? inContext({ [place.slice(8)]: value }) : orderSign({ [place]: value });

  test.each(REQUIRED)('%s: missing', (place) => {
    const name = place.replace('context.', '');
    const body = place.startsWith('context.')
      ? orderSign({ context: without(orderContext(), name) })
      : without(orderSign(), name);
    expect(refusalOf(body)).toMatchObject({ status: 400, expression: place });
  });

  test.each(REQUIRED)('%s: of the wrong type', (place, wrong) => {
    expect(refusalOf(replaced(place, wrong))).toMatchObject({ status: 400, expression: place });
  });

  test.each(REQUIRED)('%s: null', (place) => {
    expect(refusalOf(replaced(place, null))).toMatchObject({ status: 400, expression: place });
  });

  test.each(['hook', 'hookInstance', 'context.userId', 'context.patientId'])('%s: empty', (place) => {
    expect(refusalOf(replaced(place, ''))).toMatchObject({ status: 400, expression: place });
  });

  test.each([[[]], ['x'], [7], [null]])('REQ-8: a body that is %j', (body) => {
    expect(refusalOf(body).code).toBe('ERR_HOOK_REQUEST_INVALID');
  });

  test('REQ-2: a hook that the id does not serve', () => {
    expect(refusalOf(orderSign({ hook: 'patient-view' }))).toMatchObject({
      status: 400,
      code: 'ERR_HOOK_NOT_SERVED',
      expression: 'hook',
    });
  });

  test('a message names the place and never the value', () => {
    const { message } = refusalOf(inContext({ patientId: 'Patient/Jane-Doe' }));
    expect(message).toContain('context.patientId');
    expect(message).not.toContain('Jane');
  });
});

describe('G-11, REQ-3: hookInstance', () => {
  test.each([
    ['version 1', '5d0a3a5e-9d3b-11ee-8c90-0242ac120002'],
    ['version 4', '9f1b2b7a-4a1e-4a3f-8a77-5d8a2d2b2f11'],
    ['version 5', '886313e1-3b8a-5372-9b90-0c9aee199e5d'],
    ['version 6', '1ee9d3b5-d0a3-6a5e-8c90-0242ac120002'],
    ['version 7', '018c6c9e-7b5a-7c1d-9e2f-3a4b5c6d7e8f'],
    ['upper case', '9F1B2B7A-4A1E-4A3F-8A77-5D8A2D2B2F11'],
  ])('%s is taken without a word', (_name, hookInstance) => {
    expect(check(orderSign({ hookInstance })).warnings).toEqual([]);
  });

  test.each(['9f1b2b7a-4a1e-4a3f-8a77-5d8a2d2bb2va', 'call 7'])(
    '%s is taken with a warning',
    (hookInstance) => {
      const { request, warnings } = check(orderSign({ hookInstance }));
      expect(request.hookInstance).toBe(hookInstance);
      expect(warnings).toEqual(['hook-instance-not-uuid']);
    },
  );
});

describe('CTX-2, CTX-3: ids of the context', () => {
  test.each([
    'Patient/1',
    '..',
    '.',
    '1?x=2',
    '1#f',
    'a b',
    'a%2Fb',
    'a\\b',
    'a&b',
    'a\nb',
    'a_b',
    'x'.repeat(65),
  ])('patientId %j is no bare id', (patientId) => {
    expect(refusalOf(inContext({ patientId })).expression).toBe('context.patientId');
  });

  test.each(['1', 'e3MBXCOmcoLKl7ayLD51AWA3', 'a.b-c', 'x'.repeat(64)])(
    'patientId %s is one',
    (patientId) => {
      expect(check(inContext({ patientId })).request.context.patientId).toBe(patientId);
    },
  );

  test.each([undefined, null, ''])('encounterId %j is as absent', (encounterId) => {
    expect(check(inContext({ encounterId })).request.context).not.toHaveProperty('encounterId');
  });

  test.each(['Encounter/1', 7])('encounterId %j is refused', (encounterId) => {
    expect(refusalOf(inContext({ encounterId })).expression).toBe('context.encounterId');
  });

  test('userId of a PractitionerRole is taken without a word', () => {
    expect(check(inContext({ userId: 'PractitionerRole/7' })).warnings).toEqual([]);
  });

  test('userId of an unknown type is taken with a warning', () => {
    const { request, warnings } = check(inContext({ userId: 'RelatedPerson/7' }));
    expect(request.context.userId).toBe('RelatedPerson/7');
    expect(warnings).toEqual(['user-type-unknown']);
  });

  test.each(['example', '/example', 'Practitioner/', 'Practitioner/a b'])(
    'userId %j is not Type/id',
    (userId) => {
      expect(refusalOf(inContext({ userId })).expression).toBe('context.userId');
    },
  );
});

describe('prefetch', () => {
  test.each([undefined, null])('G-39: %j is as none', (prefetch) => {
    expect(check(orderSign({ prefetch })).request.prefetch).toEqual({});
  });

  test('null values are kept: they say that there is nothing', () => {
    expect(check(orderSign({ prefetch: { a: null } })).request.prefetch).toEqual({ a: null });
  });

  test.each([[[]], ['x'], [7]])('%j is refused', (prefetch) => {
    expect(refusalOf(orderSign({ prefetch })).expression).toBe('prefetch');
  });

  test('REQ-8: __proto__ stays a key and changes no prototype', () => {
    const body: unknown = JSON.parse(
      JSON.stringify(orderSign()).replace('"prefetch":{', '"prefetch":{"__proto__":{"polluted":true},'),
    );
    const { prefetch } = check(body).request;
    expect(Object.hasOwn(prefetch, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(prefetch)).toBe(Object.prototype);
    expect({}).not.toHaveProperty('polluted');
  });
});
