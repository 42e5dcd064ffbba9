import { OPERATOR_TOKEN, openSite, sign, type Site } from './site.js';

const httpCredentials = { username: 'operator', password: OPERATOR_TOKEN };
let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

test('before anything happened it says so', async () => {
  const { page, complaints } = await site.open('/operator', { httpCredentials });
  await page.getByText('No order was reviewed in this time.').waitFor();
  expect(complaints).toEqual([]);
});

test('a card that was overridden is there: how often, by whom, under which policy, and why', async () => {
  const playground = await site.open('/');
  await sign(playground.page);
  await playground.page.locator('.override summary').first().click();
  await playground.page.locator('.override [type=radio]').first().check();
  await playground.page.getByRole('button', { name: 'Override this card' }).first().click();
  await playground.page.getByText('Feedback received').waitFor();
  const { page, complaints } = await site.open('/operator?days=7', { httpCredentials });
  await page.locator('.part').first().waitFor();
  const row = page.locator('.part', { hasText: 'Cards' }).locator('tbody tr', { hasText: '1 (100 %)' });
  expect(await row.first().textContent()).toContain('sij-neurectomy-review 1.1.0');
  expect(await row.first().locator('code').first().textContent()).toBe('radiofrequency-first');
  expect(await page.getByRole('heading', { name: 'Why cards were overridden' }).isVisible()).toBe(true);
  expect(await page.locator('.period [aria-current]').textContent()).toContain('7 days');
  expect(complaints).toEqual([]);
});

test('in a narrow panel codes stand on one line, and the tables scroll', async () => {
  const { page } = await site.open('/operator?days=7', {
    httpCredentials,
    viewport: { width: 360, height: 800 },
  });
  await page.locator('.part code').first().waitFor();
  const lines = await page
    .locator('.table-box code')
    .evaluateAll((codes) => codes.map((one) => one.getClientRects().length));
  expect(lines.length).toBeGreaterThan(3);
  expect(new Set(lines)).toEqual(new Set([1]));
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
});

test('nobody sees it without the token', async () => {
  const { page } = await site.open('/', {});
  expect((await page.request.get(`${site.url}/operator`)).status()).toBe(401);
});
