import request from 'supertest';
import { found, linkOf, serve } from './serving.js';

const { app, sandbox } = serve();
const SANDBOX_URL = 'http://127.0.0.1:3000/sandbox/fhir';
const HOW = { sandboxUrl: SANDBOX_URL, hookInstance: '6bc883b2-b795-4dcb-b661-34884a31d472' };
const TEMPLATES = {
  patient: { template: 'Patient/{{context.patientId}}' },
  conditions: { template: 'Condition?patient={{context.patientId}}' },
  observations: { template: 'Observation?patient={{context.patientId}}' },
};

describe('the order-sign request of a synthetic patient', () => {
  test('names the clinician and the encounter of the draft order', () => {
    const body = sandbox.orderSign('article', HOW);
    expect(body).toMatchObject({
      hook: 'order-sign',
      hookInstance: HOW.hookInstance,
      fhirServer: SANDBOX_URL,
      context: {
        userId: 'Practitioner/article-surgeon',
        patientId: 'article',
        encounterId: 'article-encounter',
      },
    });
    expect(body).not.toHaveProperty('prefetch');
  });

  test('holds every draft order with an absolute fullUrl (CTX-4)', () => {
    const { draftOrders } = sandbox.orderSign('article', HOW).context;
    expect(draftOrders.type).toBe('collection');
    expect(draftOrders.entry?.map(({ fullUrl }) => fullUrl)).toEqual([
      `${SANDBOX_URL}/ServiceRequest/article-order-64772`,
      `${SANDBOX_URL}/ServiceRequest/article-order-64999`,
    ]);
  });

  test.each(sandbox.charts.map(({ patientId }) => patientId))(
    '%s: its draft orders cannot be read (CTX-7)',
    async (patientId) => {
      const { context } = sandbox.orderSign(patientId, HOW);
      expect(context.userId).toMatch(/^Practitioner\/./);
      for (const { resource } of context.draftOrders.entry ?? []) {
        expect(resource).toMatchObject({ status: 'draft', subject: { reference: `Patient/${patientId}` } });
        expect((await request(app).get(`/sandbox/fhir/ServiceRequest/${resource?.id}`)).status).toBe(404);
      }
    },
  );

  test('without an encounter there is no encounterId', () => {
    expect(sandbox.orderSign('empty-chart', HOW).context).not.toHaveProperty('encounterId');
  });

  test('an unknown patient is an error', () => {
    expect(() => sandbox.orderSign('nobody', HOW)).toThrow('no such synthetic patient');
  });
});

describe('prefetch (PF-7: the templates with their tokens filled)', () => {
  test('is what the FHIR server answers to them', async () => {
    const { prefetch } = sandbox.orderSign('article', { ...HOW, prefetch: TEMPLATES });
    expect(Object.keys(prefetch ?? {})).toEqual(['patient', 'conditions', 'observations']);
    expect(prefetch?.['patient']).toEqual((await request(app).get('/sandbox/fhir/Patient/article')).body);
    const fetched = (await request(app).get('/sandbox/fhir/Condition?patient=article')).body;
    expect(found(prefetch?.['conditions'])).toEqual(found(fetched));
    expect(linkOf(prefetch?.['conditions'], 'self')).toBe(`${SANDBOX_URL}/Condition?patient=article`);
  });

  test('holds all pages and no next link', () => {
    const { prefetch } = sandbox.orderSign('large-chart', { ...HOW, prefetch: TEMPLATES });
    const observations = prefetch?.['observations'];
    expect(observations).toMatchObject({ total: found(observations).length });
    expect(new Set(found(observations)).size).toBeGreaterThan(600);
    expect(linkOf(observations, 'next')).toBeUndefined();
  });

  test('holds the first page and its next link when asked so', () => {
    const { prefetch } = sandbox.orderSign('large-chart', { ...HOW, prefetch: TEMPLATES, pages: 'first' });
    expect(found(prefetch?.['observations'])).toHaveLength(50);
    expect(linkOf(prefetch?.['observations'], 'next')).toMatch(SANDBOX_URL);
  });

  test.each([
    ['a token the context lacks (PT-4)', 'Encounter/{{context.encounterId}}', 'empty-chart'],
    ['a token that is none', 'Patient/{{context.colour}}', 'article'],
    ['a search the server refuses', 'Patient?colour=red', 'article'],
  ])('leaves out a key with %s', (_name, template, patientId) => {
    const templates = { ...TEMPLATES, odd: { template } };
    const { prefetch } = sandbox.orderSign(patientId, { ...HOW, prefetch: templates });
    expect(Object.keys(prefetch ?? {})).toEqual(Object.keys(TEMPLATES));
  });

  test('shows the changes of a session, and the fault is in fhirServer alone', async () => {
    const how = { ...HOW, prefetch: TEMPLATES, session: '33333333-cccc', fault: 'error-500' };
    await request(app).delete('/sandbox/fhir/s/33333333-cccc/Condition/article-sij-pain');
    const { fhirServer, prefetch } = sandbox.orderSign('article', how);
    expect(fhirServer).toBe(`${SANDBOX_URL}/s/33333333-cccc/faults/error-500`);
    expect(found(prefetch?.['conditions'])).not.toContain('Condition/article-sij-pain');
    expect(found(prefetch?.['conditions'])).toContain('Condition/article-spondylosis');
  });
});
