/**
 * The weight of the pages as they cross the network, and their first paint, in Debian's Chromium with an empty cache:
 * npm run bench:pages. The pages are meant to weigh less than 200 kB and to be painted within a second.
 */
import type { Page } from 'playwright-core';
import { openSite, type Site } from './site.js';

const PAGES: readonly (readonly [name: string, path: string, shown: string])[] = [
  ['playground', '/', '.order'],
  ['policy', '/evidence', '.policy-table'],
  ['evidence, with its SMART launch', '/sandbox/smart/launch/article', '.ladder'],
];
const RUNS = 7;

interface Measured {
  readonly bytes: number;
  readonly files: number;
  readonly paint: number;
}

async function measure(site: Site, path: string, shown: string): Promise<Measured> {
  const { page, weigh } = await site.open(path);
  await page.locator(shown).first().waitFor();
  const measured = { ...(await weigh()), paint: await firstPaint(page) };
  await page.context().close();
  return measured;
}

/** Milliseconds from the navigation to the first contentful paint. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN);
}

const site = await openSite();
try {
  for (const [name, path, shown] of PAGES) {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measure(site, path, shown));
    const paints = runs.map(({ paint }) => paint).sort((a, b) => a - b);
    const { bytes, files } = runs[0] ?? { bytes: NaN, files: NaN };
    process.stdout.write(
      `${name}: ${(bytes / 1000).toFixed(1)} kB in ${files} files; first paint ` +
        `${paints[Math.floor(RUNS / 2)]?.toFixed(0) ?? '?'} ms median, ${paints.at(-1)?.toFixed(0) ?? '?'} ms slowest of ${RUNS}\n`,
    );
  }
} finally {
  await site.close();
}
