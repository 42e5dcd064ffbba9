import type { Page } from 'playwright-core';
import { openSite, ready, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

/** The page with another CDS service, of which only the answers are made up. */
async function openWith(answers: Readonly<Record<string, string>>): Promise<Page> {
  const { page } = await site.open('/');
  for (const [path, body] of Object.entries(answers))
    await page.route(`**/other/${path}`, (route) => route.fulfill({ body }));
  await page.goto(`${site.url}/?cds=${encodeURIComponent(`${site.url}/other`)}`);
  return page;
}

const DISCOVERY = JSON.stringify({ services: [{ hook: 'order-sign', id: 'theirs', title: 'Theirs' }] });

describe('addresses of others', () => {
  test.each(['/', '//', '/cds-services', '/cds-services/?from=mail#top', ' '])(
    'a base followed by "%s" is called',
    async (more) => {
      const { page } = await site.open(`/?cds=${encodeURIComponent(` ${site.url}${more}`)}`);
      await sign(page);
      await page.locator('[data-decision=radiofrequency-first]').waitFor();
    },
  );

  test('one with a password is told to be without, before anything is called', async () => {
    const { page } = await site.open('/');
    await ready(page);
    await page.locator('#own > summary').click();
    const field = page.getByLabel('CDS Hooks base URL');
    await field.fill('https://name:secret@cds.example');
    await page.getByRole('button', { name: 'Use these' }).click();
    const message = await field.evaluate((one: HTMLInputElement) => one.validationMessage);
    expect(message).toContain('Leave the user name and password out');
    expect(new URL(page.url()).search).toBe('');
  });

  test.each([
    ['cds=https%3A%2F%2Fname%3Asecret%40cds.example', 'Leave the user name and password out'],
    ['fhir=ftp%3A%2F%2Ffhir.example&patient=1', 'begins with http:// or https://'],
  ])('opened with %s the page says why it calls nobody', async (query, words) => {
    const { page } = await site.open(`/?${query}`);
    expect(await page.locator('.problem').textContent()).toContain(words);
    expect(await page.locator('.orders').textContent()).toContain('No order was loaded');
  });

  test('a patient may be named as in a reference', async () => {
    const fhir = encodeURIComponent(`${site.url}/sandbox/fhir/`);
    const { page } = await site.open(`/?fhir=${fhir}&patient=Patient%2Fno-block`);
    await sign(page);
    await page.locator('[data-decision=diagnostic-blocks-first]').waitFor();
  });
});

describe('answers of others', () => {
  test.each([
    ['a login page', '<html>Sign in</html>', 'not JSON'],
    ['no services', '{"services":[]}', 'no service for order-sign'],
  ])('discovery with %s', async (_what, body, words) => {
    const page = await openWith({ 'cds-services': body });
    expect(await page.locator('.problem').textContent()).toContain(words);
  });

  test.each([
    ['a text', 'not json'],
    ['an object without cards', '{}'],
  ])('a call answered with %s is no advice', async (_what, body) => {
    const page = await openWith({ 'cds-services': DISCOVERY, 'cds-services/theirs': body });
    await sign(page);
    expect(await page.locator('.problem').textContent()).toContain('no CDS Hooks answer');
  });
});

describe('a whole request', () => {
  test.each([
    ['whose context is a text', { hook: 'order-sign', context: 'x', prefetch: 'y' }],
    ['whose prefetch is null', { hook: 'order-sign', context: {}, prefetch: null }],
    ['with a key that is no resource', { hook: 'order-sign', context: {}, prefetch: { patient: 5 } }],
  ])('%s comes back with what the service says of it', async (_what, request) => {
    const { page, complaints } = await site.open('/');
    await ready(page);
    await page.locator('#own > summary').click();
    await page.locator('#whole-request').fill(JSON.stringify(request));
    await page.locator('#own-request').getByRole('button').click();
    expect(await page.locator('.problem').textContent()).toContain('The service answered 400');
    expect(complaints.filter((one) => !one.includes('400'))).toEqual([]);
  });
});
