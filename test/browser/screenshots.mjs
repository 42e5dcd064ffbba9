/**
 * Pictures of the pages, after npm run build: the service on a free port, driven by Debian's Chromium.
 *
 *   node test/browser/screenshots.mjs                   the pictures of the README, into docs/images
 *   node test/browser/screenshots.mjs --every <folder>  every page at 360, 768 and 1440 px, light and dark, to look at
 */
import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { freePort } from '../free-port.mjs';

const project = fileURLToPath(new URL('../..', import.meta.url));
const every = process.argv[2] === '--every';
const folder = path.resolve(process.argv[3] ?? path.join(project, 'docs/images'));

/** Bytes; the README is read over slow lines, too. */
const LARGEST = 300_000;

/** @returns {Promise<number>} */

/** The service and its address, as soon as it listens. */
async function start() {
  const env = { ...process.env, PORT: String(await freePort()), DEADLINE_MS: '1500' };
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: project,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => resolve(/http:\/\/127\.0\.0\.1:\d+/.exec(String(chunk))?.[0]));
    child.once('exit', () => reject(new Error('the service did not start')));
  });
  return { child, url };
}

const HEIGHTS = { 1440: 1000, 1280: 900, 768: 1024, 360: 780 };

/** One picture: open a page, do something with it, take it. */
async function take(browser, { url, name, width, height, scheme = 'light', steps, whole = false, frame }) {
  const page = await browser.newPage({
    viewport: { width, height: height ?? HEIGHTS[width] },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => message.type() === 'error' && console.error(`${name}: ${message.text()}`));
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  await page.goto(url);
  await steps(page);
  // Beside everything, so that only what has the focus is lit.
  await page.mouse.move(1, 1);
  const file = path.join(folder, `${name}.png`);
  const clip = frame && (await around(page, frame));
  await page.screenshot({ path: file, fullPage: whole, ...(clip && { clip }) });
  await page.close();
  if (!every && statSync(file).size > LARGEST) throw new Error(`${name}.png is larger than ${LARGEST} bytes`);
}

/** The box around some elements, with a margin. */
async function around(page, selectors) {
  const boxes = await Promise.all(selectors.map((one) => page.locator(one).first().boundingBox()));
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  const right = Math.max(...boxes.map(({ x, width }) => x + width));
  const bottom = Math.max(...boxes.map(({ y, height }) => y + height));
  return { x: left - 8, y: top - 8, width: right - left + 16, height: bottom - top + 16 };
}

async function ready(page) {
  await page.locator('.order').first().waitFor();
}

async function signed(page) {
  await ready(page);
  await page.locator('#sign').click();
  await page.locator('article.card, .problem').first().waitFor();
}

const withView = (view) => async (page) => {
  await signed(page);
  await page.locator(`#tab-${view}`).click();
  if (page.viewportSize().width < 1200) await page.locator('.column.why').scrollIntoViewIfNeeded();
};

/** The row of the blocks pointed at: their words are lit wherever they are. */
const pointed = async (page) => {
  await signed(page);
  await page
    .locator('.detail tr[data-evidence]')
    .nth(1)
    .evaluate((row) => row.focus({ preventScroll: true }));
};

const changed = async (page) => {
  await signed(page);
  await page.locator('#chart').evaluate((chart) => chart.setAttribute('open', ''));
  await page.locator('.what-if > summary').click();
  await page.locator('#set-relief [name=procedure]').selectOption('article-lateral-branch-block');
  await page.locator('#set-relief button').click();
  await page.locator('.difference').waitFor();
  await page.locator('.difference').scrollIntoViewIfNeeded();
};

const report = async (page) => {
  await ready(page);
  await page.locator('#report-reader > summary').click();
  await page.locator('#report-reader button').click();
  await page.locator('.readings').waitFor();
  await page.locator('#report-reader').scrollIntoViewIfNeeded();
};

const exchanged = async (page) => {
  await signed(page);
  for (const part of await page.locator('.exchange-part > summary').all()) await part.click();
  await page.locator('#own > summary').click();
  await page.locator('.exchange').scrollIntoViewIfNeeded();
};

const failed = async (page) => {
  await ready(page);
  await page.locator('select[name=prefetch]').selectOption('none');
  await page.locator('select[name=fault]').selectOption('hang');
  await signed(page);
};

const overridden = async (page) => {
  await signed(page);
  await page.locator('.override summary').first().click();
  await page.locator('.override form').first().scrollIntoViewIfNeeded();
};

const accepted = async (page) => {
  await signed(page);
  await page.locator('article.card button.primary').first().click();
  await page.getByText('Feedback received').waitFor();
  await page.locator('.given').scrollIntoViewIfNeeded();
};

const openWhatIf = async (page) => {
  await ready(page);
  await page.locator('#chart').evaluate((chart) => chart.setAttribute('open', ''));
  await page.locator('.what-if > summary').click();
  await page.locator('.what-if').scrollIntoViewIfNeeded();
};

const partly = async (page) => {
  await ready(page);
  await page.locator('select[name=prefetch]').selectOption('error');
  await signed(page);
  if (page.viewportSize().width < 1200) await page.locator('.column.why').scrollIntoViewIfNeeded();
};

const explained = (page) => page.locator('.policy-table').first().waitFor();
const launched = (page) => page.locator('.ladder').waitFor();

const unreachable = (page) => page.locator('.missing, .problem').first().waitFor();
const told = (page) => page.locator('[role=alert]').first().waitFor();

/** A finding of the spine with the focus: its words are lit in the report. */
const found = async (page) => {
  await withView('spine')(page);
  await page
    .locator('.finding[data-status=unaddressed]')
    .first()
    .evaluate((one) => one.focus({ preventScroll: true }));
};

/** The evidence page, launched from the card as an EHR does. */
const fromCard = async (page) => {
  await signed(page);
  await page.goto(await page.locator('article.card .links a').getAttribute('href'));
  await launched(page);
};

const PICTURES = [
  { name: 'article', path: '/', width: 1440, height: 1700, steps: signed, frame: ['article.card'] },
  { name: 'spine', path: '/', width: 1280, steps: found },
  { name: 'evidence', path: '/', width: 1280, scheme: 'dark', steps: fromCard },
];

const LOOKS = [
  { name: 'ready', path: '/', steps: ready },
  { name: 'cards', path: '/', steps: signed, whole: true },
  { name: 'pointed', path: '/', steps: pointed },
  { name: 'override', path: '/', steps: overridden },
  { name: 'spine', path: '/', steps: withView('spine') },
  { name: 'timeline', path: '/', steps: withView('timeline') },
  { name: 'one-sided', path: '/?patient=one-sided', steps: withView('spine') },
  { name: 'failed-twice', path: '/?patient=rfa-failed-twice', steps: withView('timeline') },
  { name: 'what-if', path: '/', steps: changed },
  { name: 'report', path: '/', steps: report },
  { name: 'exchange', path: '/', steps: exchanged },
  { name: 'failed', path: '/', steps: failed },
  { name: 'accepted', path: '/', steps: accepted },
  { name: 'whatif-forms', path: '/', steps: openWhatIf },
  { name: 'partial', path: '/', steps: partly },
  { name: 'hostile', path: '/?patient=hostile', steps: signed, whole: true },
  { name: 'empty-chart', path: '/?patient=empty-chart', steps: signed, whole: true },
  { name: 'own-server', path: '/?fhir=http%3A%2F%2F127.0.0.1%3A9%2Ffhir&patient=1', steps: unreachable },
  { name: 'refused', path: '/sandbox/smart/launch/article?consent=refused', steps: told },
  { name: 'ended', path: '/sandbox/smart/launch/article?fault=unauthorized', steps: told },
  { name: 'policy', path: '/evidence', steps: explained, whole: true },
  { name: 'evidence', path: '/', steps: fromCard, whole: true },
];

const everyLook = LOOKS.flatMap((look) =>
  [360, 768, 1440].flatMap((width) =>
    ['light', 'dark'].map((scheme) => ({ ...look, width, scheme, name: `${look.name}-${width}-${scheme}` })),
  ),
);

mkdirSync(folder, { recursive: true });
const only = process.argv.slice(4);
const { child, url } = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const picture of every ? everyLook : PICTURES)
    if (only.length === 0 || only.some((part) => picture.name.includes(part)))
      await take(browser, { ...picture, url: `${url}${picture.path}` });
} finally {
  await browser.close();
  child.kill('SIGTERM');
}
