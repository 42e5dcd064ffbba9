/** `stepwise-cds replay` as a process of its own, compiled, as a site runs it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ReplayReport } from '../../src/replay/report/summary.js';

export const KEY = 'a site key of more than 32 characters';

export interface Ended {
  readonly status: number | null;
  readonly stderr: string;
}

export interface ReplayProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it has said so far. */
  readonly said: () => string;
}

export function startReplay(
  words: readonly string[],
  settings: Readonly<Record<string, string>> = {},
): ReplayProcess {
  const env = { PATH: process.env['PATH'], RECORDS_KEY: KEY, ...settings };
  const child = spawn(process.execPath, ['dist/cli.js', 'replay', ...words], {
    ...{ env, stdio: ['ignore', 'ignore', 'pipe'] },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (status) => {
      resolve({ status, stderr });
    });
  });
  return { child, ended, said: () => stderr };
}

export function runReplay(
  words: readonly string[],
  settings?: Readonly<Record<string, string>>,
): Promise<Ended> {
  return startReplay(words, settings).ended;
}

export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), 'stepwise-replay-'));
}

export function reportIn(folder: string): ReplayReport {
  return JSON.parse(readFileSync(path.join(folder, 'report.json'), 'utf8')) as ReplayReport;
}

/** By name, the digest of everything that was written: a difference must not fill a screen. */
export function filesIn(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder).sort();
  return Object.fromEntries(names.map((name) => [name, digestOf(readFileSync(path.join(folder, name)))]));
}

function digestOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Writes resources, or lines as they are, as one NDJSON file. */
export function writeNdjson(folder: string, name: string, lines: readonly (object | string)[]): void {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line)));
  writeFileSync(path.join(folder, name), `${text.join('\n')}\n`);
}
