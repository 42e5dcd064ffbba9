import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';

/** A valid R4 order-sign request (OS of the test catalogue), made anew for each test. */
export function orderSign(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    hook: 'order-sign',
    hookInstance: 'd1577c69-dfbe-44ad-ba6d-3e05e953b2ea',
    fhirServer: 'https://ehr.example/fhir/r4',
    fhirAuthorization: authorization(),
    context: orderContext(),
    prefetch: { conditions: { resourceType: 'Bundle', type: 'searchset', total: 0 } },
    ...changes,
  };
}

/** A valid R4 order-select request (OSEL): one of two orders is selected. */
export function orderSelect(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return orderSign({
    hook: 'order-select',
    context: { ...orderContext(), selections: ['ServiceRequest/draft-1'] },
    ...changes,
  });
}

export function orderContext(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    userId: 'Practitioner/example',
    patientId: 'example',
    encounterId: 'enc-1',
    draftOrders: { resourceType: 'Bundle', type: 'collection', entry: [entry('draft-1'), entry('draft-2')] },
    ...changes,
  };
}

export function authorization(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    access_token: 'SECRET-T',
    token_type: 'Bearer',
    expires_in: 300,
    scope: 'user/Condition.read',
    subject: 'stepwise-cds',
    ...changes,
  };
}

function entry(id: string): { resource: JsonObject } {
  return { resource: serviceRequest(id) };
}

export function serviceRequest(id: string): JsonObject {
  return {
    resourceType: 'ServiceRequest',
    id,
    status: 'draft',
    intent: 'order',
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }] },
    subject: { reference: 'Patient/example' },
  };
}

export function without(object: Record<string, unknown>, name: string): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name));
}
