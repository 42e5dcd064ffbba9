/** The report of a replay as a file that somebody opens: seen by anybody, narrow or wide, and asking nobody for anything. */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { BrowserContextOptions } from 'playwright-core';
import { writeExport } from '../bench/replay/write-export.js';
import { newFolder, runReplay } from '../replay/replay-process.js';
import { openSite, seriousViolations, type OpenPage, type Site } from './site.js';

const folder = newFolder();
const exported = path.join(folder, 'export');
const out = path.join(folder, 'report');
let site: Site;

beforeAll(async () => {
  writeExport(exported, { patients: 60, seed: 3, linesPerFile: 500 });
  expect(await runReplay([exported, `--out=${out}`, '--rfa'])).toMatchObject({ status: 0 });
  site = await openSite();
}, 300_000);
afterAll(async () => {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
});

async function openReport(options: BrowserContextOptions = {}): Promise<OpenPage> {
  const opened = await site.open('/health/live', options);
  opened.requests.length = 0;
  await opened.page.goto(pathToFileURL(path.join(out, 'report.html')).href);
  return opened;
}

test.each(['light', 'dark'] as const)('axe-core, %s: nothing serious or critical', async (colorScheme) => {
  const { page } = await openReport({ colorScheme });
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('details')) fold.setAttribute('open', '');
  });
  expect(await seriousViolations(page)).toEqual([]);
});

test.each([320, 360, 768, 1440])(
  'at %d px nothing is wider than the page, and charts can be read',
  async (width) => {
    const { page } = await openReport({ viewport: { width, height: 800 } });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    // The words of a chart are scaled with it.
    const heights = await page
      .locator('svg text')
      .evaluateAll((words) => words.map((one) => one.getBoundingClientRect().height));
    expect(heights.length).toBeGreaterThan(20);
    expect(Math.min(...heights)).toBeGreaterThan(9);
  },
);

test('it asks nobody for anything, and complains of nothing', async () => {
  const { page, requests, complaints } = await openReport();
  await page.locator('svg').first().waitFor();
  expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([]);
  expect([requests.length, complaints]).toEqual([1, []]);
});

test('both services are there, each chart with its figures as a table', async () => {
  const { page } = await openReport();
  expect(await page.locator('h2').allTextContents()).toEqual([
    'sij-neurectomy-review',
    'sij-rfa-review',
    'The export',
  ]);
  const charts = await page.locator('figure').count();
  expect(charts).toBeGreaterThan(8);
  expect(await page.locator('figure details table').count()).toBe(charts);
});

test('on paper the charts are whole, and no table is folded away half open', async () => {
  const { page } = await openReport({ viewport: { width: 700, height: 900 } });
  await page.emulateMedia({ media: 'print' });
  const cut = await page
    .locator('.scroll')
    .evaluateAll(
      (boxes) => boxes.filter((box) => box.checkVisibility() && box.scrollWidth > box.clientWidth).length,
    );
  expect(cut).toBe(0);
  expect(await page.locator('details:visible').count()).toBe(0);
});
