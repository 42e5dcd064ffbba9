/**
 * Every suite once, one after the other, so that the server of one does not slow the deadlines of another: jest.config.js
 * (Node only), then each test/<suite>/jest.config.js, whose tools test/install-tools.sh installs where it can.
 * node test/all.mjs [folder for jest's reports]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { sumReports, toLine } from './results.mjs';

const project = fileURLToPath(new URL('..', import.meta.url));
const reports = path.resolve(process.argv[2] ?? mkdtempSync(path.join(tmpdir(), 'jest-reports-')));
mkdirSync(reports, { recursive: true });

function run(command, ...args) {
  return spawnSync(command, args, { cwd: project, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0;
}

function runSuite({ name, config }) {
  console.log(`\n== ${name}`);
  if (name !== 'node' && !run(path.join(project, 'test/install-tools.sh'), name)) return false;
  const report = path.join(reports, `${name}.json`);
  const jest = path.join(project, 'node_modules/jest/bin/jest.js');
  return run(
    process.execPath,
    '--experimental-vm-modules',
    jest,
    '--config',
    config,
    '--json',
    '--outputFile',
    report,
  );
}

const suites = readdirSync(path.join(project, 'test'))
  .map((name) => ({ name, config: `test/${name}/jest.config.js` }))
  .filter(({ config }) => existsSync(path.join(project, config)));
const broken = [{ name: 'node', config: 'jest.config.js' }, ...suites].filter((suite) => !runSuite(suite));

if (broken.length > 0) {
  console.log(`\nfailed: ${broken.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
console.log(toLine(sumReports(reports)));
