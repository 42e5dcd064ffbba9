/** What the build makes of the service: few files, what a usual call does not need left for later, all of it working. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { pdf } from './report-text/pdf.js';

/** Files read before the first line of the service runs: what dist/main.js imports, and what that imports. */
function readAtStart(file = 'main.js', seen: readonly string[] = []): readonly string[] {
  if (seen.includes(file)) return seen;
  const imports = /^(?:import|export)\s[^;]*?"(?<from>[^"]+)";$/gm;
  const from = [...readFileSync(`dist/${file}`, 'utf8').matchAll(imports)].map(
    ({ groups }) => groups?.['from'] ?? '',
  );
  const files = from.filter((one) => one.startsWith('./')).map((one) => one.slice(2));
  return files.reduce<readonly string[]>((all, one) => readAtStart(one, all), [...seen, file]);
}

/** The packages whose code is in these files, by the names that the bundler leaves. */
function packagesIn(files: readonly string[]): ReadonlySet<string> {
  const text = files.map((file) => readFileSync(`dist/${file}`, 'utf8')).join('\n');
  return new Set(
    [...text.matchAll(/^\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)/gm)].map(([, name]) => name ?? ''),
  );
}

describe('a start of the built service', () => {
  const files = readAtStart();

  test('reads few files, with the libraries in them', () => {
    expect(files.length).toBeLessThan(20);
    expect(packagesIn(files)).toContain('express');
  });

  test('leaves for later what no call with everything prefetched needs', () => {
    const loaded = packagesIn(files);
    const later = ['undici', 'fhir-kit-client', 'pg', 'jose', 'ajv'];
    expect(later.filter((name) => loaded.has(name))).toEqual([]);
    const texts = files.map((file) => readFileSync(`dist/${file}`, 'utf8'));
    expect(
      texts.filter((text) => /^import .*"(?:unpdf|tinypool|@electric-sql\/pglite)"/m.test(text)),
    ).toEqual([]);
  });
});

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

/** Starts it with nothing but these settings; gives its log and, once it listens, its address. */
async function start(settings: Readonly<Record<string, string>>): Promise<{ log: string[]; url: string }> {
  const env = { PATH: process.env['PATH'] ?? '', PORT: '0', DEADLINE_MS: '15000', ...settings };
  const child = spawn('node', ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  started.push(child);
  const log: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    log.push(line);
    const told = line.startsWith('{') ? (JSON.parse(line) as { event?: string; url?: string }) : {};
    if (told.event === 'server.listening') return { log, url: told.url ?? '' };
  }
  throw new Error('it did not start');
}

/** The same chart with each report in plain text as a PDF. */
function withPdfs(value: unknown, made: string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => withPdfs(one, made));
  if (typeof value !== 'object' || value === null) return value;
  const { contentType, data, ...rest } = value as Record<string, unknown>;
  if (typeof data === 'string' && String(contentType).startsWith('text/plain')) {
    const lines = Buffer.from(data, 'base64').toString().split('\n');
    made.push(lines[0] ?? '');
    return { ...rest, contentType: 'application/pdf', data: Buffer.from(pdf(lines)).toString('base64') };
  }
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, withPdfs(one, made)]));
}

test('the built service reads reports that are PDFs, in a thread with a file of its own', async () => {
  const { url } = await start({});
  const request: unknown = await (await fetch(`${url}/sandbox/order-sign/article?prefetch=all`)).json();
  const reports: string[] = [];
  const body = JSON.stringify(withPdfs(request, reports));
  expect(reports).not.toEqual([]);
  const headers = { 'content-type': 'application/json' };
  const path = '/cds-services/sij-neurectomy-review';
  const answer = await (await fetch(url + path, { method: 'POST', headers, body })).text();
  expect(answer).toMatch(/L5-S1 foraminal stenosis; L3-L4 spondylolisthesis with pars defect/);
});
