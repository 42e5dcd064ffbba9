import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type ServiceProcess } from '../records/service-process.js';

/** Each request of docs/integration/requests.http against a running service, with what it says it expects. */
const FILE = readFileSync('docs/integration/requests.http', 'utf8');

interface Request {
  readonly title: string;
  readonly expects: { readonly status: number; readonly cards: boolean };
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** The parts of the format that the file uses: `@name = value`, `###` between requests, `#` before a request line. */
function requestsOf(text: string, settings: Readonly<Record<string, string>>): readonly Request[] {
  const [head = '', ...sections] = text.split(/^### */m);
  const variables = new Map(
    [...head.matchAll(/^@(\w+) *= *(.+)$/gm)].map(([, name = '', value = '']) => [name, value]),
  );
  for (const [name, value] of Object.entries(settings)) variables.set(name, value);
  const resolve = (part: string): string =>
    /\{\{\w+\}\}/.test(part)
      ? resolve(part.replaceAll(/\{\{(\w+)\}\}/g, (_all, name: string) => variables.get(name) ?? ''))
      : part;
  return sections.map((section) => toRequest(resolve(section)));
}

function toRequest(section: string): Request {
  const [top = '', ...bodies] = section.split(/\n\n/);
  const [title = '', expects = '', requestLine = '', ...headerLines] = top.split('\n');
  const [method = '', url = ''] = requestLine.split(' ');
  const headers = headerLines
    .filter((line) => line.includes(': '))
    .map((line) => line.split(': ', 2) as [string, string]);
  return {
    ...{ title, method, url, headers: Object.fromEntries(headers), body: bodies.join('\n\n').trim() },
    expects: {
      status: Number(/^# expects (\d+)/.exec(expects)?.[1]),
      cards: /^# expects \d+ cards$/.test(expects),
    },
  };
}

let service: ServiceProcess;
beforeAll(async () => {
  service = await startService({ DATA_DIR: mkdtempSync(join(tmpdir(), 'stepwise-')) });
});
afterAll(() => service.stop());

const titles = requestsOf(FILE, {}).map(({ title }) => title);

test('the collection holds the requests of a first day', () => {
  expect(titles.length).toBeGreaterThanOrEqual(8);
});

test.each(titles.map((title, index) => [title, index] as const))('%s', async (_title, index) => {
  const request = requestsOf(FILE, { service: service.url })[index];
  if (!request) throw new Error('the file changed');
  const { method, url, headers, body, expects } = request;
  const response = await fetch(url, { method, headers, ...(body !== '' && { body }) });
  const answer = (await response.json()) as { readonly cards?: readonly unknown[] };
  expect(response.status).toBe(expects.status);
  if (expects.cards) expect(answer.cards?.length).toBeGreaterThan(0);
});
