import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/** A table on the screen, and the figures as JSON in test/bench/results. */
export function report(name: string, columns: readonly string[], rows: readonly (readonly string[])[]): void {
  const table = [columns, columns.map(() => '---'), ...rows];
  const widths = columns.map((_, index) => Math.max(...table.map((row) => row[index]?.length ?? 0)));
  console.log(`\n${name}\n`);
  for (const row of table) {
    const cells = row.map((cell, index) =>
      index === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[index] ?? 0),
    );
    console.log(`| ${cells.join(' | ')} |`);
  }
}

/** Keeps what was measured beside the machine it was measured on. */
export function keep(name: string, figures: object): void {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const machine = { date: new Date().toISOString(), node: process.version, cores: availableParallelism() };
  writeFileSync(new URL(`${name}.json`, folder), `${JSON.stringify({ ...machine, ...figures }, null, 2)}\n`);
}

/** 1 digit below 100, none above. */
export function digits(value: number): string {
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
