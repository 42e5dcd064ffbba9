/** SMART App Launch 2 against the sandbox: authorization code with PKCE. */
import { createHash } from 'node:crypto';
import express from 'express';
import request from 'supertest';
import { smartLauncher } from '../../src/sandbox/smart-launcher.js';

const VERIFIER = 'a'.repeat(43);
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url');
const HOST = 'ehr.example';
const REDIRECT = `http://${HOST}/evidence`;

function serve(): express.Express {
  let id = 0;
  const { launcher, configuration } = smartLauncher({
    patientIds: ['article', 'hostile'],
    fhirPath: '/sandbox/fhir',
    smartPath: '/sandbox/smart',
    randomId: () => `id-${String((id += 1))}`,
  });
  return express()
    .use('/sandbox/fhir/.well-known/smart-configuration', configuration)
    .use('/sandbox/smart', launcher);
}

const GOOD = {
  response_type: 'code',
  client_id: 'app',
  redirect_uri: REDIRECT,
  state: 's-1',
  launch: 'hostile',
  code_challenge: CHALLENGE,
  code_challenge_method: 'S256',
};

async function authorize(app: express.Express, change: Record<string, string> = {}): Promise<URL> {
  const { headers } = await request(app)
    .get('/sandbox/smart/authorize')
    .set('Host', HOST)
    .query({ ...GOOD, ...change })
    .expect(302);
  return new URL(String(headers['location']));
}

const exchange = (app: express.Express, code: string, change: Record<string, string> = {}) =>
  request(app)
    .post('/sandbox/smart/token')
    .type('form')
    .send({
      grant_type: 'authorization_code',
      code,
      redirect_uri: REDIRECT,
      client_id: 'app',
      code_verifier: VERIFIER,
      ...change,
    });

test('the configuration names both endpoints and S256 alone', async () => {
  const { body } = await request(serve())
    .get('/sandbox/fhir/.well-known/smart-configuration')
    .set('Host', HOST)
    .expect(200);
  expect(body).toMatchObject({
    authorization_endpoint: `http://${HOST}/sandbox/smart/authorize`,
    token_endpoint: `http://${HOST}/sandbox/smart/token`,
    code_challenge_methods_supported: ['S256'],
  });
});

test('a launch opens the evidence page with the server and the patient', async () => {
  const { headers } = await request(serve())
    .get('/sandbox/smart/launch/article')
    .set('Host', HOST)
    .expect(302);
  expect(headers['location']).toBe(
    `/evidence?iss=${encodeURIComponent(`http://${HOST}/sandbox/fhir`)}&launch=article`,
  );
});

test('a code is exchanged for a token of the launched patient, with the state it was asked with', async () => {
  const app = serve();
  const back = await authorize(app);
  expect(back.searchParams.get('state')).toBe('s-1');
  const { body, headers } = await exchange(app, back.searchParams.get('code') ?? '').expect(200);
  expect(body).toMatchObject({ token_type: 'Bearer', patient: 'hostile' });
  expect(headers['cache-control']).toBe('no-store');
});

test('without a launch the first patient is opened', async () => {
  const app = serve();
  const code = (await authorize(app, { launch: '' })).searchParams.get('code') ?? '';
  expect((await exchange(app, code)).body).toMatchObject({ patient: 'article' });
});

describe('is refused', () => {
  test('a code used twice', async () => {
    const app = serve();
    const code = (await authorize(app)).searchParams.get('code') ?? '';
    await exchange(app, code).expect(200);
    await exchange(app, code).expect(400, { error: 'invalid_grant' });
  });

  test.each([
    ['another verifier', { code_verifier: 'b'.repeat(43) }],
    ['another client', { client_id: 'other' }],
    ['another redirect_uri', { redirect_uri: `http://${HOST}/other` }],
    ['another grant type', { grant_type: 'client_credentials' }],
  ])('%s', async (_what, change) => {
    const app = serve();
    const code = (await authorize(app)).searchParams.get('code') ?? '';
    await exchange(app, code, change).expect(400, { error: 'invalid_grant' });
  });

  test.each([
    ['the plain method', { code_challenge_method: 'plain' }],
    ['no challenge', { code_challenge: '' }],
    ['an unknown patient', { launch: 'nobody' }],
    ['no client', { client_id: '' }],
  ])('%s, with an error for the page', async (_what, change) => {
    const back = await authorize(serve(), change);
    expect(back.searchParams.get('error')).toBe('invalid_request');
    expect(back.searchParams.has('code')).toBe(false);
  });

  test.each(['https://evil.example/', `http://${HOST}.evil.example/`, 'javascript:alert(1)', ''])(
    'to send a code to %p',
    async (redirect) => {
      await request(serve())
        .get('/sandbox/smart/authorize')
        .set('Host', HOST)
        .query({ ...GOOD, redirect_uri: redirect })
        .expect(400);
    },
  );
});

test('a user who refuses sends no code back', async () => {
  const app = serve();
  const { headers } = await request(app)
    .get('/sandbox/smart/launch/article?consent=refused&fault=unauthorized')
    .set('Host', HOST);
  const launch = new URL(String(headers['location']), `http://${HOST}`).searchParams;
  expect(launch.get('iss')).toBe(`http://${HOST}/sandbox/fhir/faults/unauthorized`);
  const back = await authorize(app, { launch: launch.get('launch') ?? '' });
  expect(Object.fromEntries(back.searchParams)).toEqual({ state: 's-1', error: 'access_denied' });
});

test('the id token names who signed in', async () => {
  const app = serve();
  const back = await authorize(app);
  const { body } = await exchange(app, back.searchParams.get('code') ?? '').expect(200);
  const claims = Buffer.from(String(body.id_token).split('.')[1] ?? '', 'base64url').toString();
  expect(JSON.parse(claims)).toEqual({ aud: 'app', fhirUser: 'Practitioner/hostile-surgeon' });
});

test('what the card told the app comes with the token, as from an EHR', async () => {
  const app = serve();
  const told = Buffer.from('{"draftOrders":[]}').toString('base64url');
  const back = await authorize(app, { launch: `hostile.${told}` });
  const { body } = await exchange(app, back.searchParams.get('code') ?? '').expect(200);
  expect(body).toMatchObject({ patient: 'hostile', appContext: '{"draftOrders":[]}' });
});
