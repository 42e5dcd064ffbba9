/**
 * The pictures of the README: node test/browser/screenshots.mjs [folder], after npm run build.
 * Starts the built service on a free port and drives Debian's Chromium.
 */
import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const project = fileURLToPath(new URL('../..', import.meta.url));
const folder = path.resolve(process.argv[2] ?? path.join(project, 'docs/images'));
mkdirSync(folder, { recursive: true });

/** The service and its address, as soon as it listens. */
async function start() {
  const env = { ...process.env, PORT: '0', LOG_LEVEL: 'info' };
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

const SIZES = { wide: [1440, 1000], middle: [768, 1024], narrow: [360, 780] };

/** One picture: open a page, do something with it, take it. */
async function take(browser, { url, name, size, scheme = 'light', steps, fullPage = false }) {
  const [width, height] = SIZES[size];
  const page = await browser.newPage({
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  page.on('console', (message) => message.type() === 'error' && console.error(`${name}: ${message.text()}`));
  page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
  await page.goto(url);
  await steps(page);
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage });
  await page.close();
}

async function signed(page) {
  await page.locator('.order').first().waitFor();
  await page.locator('#sign').click();
  await page.locator('article.card').first().waitFor();
}

const withView = (view) => async (page) => {
  await signed(page);
  await page.locator(`#tab-${view}`).click();
};

const pointed = async (page) => {
  await signed(page);
  await page.locator('.detail tr[data-evidence]').nth(1).hover();
};

const narrowWhy = (view) => async (page) => {
  await withView(view)(page);
  await page.locator('.column.why').scrollIntoViewIfNeeded();
};

const report = async (page) => {
  await page.locator('.order').first().waitFor();
  await page.locator('#report-reader > summary').click();
  await page.locator('#report-reader button').click();
  await page.locator('.readings').waitFor();
  await page.locator('#report-reader').scrollIntoViewIfNeeded();
};

const explained = async (page) => {
  await page.locator('.policy-table').first().waitFor();
};

const PICTURES = [
  { name: 'article-cards', path: '/', size: 'wide', steps: pointed },
  { name: 'spine', path: '/', size: 'wide', steps: withView('spine') },
  { name: 'timeline-dark', path: '/', size: 'wide', scheme: 'dark', steps: withView('timeline') },
  { name: 'panel-middle', path: '/', size: 'middle', steps: signed },
  { name: 'panel-narrow', path: '/', size: 'narrow', steps: signed },
  { name: 'panel-narrow-spine', path: '/', size: 'narrow', steps: narrowWhy('spine') },
  { name: 'panel-narrow-timeline', path: '/', size: 'narrow', steps: narrowWhy('timeline') },
  { name: 'report-reader', path: '/', size: 'middle', steps: report },
  { name: 'evidence-policy', path: '/evidence', size: 'wide', steps: explained },
];

const only = process.argv.slice(3);
const { child, url } = await start();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
try {
  for (const picture of PICTURES)
    if (only.length === 0 || only.includes(picture.name))
      await take(browser, { ...picture, url: `${url}${picture.path}` });
} finally {
  await browser.close();
  child.kill('SIGTERM');
}
