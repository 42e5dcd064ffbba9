import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Request, Response } from 'express';

/** One file of the pages, as it is sent. */
export interface Asset {
  readonly type: string;
  readonly etag: string;
  readonly body: Buffer;
  /** The same compressed: once, when first asked for, so that no start waits for pages. */
  readonly gzipped: () => Buffer;
}

export type Assets = ReadonlyMap<string, Asset>;

/** The files stay under src/; this holds from src/ and from dist/ alike. */
const STATIC = fileURLToPath(new URL('../../src/web/static', import.meta.url));

/** Libraries of the pages, by the path the pages import them from. */
const LIBRARIES = {
  'vendor/lit-html.js': '../../node_modules/lit-html/lit-html.js',
  'vendor/markdown-it.js': '../../node_modules/markdown-it/dist/browser/markdown-it.esm.min.mjs',
};

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** In a page: in place of this line stands that file, which is part of pages and none by itself. */
const PART = /^ *<!-- ([a-z-]+\.html) -->$/gm;

let loaded: Assets | undefined;

/**
 * The static files, read once, by their path below src/web/static; files of other kinds are left out.
 * @throws Error when a library is not installed
 */
export function loadAssets(): Assets {
  return (loaded ??= readAssets());
}

function readAssets(): Assets {
  const own = readdirSync(STATIC, { recursive: true, encoding: 'utf8' })
    .filter((file) => TYPES[path.extname(file)] !== undefined)
    .map((file): [string, Asset] => [file.split(path.sep).join('/'), toAsset(path.join(STATIC, file))]);
  const libraries = Object.entries(LIBRARIES).map(([name, file]): [string, Asset] => [
    name,
    toAsset(fileURLToPath(new URL(file, import.meta.url)), '.js'),
  ]);
  return new Map([...own, ...libraries]);
}

function toAsset(file: string, extension = path.extname(file)): Asset {
  const type = TYPES[extension] ?? 'application/octet-stream';
  return assetOf(extension === '.html' ? wholePage(file) : readFileSync(file), type);
}

function wholePage(file: string): Buffer {
  const text = readFileSync(file, 'utf8');
  const partOf = (_line: string, part: string): string =>
    readFileSync(path.join(STATIC, part), 'utf8').trimEnd();
  return Buffer.from(text.replaceAll(PART, partOf));
}

/** Bytes as they are sent, with their digest as ETag. */
export function assetOf(body: Buffer, type: string): Asset {
  let compressed: Buffer | undefined;
  return {
    type,
    etag: `"${createHash('sha256').update(body).digest('base64url')}"`,
    body,
    gzipped: () => (compressed ??= gzipSync(body, { level: 9 })),
  };
}

/** Sends one file: 304 where the browser has it, compressed where the browser takes it. */
export function sendAsset(asset: Asset, request: Request, response: Response): void {
  response.set({ etag: asset.etag, vary: 'Accept-Encoding' });
  if (!response.hasHeader('cache-control')) response.set('cache-control', 'no-cache');
  if (request.get('if-none-match') === asset.etag) {
    response.status(304).end();
    return;
  }
  const compressed = /\bgzip\b/.test(request.get('accept-encoding') ?? '');
  response.set('content-type', asset.type);
  if (compressed) response.set('content-encoding', 'gzip');
  response.end(compressed ? asset.gzipped() : asset.body);
}
