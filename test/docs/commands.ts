import { mkdtempSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The commands of a page's `sh` blocks, in order: lines that end in a backslash joined, remarks left out. */
export function commandsOf(path: string): readonly string[] {
  const lines: string[] = [];
  let language: string | undefined;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    const fence = /^ *```(\w*)/.exec(line);
    if (fence) language = language === undefined ? (fence[1] ?? '') : undefined;
    else if (language === 'sh') lines.push(line.replace(/(^|\s{2,})#.*$/, '').trim());
  }
  return lines
    .join('\n')
    .replaceAll(/\s*\\\n\s*/g, ' ')
    .split('\n')
    .filter((line) => line !== '');
}

/** Every page that tells a reader to run something. */
export function pages(): readonly string[] {
  const below = (folder: string): readonly string[] =>
    readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
      .map((entry) => join(entry.parentPath, entry.name));
  const top = readdirSync('.').filter((name) => name.endsWith('.md'));
  return [...top, ...below('docs'), ...below('deploy')];
}

/** A folder in which the commands of the pages can be run as at the top of a clone, and write without a trace. */
export function cloneLike(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-clone-'));
  for (const name of readdirSync('.').filter((one) => one !== '.git'))
    symlinkSync(resolve(name), join(folder, name));
  return folder;
}

/** As in a terminal: npm tells what it runs for, and npx would take its packages from there. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
}
