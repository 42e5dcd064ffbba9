import express from 'express';
import supertest from 'supertest';
import { composeWeb } from '../../src/compose/web.js';
import { loadFhirMappings } from '../../src/artifacts/fhir-mappings.js';
import { loadServices } from '../../src/artifacts/services.js';

const mappings = loadFhirMappings('fhir-mappings');
const loaded = loadServices('hooks', mappings, {});
const app = express().disable('etag');
// Without a sandbox: as in production.
const config = { fhirServers: [], bodyLimit: 1_000, deadlineMs: 450 };
const now = () => performance.now();
for (const { path, router } of composeWeb({ config, now, services: [], loaded, mappings }))
  app.use(path, router);

const get = (path: string) => supertest(app).get(path).buffer(true);

describe('GET /fhir-mappings, in production as elsewhere', () => {
  test('one policy, as FHIR JSON', async () => {
    const { status, headers, body } = await get('/fhir-mappings/PlanDefinition/sij-neurectomy-review');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(body).toMatchObject({ resourceType: 'PlanDefinition', id: 'sij-neurectomy-review' });
  });

  test('one list, as it is on disk', async () => {
    const { body } = await get('/fhir-mappings/ValueSet/sij-pain');
    expect(body).toEqual(mappings.valueSets.find(({ id }) => id === 'sij-pain'));
  });

  test('all of a kind, and all of it, as collections', async () => {
    const { body: maps } = await get('/fhir-mappings/ConceptMap');
    expect(maps).toMatchObject({ resourceType: 'Bundle', type: 'collection' });
    expect((maps as { entry: unknown[] }).entry).toHaveLength(mappings.conceptMaps.length);
    const { body: all } = await get('/fhir-mappings');
    const types = (all as { entry: { resource: { resourceType: string } }[] }).entry.map(
      ({ resource }) => resource.resourceType,
    );
    expect(new Set(types)).toEqual(
      new Set(['PlanDefinition', 'ValueSet', 'ConceptMap', 'CodeSystem', 'NamingSystem']),
    );
  });

  test('who has it is told so', async () => {
    const { headers } = await get('/fhir-mappings/ValueSet/sij-pain');
    const etag = headers['etag'] ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await get('/fhir-mappings/ValueSet/sij-pain').set('if-none-match', etag);
    expect([again.status, again.text]).toEqual([304, '']);
    const changed = await get('/fhir-mappings/ValueSet/sij-pain').set('if-none-match', '"other"');
    expect(changed.status).toBe(200);
  });

  test.each([
    '/fhir-mappings/ValueSet/none',
    '/fhir-mappings/Patient',
    '/fhir-mappings/Patient/sij-pain',
    '/fhir-mappings/PlanDefinition/sij-rfa-review',
    '/fhir-mappings/ValueSet/..%2f..%2fpackage',
    '/fhir-mappings/ValueSet/sij-pain/history',
  ])('%s is not served', async (path) => {
    expect((await get(path)).status).toBe(404);
  });
});
