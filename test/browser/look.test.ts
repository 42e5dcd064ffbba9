import type { Page } from 'playwright-core';
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

test('the spine has a twin in words', async () => {
  const { page } = await site.open('/');
  await sign(page);
  await page.locator('#tab-spine').click();
  await page.locator('.twin summary').click();
  const twin = await page.locator('.twin').textContent();
  expect(twin).toContain('Foraminal stenosis, moderate');
  expect(twin).toContain('80–90 %');
});

const LOOKS: readonly [string, string, (page: Page) => Promise<unknown>][] = [
  ['the playground with cards and ladder', '/', sign],
  ['the spine', '/', async (page) => sign(page).then(() => page.locator('#tab-spine').click())],
  ['the timeline', '/', async (page) => sign(page).then(() => page.locator('#tab-timeline').click())],
  ['every fold open', '/', async (page) => sign(page).then(() => openFolds(page))],
  ['a failure, with nothing prefetched', '/?patient=empty-chart', failToSign],
  ['an overridden card after a change of the chart', '/', changeAndOverride],
  ['a report that was read', '/', readReport],
  ['the evidence page', '/evidence', (page) => page.locator('.policy-table').waitFor()],
  ['the evidence of a patient', '/sandbox/smart/launch/article', (page) => page.locator('.ladder').waitFor()],
  ['a launch that was refused', '/sandbox/smart/launch/article?consent=refused', told],
  ['a permission that has ended', '/sandbox/smart/launch/article?fault=unauthorized', told],
  ['records that could not be read', '/', readInPart],
  ['a hostile chart', '/?patient=hostile', sign],
  ['the choices of an override and of what if', '/', openChoices],
];

async function told(page: Page): Promise<void> {
  await page.getByRole('alert').first().waitFor();
}

async function readInPart(page: Page): Promise<void> {
  await page.locator('.order').first().waitFor();
  await page.locator('select[name=prefetch]').selectOption('error');
  await sign(page);
  await page.locator('.unread').waitFor();
}

async function openChoices(page: Page): Promise<void> {
  await sign(page);
  await page.locator('#chart').evaluate((chart) => chart.setAttribute('open', ''));
  await page.locator('.what-if > summary').click();
  await page.locator('.override summary').first().click();
}

async function failToSign(page: Page): Promise<void> {
  await page.locator('select[name=prefetch]').selectOption('none');
  await page.locator('select[name=fault]').selectOption('error-500');
  await sign(page);
  await page.locator('.problem').waitFor();
}

async function changeAndOverride(page: Page): Promise<void> {
  await sign(page);
  await page.locator('.what-if > summary').click();
  await page.locator('#set-relief').getByRole('button').click();
  await page.locator('.difference').waitFor();
  await page.locator('.override summary').first().click();
  await page.locator('.override [type=radio]').first().check();
  await page.getByRole('button', { name: 'Override this card' }).first().click();
  await page.getByText('Feedback received').waitFor();
}

async function readReport(page: Page): Promise<void> {
  await page.locator('#report-reader > summary').click();
  await page.locator('#report-reader').getByRole('button', { name: 'Read' }).click();
  await page.locator('.readings').waitFor();
}

async function openFolds(page: Page): Promise<void> {
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('main details')) fold.setAttribute('open', '');
  });
  await page.locator('.json-box').first().waitFor();
}

describe.each(['light', 'dark'] as const)('axe-core, %s', (colorScheme) => {
  test.each(LOOKS)('%s: no violation that is serious or critical', async (_name, path, steps) => {
    const { page } = await site.open(path, { colorScheme, reducedMotion: 'reduce' });
    await steps(page);
    expect(await seriousViolations(page)).toEqual([]);
  });
});

// 320 px are what is left of 1280 at 400 % (WCAG 2.2, 1.4.10).
test.each([320, 360, 768, 1440])('at %d px nothing is wider than the page', async (width) => {
  for (const [path, ready] of [
    ['/', openChoices],
    ['/sandbox/smart/launch/article', (page: Page) => page.locator('.ladder').waitFor()],
    ['/evidence', (page: Page) => page.locator('.policy-table').first().waitFor()],
  ] as const) {
    const { page } = await site.open(path, { viewport: { width, height: 800 } });
    await ready(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
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
