/**
 * Pictures of the pages, in Debian's Chromium against the built service:
 *
 *   npm run screenshots                                     the pictures of the README, into docs/images
 *   npm run screenshots -- --every <folder> [names ...]     every state at 360, 768 and 1440 px, light and dark, to
 *                                                           look at; or those whose name holds one of the words
 *
 * A state that cannot be reached is told at the end, by name, and the others are taken all the same.
 */
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { found, fromCard, LOOKS, type Look } from './looks.js';
import { openSite, sign, type Site } from './site.js';

type Scheme = 'light' | 'dark';

interface Picture extends Look {
  readonly width: number;
  readonly height: number;
  readonly schemes: readonly Scheme[];
  /** The picture is of this element alone. */
  readonly frame?: string;
}

interface Taking {
  readonly site: Site;
  readonly folder: string;
  /** Bytes. */
  readonly largest: number;
}

const IMAGES = fileURLToPath(new URL('../../docs/images', import.meta.url));
/** Bytes; the README is read over slow lines, too. */
const LARGEST = 300_000;
const SIZES = [
  { width: 360, height: 780 },
  { width: 768, height: 1024 },
  { width: 1440, height: 1000 },
];
/** Around an element, px. */
const MARGIN = 8;

const OF_README: readonly Picture[] = [
  {
    ...{ name: 'article', path: '/', width: 1440, height: 1800, schemes: ['light'], steps: sign },
    frame: 'article.card',
  },
  { name: 'spine', path: '/', width: 1280, height: 900, schemes: ['light'], steps: found },
  { name: 'evidence', path: '/', width: 1280, height: 900, schemes: ['dark'], steps: fromCard },
];

const EVERY: readonly Picture[] = LOOKS.flatMap((look) =>
  SIZES.map((size) => ({
    ...{ ...look, ...size, name: `${look.name}-${size.width}` },
    schemes: ['light', 'dark'],
  })),
);

/** One state, in each of its schemes. */
async function take(taking: Taking, picture: Picture): Promise<void> {
  const { path: address, width, height, schemes, httpCredentials } = picture;
  const { page, complaints } = await taking.site.open(address, {
    ...{ viewport: { width, height }, reducedMotion: 'reduce' },
    ...(httpCredentials && { httpCredentials }),
  });
  try {
    await picture.steps(page);
    for (const scheme of schemes) await shoot(taking, { page, picture, scheme });
    for (const complaint of new Set(complaints)) console.log(`${picture.name}: ${complaint}`);
  } finally {
    await page.context().close();
  }
}

interface Shot {
  readonly page: Page;
  readonly picture: Picture;
  readonly scheme: Scheme;
}

async function shoot({ folder, largest }: Taking, { page, picture, scheme }: Shot): Promise<void> {
  const { name, schemes, whole = false, frame } = picture;
  await page.emulateMedia({ colorScheme: scheme });
  // Beside everything, so that only what has the focus is lit.
  await page.mouse.move(1, 1);
  const file = path.join(folder, `${schemes.length > 1 ? `${name}-${scheme}` : name}.png`);
  const clip = frame === undefined ? undefined : await around(page, frame);
  await page.screenshot({ path: file, fullPage: whole, ...(clip && { clip }) });
  if (statSync(file).size > largest) throw new Error(`${file} is larger than ${largest} bytes`);
}

async function around(page: Page, selector: string): Promise<Box | undefined> {
  const box = await page.locator(selector).first().boundingBox();
  if (!box) return undefined;
  const [width, height] = [box.width + 2 * MARGIN, box.height + 2 * MARGIN];
  return { x: box.x - MARGIN, y: box.y - MARGIN, width, height };
}

type Box = Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;

/** @returns the names of those that could not be taken */
async function takeAll(taking: Taking, pictures: readonly Picture[]): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const picture of pictures) {
    try {
      await take(taking, picture);
    } catch (error) {
      console.error(`${picture.name}: ${String(error)}`);
      failed.push(picture.name);
    }
  }
  return failed;
}

const [mode, folder = '', ...names] = process.argv.slice(2);
const every = mode === '--every';
if (mode !== undefined && (!every || folder === '')) throw new Error('usage: [--every <folder> [names ...]]');
const wanted = (every ? EVERY : OF_README).filter(
  ({ name }) => names.length === 0 || names.some((part) => name.includes(part)),
);
const into = every ? path.resolve(folder) : IMAGES;
mkdirSync(into, { recursive: true });
const site = await openSite();
try {
  const taking = { site, folder: into, largest: every ? Number.MAX_SAFE_INTEGER : LARGEST };
  const failed = await takeAll(taking, wanted);
  console.log(`${wanted.length - failed.length} of ${wanted.length} states taken into ${into}`);
  if (failed.length > 0) console.error(`not taken: ${failed.join(' ')}`);
  if (failed.length > 0 || wanted.length === 0) process.exitCode = 1;
} finally {
  await site.close();
}
