/** What the build makes of the service: one file, what a usual call does not need left for later, all of it working. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { pdf } from './report-text/pdf.js';

/** What src/main.ts imports, and what that imports, as far as it is run before the first line of the service. */
function importedAtStart(file = 'src/main.ts', seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(file)) return seen;
  seen.add(file);
  const imports = /^(?:import|export)\s(?!type\s)[^;]*?'(?<from>[^']+)'/gm;
  for (const { groups } of readFileSync(file, 'utf8').matchAll(imports)) {
    const from = groups?.['from'] ?? '';
    if (/^\..*\.js$/.test(from))
      importedAtStart(path.join(path.dirname(file), from.replace(/\.js$/, '.ts')), seen);
    else seen.add(from);
  }
  return seen;
}

describe('a start of the built service', () => {
  test('leaves for later what no call with everything prefetched needs', () => {
    const imported = importedAtStart();
    expect([...imported]).toEqual(expect.arrayContaining(['express', 'src/call-service.ts']));
    const later = ['fhir-kit-client', 'pg', 'jose', 'ajv', 'unpdf', 'tinypool', '@electric-sql/pglite'];
    expect(later.filter((name) => imported.has(name))).toEqual([]);
  });

  test('finds the libraries in one file, of letters that take a byte each', () => {
    const file = readFileSync('dist/service.cjs');
    expect(file.includes('node_modules/express/')).toBe(true);
    expect(file.some((byte) => byte > 0x7f)).toBe(false);
    expect(readFileSync('dist/main.js', 'utf8')).not.toMatch(/express/);
  });

  test('takes over what the engine made of it when it was built, with the options of npm start', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { start: string } };
    const options = scripts.start.split(' ').filter((word) => word.startsWith('--'));
    const load = `import('./dist/service-code.js').then(({ runService }) => {
      console.error('rejected:', runService().cachedDataRejected); process.exit(); })`;
    const { stderr } = spawnSync('node', [...options, '--eval', load], { encoding: 'utf8' });
    expect(stderr).toMatch(/rejected: false/);
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
