import type { Page } from 'playwright-core';
import { LOOKS } from './looks.js';
import { openSite, seriousViolations, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

describe('the link between a statement and its source', () => {
  test('a row of a card lights its record in the chart, its step and its words, and the record lights them back', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('.detail tr[data-evidence]').nth(1).hover();
    const record = page.locator(`.records li[data-evidence*="Procedure/article-lateral-branch-block"]`);
    expect(await record.getAttribute('data-lit')).toBe('source');
    expect(
      await page.locator('.rung[data-step=diagnostic-blocks] .source[data-lit]').count(),
    ).toBeGreaterThan(0);
    expect(await page.locator('#words').textContent()).toContain('80-90% relief of the usual buttock pain');
    expect(await page.evaluate(() => 'highlights' in CSS && CSS.highlights.has('evidence'))).toBe(true);
    await record.hover();
    expect(await page.locator('.detail tr[data-lit=source]').count()).toBeGreaterThan(0);
  });

  test('focus does the same as pointing, on the spine and on the timeline', async () => {
    const { page } = await site.open('/');
    await sign(page);
    for (const [view, mark] of [
      ['spine', '.finding[data-status=unaddressed]'],
      ['timeline', '.event[data-state=positive]'],
    ] as const) {
      await page.locator(`#tab-${view}`).click();
      await page.locator(mark).first().focus();
      expect(await page.locator('.records li[data-lit]').count()).toBeGreaterThan(0);
    }
  });
});

test('words that several findings rest on are shown once', async () => {
  const { page } = await site.open('/');
  await sign(page);
  const words = await page.locator('.asides details:has-text("provocation tests") q').allTextContents();
  expect(words.length).toBeGreaterThan(2);
  expect(new Set(words).size).toBe(words.length);
});

test('a date in a card stays on one line', async () => {
  const { page } = await site.open('/', { viewport: { width: 360, height: 800 } });
  await sign(page);
  const lines = await page
    .locator('.detail .unbroken')
    .evaluateAll((all) => all.map((one) => one.getClientRects().length));
  expect(lines.length).toBeGreaterThan(5);
  expect(new Set(lines)).toEqual(new Set([1]));
});

test('an equivocal block is drawn as one whose relief is not known, not as a positive one', async () => {
  const { page } = await site.open('/?patient=block-equivocal');
  await sign(page);
  const fillOf = (mark: string) =>
    page
      .locator(mark)
      .first()
      .evaluate((one) => getComputedStyle(one).fill);
  await page.locator('#tab-timeline').click();
  const positive = await fillOf('.event[data-state=done] circle');
  expect(await fillOf('.event[data-state=equivocal] circle')).not.toBe(positive);
  await page.locator('#tab-spine').click();
  expect(await fillOf('.procedure[data-outcome=equivocal] .target')).not.toBe(positive);
});

test('a finding that the cards only mention is not drawn as an untreated one', async () => {
  const { page } = await site.open('/?patient=one-sided');
  await sign(page);
  await page.locator('#tab-spine').click();
  const facets = page.locator('.findings li:has-text("L4-L5 facet arthropathy")');
  expect(await facets.textContent()).toContain('Also seen');
  expect(await page.locator('.finding[data-status=unaddressed]').count()).toBe(0);
  expect(await page.locator('article.card:has-text("pain generators")').count()).toBe(0);
});

test('a block that helped and an ablation that failed, at one place, have marks of their own', async () => {
  const { page } = await site.open('/?patient=one-sided');
  await sign(page);
  await page.locator('#tab-spine').click();
  const placesOf = (outcome: string) =>
    page
      .locator(`.procedure[data-outcome=${outcome}][aria-label*="right"] .target`)
      .evaluateAll((all) => all.map((one) => `${one.getAttribute('cx')} ${one.getAttribute('cy')}`));
  const [positive, failed] = [await placesOf('positive'), await placesOf('failed')];
  expect(positive.length).toBeGreaterThan(0);
  expect(failed.length).toBeGreaterThan(0);
  expect(positive.filter((place) => failed.includes(place))).toEqual([]);
});

test('the spine has a twin in words', async () => {
  const { page } = await site.open('/');
  await sign(page);
  await page.locator('#tab-spine').click();
  await page.locator('.twin summary').click();
  const twin = await page.locator('.twin').textContent();
  expect(twin).toContain('Foraminal stenosis, moderate');
  expect(twin).toContain('80–90 %');
});

describe.each(LOOKS)('$name', ({ path, steps, httpCredentials }) => {
  let page: Page;
  beforeAll(async () => {
    const signedOn = httpCredentials && { httpCredentials };
    ({ page } = await site.open(path, { reducedMotion: 'reduce', ...signedOn }));
    await steps(page);
  });
  afterAll(async () => {
    await page.context().close();
  });

  test.each(['light', 'dark'] as const)(
    'axe-core, %s: no violation that is serious or critical',
    async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      expect(await seriousViolations(page)).toEqual([]);
    },
  );

  // 320 px are what is left of 1280 at 400 % (WCAG 2.2, 1.4.10).
  test.each([320, 360, 768, 1440])('at %d px nothing is wider than the page', async (width) => {
    await page.setViewportSize({ width, height: 800 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });
});

test.each([
  ['the playground', '/', '.order'],
  ['the policy', '/evidence', '.policy-table'],
  ['the evidence of a patient, with fhirclient', '/sandbox/smart/launch/article', '.ladder'],
])('%s weighs less than 200 kB and calls no other host', async (_name, path, shown) => {
  const { page, requests, weigh } = await site.open(path);
  await page.locator(shown).first().waitFor();
  const { bytes } = await weigh();
  expect(bytes).toBeGreaterThan(10_000);
  expect(bytes).toBeLessThan(200_000);
  expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
});
