/** The evidence page as a SMART app, against the sandbox's own launcher. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Page } from 'playwright-core';
import { webMounts } from '../../src/web/mounts.js';
import { openSite, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

const TODAY = '2026-03-20T12:00:00Z';

/** Everything that a page can leave behind in a browser. */
async function kept(page: Page): Promise<readonly unknown[]> {
  const stored = await page.evaluate(async () => [
    ...Object.keys(sessionStorage),
    ...Object.keys(localStorage),
    ...(await indexedDB.databases()),
    ...(await caches.keys()),
  ]);
  return [...stored, ...(await page.context().cookies())];
}

describe('a launch from an EHR', () => {
  test('asks with PKCE S256, shows the patient, and the token goes to the FHIR server alone', async () => {
    const { page, requests, complaints } = await site.open('/evidence');
    await page.clock.setFixedTime(TODAY);
    const authorized: string[] = [];
    page.on('request', (request) => {
      if (request.headers()['authorization']) authorized.push(new URL(request.url()).pathname);
    });
    const asked = page.waitForRequest('**/sandbox/smart/authorize?*');
    const exchanged = page.waitForRequest('**/sandbox/smart/token');
    await page.goto(`${site.url}/sandbox/smart/launch/rfa-failed-twice`);
    expect(Object.fromEntries(new URL((await asked).url()).searchParams)).toEqual({
      ...{ response_type: 'code', client_id: 'stepwise-evidence', launch: 'rfa-failed-twice' },
      ...{ scope: 'launch openid fhirUser patient/*.rs', aud: `${site.url}/sandbox/fhir` },
      ...{ redirect_uri: `${site.url}/evidence`, code_challenge_method: 'S256' },
      ...{
        state: expect.stringMatching(/^[\da-f-]{36}$/),
        code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      },
    });
    const proof = new URLSearchParams((await exchanged).postData() ?? '');
    expect(proof.get('code_verifier')).toMatch(/^[\w-]{43,128}$/);
    expect(proof.has('client_secret')).toBe(false);
    await page.locator('[data-decision=individual-review]').waitFor();
    for (const view of ['pathway', 'spine', 'timeline'])
      expect(await page.locator(`[data-view=${view}]`).isVisible()).toBe(true);
    expect(await page.locator('#patient-heading').textContent()).toMatch(/\w+.*, \d+ years/);
    expect(await page.locator('.cited .records li').count()).toBeGreaterThan(3);
    expect(authorized.length).toBeGreaterThan(0);
    expect(authorized.filter((path) => !path.startsWith('/sandbox/fhir/'))).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
    expect(complaints).toEqual([]);
  });

  test('names the user of the id token in the call, and sends no token with it', async () => {
    const { page } = await site.open('/evidence');
    const sent = page.waitForRequest('**/evidence/evaluation/*');
    await page.goto(`${site.url}/sandbox/smart/launch/article`);
    const request = await sent;
    expect(request.postDataJSON()).toMatchObject({ context: { userId: 'Practitioner/article-surgeon' } });
    expect(Object.keys(request.postDataJSON())).toEqual(['hook', 'hookInstance', 'context', 'prefetch']);
    expect(request.headers()['authorization']).toBeUndefined();
  });

  test('leaves nothing in the browser: no token, no code in the address, no launch', async () => {
    const { page } = await site.open('/sandbox/smart/launch/article');
    await page.locator('.ladder').waitFor();
    expect(await kept(page)).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
    await page.reload();
    await page.locator('.policy-table').first().waitFor();
    expect(await page.locator('.patient-view').count()).toBe(0);
  });
});

test('standing alone it asks the FHIR server that is named, and for a patient', async () => {
  const { page } = await site.open('/evidence');
  await page.clock.setFixedTime(TODAY);
  const asked = page.waitForRequest('**/sandbox/smart/authorize?*');
  await page.getByRole('button', { name: 'Open a patient' }).click();
  const query = new URL((await asked).url()).searchParams;
  expect(query.get('scope')).toBe('launch/patient openid fhirUser patient/*.rs');
  expect(query.has('launch')).toBe(false);
  await page.locator('[data-decision=radiofrequency-first]').waitFor();
});

describe('tells in words, and forgets the launch, when', () => {
  test.each([
    [
      'the user refuses',
      '/sandbox/smart/launch/article?consent=refused',
      'permission to read the chart was refused',
    ],
    [
      'the token is not good any more',
      '/sandbox/smart/launch/article?fault=unauthorized',
      'permission to read this chart has ended',
    ],
    [
      'the FHIR server is none, or offers no SMART launch',
      '/evidence?iss=http%3A%2F%2F127.0.0.1%3A9%2Ffhir&launch=x',
      'offers no SMART launch with PKCE',
    ],
    ['this tab did not begin the launch', '/evidence?code=stolen&state=forged', 'not begun in this tab'],
    [
      'an error comes for a launch that this tab did not begin',
      '/evidence?error=x&error_description=call%20this%20number',
      'not begun in this tab',
    ],
  ])('%s', async (_when, path, words) => {
    const { page } = await site.open(path);
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain(words);
    expect(await alert.textContent()).not.toContain('call this number');
    expect(await kept(page)).toEqual([]);
    expect(new URL(page.url()).searchParams.has('code')).toBe(false);
  });
});

const ELSEWHERE = 'https://other.example/fhir';

test('in production, an iss that is not listed is told so, and never asked', async () => {
  const bodies = { receiveBody: () => Promise.resolve(Buffer.alloc(0)), parseBody: () => ({}) };
  const evaluation = { services: [], bodyLimit: 1000, deadlineMs: 450, now: () => 0, ...bodies };
  const app = express();
  for (const { path, router } of webMounts({
    ...{ policies: [], fhirServers: ['https://ehr.example/fhir'], evaluation },
  }))
    app.use(path, router);
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const { page, requests } = await site.open('/evidence');
  try {
    await page.goto(
      `http://127.0.0.1:${String(port)}/evidence?iss=${encodeURIComponent(ELSEWHERE)}&launch=x`,
    );
    await page.getByText('may not read that FHIR server').waitFor();
    expect(requests.filter((url) => url.startsWith(ELSEWHERE))).toEqual([]);
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
});
