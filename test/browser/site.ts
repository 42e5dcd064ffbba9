/** The built service on a free port, and Debian's Chromium to look at it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page, type Request } from 'playwright-core';
import type { Row } from '../../src/records/database.types.js';
import { openEmbedded } from '../../src/records/embedded.js';
import { freePort } from '../free-port.mjs';

const PATIENCE_MS = 240_000;
const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

export interface Site {
  readonly url: string;
  /** A fresh browser profile at a path, at 1440 x 1000 unless told. */
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  /** Ends the service and tells what its database holds, by one query each. */
  close(...queries: string[]): Promise<readonly (readonly Row[])[]>;
}

/** A page with everything it asked for and complained of. */
export interface OpenPage {
  readonly page: Page;
  readonly requests: string[];
  readonly complaints: string[];
  /** What documents, scripts and styles weighed on the network so far: bytes as they came, compressed, with headers. */
  readonly weigh: () => Promise<{ readonly bytes: number; readonly files: number }>;
}

export const OPERATOR_TOKEN = 'the token of those who operate it';

export async function openSite(): Promise<Site> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'stepwise-browser-'));
  const { child, url } = await startService(dataDir);
  const executablePath = ['/usr/bin/chromium', '/usr/bin/google-chrome'].find((file) => existsSync(file));
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox'],
  });
  return {
    url,
    open: (path, options) => openPage(browser, `${url}${path}`, options),
    close: async (...queries) => {
      await browser.close();
      child.kill('SIGTERM');
      await once(child, 'exit');
      const rows = await ask(dataDir, queries);
      rmSync(dataDir, { recursive: true });
      return rows;
    },
  };
}

async function ask(dataDir: string, queries: readonly string[]): Promise<readonly (readonly Row[])[]> {
  if (queries.length === 0) return [];
  const database = await openEmbedded(path.join(dataDir, 'records'), process.platform);
  const rows = [];
  for (const query of queries) rows.push(await database.query(query));
  await database.close();
  return rows;
}

async function startService(dataDir: string): Promise<{ child: ChildProcess; url: string }> {
  // A busy machine is slower than a service's own; the slow answers of the sandbox (2 s) are slower still.
  // The port is known beforehand, for the cards link to the address that the service was told.
  const env = {
    ...{ ...process.env, PORT: String(await freePort()), DATA_DIR: dataDir, DEADLINE_MS: '1500' },
    ...{ NODE_ENV: 'development', NODE_OPTIONS: '', OPERATOR_TOKEN },
  };
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd: PROJECT,
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      const found = /http:\/\/127\.0\.0\.1:\d+/.exec(chunk.toString());
      if (found) resolve(found[0]);
    });
    child.once('exit', () => {
      reject(new Error('the service did not start: npm run build comes first'));
    });
  });
  return { child, url };
}

async function openPage(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<OpenPage> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, ...options });
  // Only a guard against a hang: a busy machine opens the embedded database slowly.
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const sizes: Promise<number>[] = [];
  page.on('requestfinished', (request) => {
    if (request.isNavigationRequest() || request.url().includes('/assets/')) sizes.push(sizeOf(request));
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.goto(url);
  const weigh = async (): Promise<{ bytes: number; files: number }> => {
    const all = await Promise.all(sizes);
    return { bytes: all.reduce((sum, size) => sum + size, 0), files: all.length };
  };
  return { page, requests, complaints, weigh };
}

async function sizeOf(request: Request): Promise<number> {
  const { responseHeadersSize, responseBodySize } = await request.sizes();
  return responseHeadersSize + responseBodySize;
}

/** Until the order is there, what stands above the folds still grows, and a click may meet something else. */
export async function ready(page: Page): Promise<void> {
  await page.locator('.order').first().waitFor();
}

/** Signs the order that is shown, and waits for the answer, whatever it is. */
export async function sign(page: Page): Promise<void> {
  await ready(page);
  await page.locator('#sign').click();
  await page
    .locator(
      'article.card, .problem, section[aria-labelledby="cards-heading"] .empty:not(:has-text("Sign the order"))',
    )
    .first()
    .waitFor();
}

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core holds to be serious or critical, as `rule: selector`. */
export async function seriousViolations(page: Page): Promise<readonly string[]> {
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    const { violations } = await (globalThis as unknown as AxeWindow).axe.run();
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
  });
}

interface AxeWindow {
  readonly axe: {
    run(): Promise<{
      violations: { id: string; impact: string; nodes: { target: string[] }[] }[];
    }>;
  };
}
