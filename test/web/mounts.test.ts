import express from 'express';
import request from 'supertest';
import { webMounts, type WebParts } from '../../src/web/mounts.js';

const policies = [{ sha256: 'abc', policy: { id: 'p' }, words: {} }];
const playground = {
  patients: [{ patientId: 'one', title: 'One', situation: 'First', resources: 'not told' }],
  faults: [{ name: 'slow', title: 'Slow', kind: 'not told' }],
  services: [{ id: 's', hooks: ['order-sign' as const], title: 'S', description: 'd', prefetch: {} }],
  readReport: (text: string) => ({ length: text.length }),
};

function serve(parts: Partial<WebParts>): express.Express {
  const app = express();
  const bodies = { receiveBody: () => Promise.resolve(Buffer.alloc(0)), parseBody: () => ({}) };
  const evaluation = { services: [], bodyLimit: 1000, deadlineMs: 450, now: () => 0, ...bodies };
  const all = { policies, fhirServers: [], evaluation, ...parts };
  for (const { path, router } of webMounts(all)) app.use(path, router);
  return app;
}

const policyOf = (headers: Record<string, string>): Map<string, string> =>
  new Map(
    (headers['content-security-policy'] ?? '').split('; ').map((one) => {
      const [name = '', ...values] = one.split(' ');
      return [name, values.join(' ')];
    }),
  );

describe('in production', () => {
  const app = serve({ fhirServers: ['https://ehr.example/fhir/r4'] });

  test.each(['/', '/playground/setup.json'])('%s is not served', async (path) => {
    await request(app).get(path).expect(404);
  });

  test('the evidence page may call only this host and the listed FHIR servers', async () => {
    const { headers } = await request(app).get('/evidence').expect(200);
    const policy = policyOf(headers);
    expect(policy.get('connect-src')).toBe("'self' https://ehr.example");
    expect(policy.get('script-src')).toBe("'self'");
    expect(policy.get('require-trusted-types-for')).toBe("'script'");
  });

  test('a slash behind the address of the page is taken off, and a launch stays one', async () => {
    const { headers } = await request(app).get('/evidence/?iss=https%3A%2F%2Fehr.example').expect(301);
    expect(headers['location']).toBe('../evidence?iss=https%3A%2F%2Fehr.example');
  });

  test('the evidence page may ask for an evaluation', async () => {
    await request(app).post('/evidence/evaluation/none').send({}).expect(404);
    const { body } = await request(app).post('/evidence/evaluation/none').send({});
    expect(body.resourceType).toBe('OperationOutcome');
  });

  test('the policies are explained, and no sandbox is named', async () => {
    const { body } = await request(app).get('/evidence/policies.json').expect(200);
    expect(body).toEqual({ policies });
  });

  test.each([
    ['https://ehr.example/fhir/r4', 200],
    ['https://ehr.example/fhir/r4/', 200],
    ['https://ehr.example/fhir/other-tenant', 403],
    ['https://ehr.example.evil.example/fhir/r4', 403],
    ['javascript:alert(1)', 403],
    ['', 403],
  ])('a launch from %p is answered %d', async (iss, status) => {
    const { body } = await request(app).get('/evidence/launch.json').query({ iss }).expect(status);
    expect(body.clientId).toBe(status === 200 ? 'stepwise-evidence' : undefined);
  });
});

describe('in development', () => {
  const app = serve({ playground });

  test('the playground may call this host alone', async () => {
    const { headers } = await request(app).get('/').expect(200);
    const policy = policyOf(headers);
    expect(policy.get('connect-src')).toBe("'self'");
    expect(policy.get('default-src')).toBe("'none'");
    expect(policy.get('frame-ancestors')).toBe("'none'");
  });

  test('and beside it exactly the servers that its address names', async () => {
    const { headers } = await request(app)
      .get('/')
      .query({ cds: 'https://cds.example/base', fhir: 'http://localhost:8080/fhir' });
    expect(policyOf(headers as Record<string, string>).get('connect-src')).toBe(
      "'self' https://cds.example http://localhost:8080",
    );
  });

  test.each(["https://a.example'; script-src *", 'javascript:alert(1)', '*', 'data:text/html,x', ''])(
    'an address %p adds no directive and no scheme',
    async (cds) => {
      const { headers } = await request(app).get('/').query({ cds });
      const policy = policyOf(headers);
      expect(policy.get('script-src')).toBe("'self'");
      expect(policy.get('connect-src')).toMatch(/^'self'( https:\/\/a\.example[^ ]*)?$/);
    },
  );

  test('a launch may come from any FHIR server', async () => {
    await request(app).get('/evidence/launch.json').query({ iss: 'http://localhost:8080/fhir' }).expect(200);
    await request(app).get('/evidence/launch.json').query({ iss: 'file:///etc' }).expect(403);
  });

  test('patients, faults and services are told by name alone', async () => {
    const { body } = await request(app).get('/playground/setup.json').expect(200);
    expect(body).toEqual({
      patients: [{ id: 'one', title: 'One', situation: 'First' }],
      faults: [{ name: 'slow', title: 'Slow' }],
      services: [{ id: 's', title: 'S', prefetch: {} }],
    });
  });

  test('a pasted report is read', async () => {
    const { body } = await request(app)
      .post('/playground/read-report')
      .type('text/plain')
      .send('four')
      .expect(200);
    expect(body).toEqual({ length: 4 });
  });

  test('a text of more than 200 kB is refused', async () => {
    await request(app)
      .post('/playground/read-report')
      .type('text/plain')
      .send('x'.repeat(210_000))
      .expect(413);
  });
});

describe('the static files', () => {
  const app = serve({ playground });

  test('are compressed where the browser takes it, and not sent twice', async () => {
    const path = '/assets/vendor/markdown-it.js';
    const { headers } = await request(app).get(path).set('Accept-Encoding', 'gzip').expect(200);
    expect(headers['content-encoding']).toBe('gzip');
    expect(headers['content-type']).toContain('javascript');
    await request(app).get(path).set('If-None-Match', String(headers['etag'])).expect(304);
    const plain = await request(app).get(path).set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  test.each(['/', '/evidence'])(
    '%s is whole: it names the styles and the icon of every page once',
    async (path) => {
      const { text } = await request(app).get(path).expect(200);
      expect(text).not.toContain('<!--');
      for (const file of ['base.css', 'controls.css', 'spine.css', 'icon.svg', 'vendor/lit-html.js'])
        expect(text.split(`"assets/${file}"`)).toHaveLength(2);
    },
  );

  test.each([
    '/assets/../mounts.ts',
    '/assets/tsconfig.json',
    '/assets/none.js',
    '/assets/vendor/lit-html.d.ts',
    // A page has an address, and a policy of its own.
    '/assets/operator.html',
    '/assets/head.html',
  ])('%s is not among them', async (path) => {
    await request(app).get(path).expect(404);
  });
});
