import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startService, type ServiceProcess } from '../records/service-process.js';
import { cloneLike, commandsOf, pages, plainEnvironment } from './commands.js';

/**
 * Every command that a page tells a reader to run is run: here, or where this table says, by the words that stand
 * there. What cannot be run without a container engine, a cluster or the registry's own service is named as such.
 */
const ELSEWHERE: readonly (readonly [RegExp, string, string])[] = [
  [/^npm ci$/, '.ci/run', 'npm ci'],
  [/^npm ci && npm test$/, '.ci/run', 'npm test'],
  [/^npm (test|run test:all)$/, '.ci/run', 'npm run test:all'],
  [/^npm run (lint|typecheck|build)$/, '.ci/run', 'npm run lint'],
  [/^npm start$/, 'test/start.test.ts', 'dist/main.js'],
  [/^npm run dev$/, 'test/records/service-process.ts', 'src/main.ts'],
  [/^docker (build|run) /, 'test/deploy/containers.test.ts', 'Dockerfile'],
  [/^npm run replay:generate /, 'test/replay/replay.test.ts', 'generat'],
  [/^npx stepwise-cds replay \S+ --out=\S+( --rfa)?$/, 'test/replay/replay-process.ts', "'replay'"],
  [/^BULK_CLIENT_ID=.* npx stepwise-cds replay https:/, 'test/fhir/bulk.test.ts', 'BULK_CLIENT_ID'],
  [
    /^(export DATABASE_URL=.*|npx stepwise-cds replay .*--(worker|queue))$/,
    'test/postgres/replay.test.ts',
    '--queue',
  ],
  [/^kubectl /, 'test/deploy/kubernetes.test.ts', 'deploy/kubernetes'],
];
/** They measure, for minutes, or ask somebody on the network. */
const BY_HAND = /^(npm run (bench|soak)[\w:]*|npm audit .*|FHIR_SERVERS=https:.* npm start)( |$)/;
/** Run against a real HAPI FHIR server, whole and in order. */
const WITH_HAPI = 'docs/integration/README.md';

const isRunHere = (command: string): boolean =>
  !BY_HAND.test(command) && !ELSEWHERE.some(([pattern]) => pattern.test(command));
const commands = pages()
  .filter((page) => page !== WITH_HAPI)
  .flatMap((page) => commandsOf(page).map((command) => [page, command] as const));

let service: ServiceProcess;
const clone = cloneLike();
beforeAll(async () => {
  service = await startService({ DATA_DIR: mkdtempSync(join(tmpdir(), 'stepwise-')), LOG_LEVEL: 'error' });
});
afterAll(() => service.stop());

test('the pages tell what to run', () => {
  expect(commands.length).toBeGreaterThan(15);
});

test.each(commands.filter(([, command]) => isRunHere(command)))('%s: %s', (_page, command) => {
  // npm looks at what is installed, behind no link.
  const cwd = command.startsWith('npm ') ? '.' : clone;
  const script = command.replaceAll('http://127.0.0.1:3000', service.url);
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    ...{ cwd, encoding: 'utf8', timeout: 240_000, maxBuffer: 2 ** 26 },
    env: { ...plainEnvironment(), DEADLINE_MS: '60000' },
  });
  expect({ status, stderr: status === 0 ? '' : stderr.slice(0, 2_000) }).toEqual({ status: 0, stderr: '' });
  if (command.startsWith('curl') && !command.includes('>')) expect(stdout).toMatch(/^\{"cards":\[\{/);
});

test.each(ELSEWHERE)('%s is run by %s', (pattern, file, words) => {
  if (!commands.some(([, command]) => pattern.test(command))) return;
  expect(readFileSync(file, 'utf8')).toContain(words);
});
