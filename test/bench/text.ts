/**
 * How well and how fast report text is read: precision, recall and F1 for (finding, negated) and (finding, level,
 * negated) on labelled reports, per source and together, the errors that remain, and reports a second on one core.
 * Usage: npm run bench:text [-- <labelled reports, JSON Lines>]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type * as ReportText from '../../src/report-text/index.js';
import type { PhraseBook } from '../../src/report-text/index.js';
import { f1, scoreFindings, scoreLevels, sum, type Count, type LabelledReport } from './text-score.js';

/** The compiled reader, the one that is deployed; built before (npm run build). */
const READER = new URL('../../dist/report-text/index.js', import.meta.url).href;
const { compilePhraseBook, readReport } = (await import(READER)) as typeof ReportText;

const REPORTS = '../shared/data/lumbar-reports-dev.jsonl';
const MAPPINGS = 'fhir-mappings';
/** The engine goes on compiling for thousands of reports, in threads that are counted too. */
const SECONDS_OF_WARM_UP = 10;
const SECONDS_OF_TIMING = 4;
const REPORT_LENGTH = 400;
const MEGABYTE = 1_000_000;

function phraseBook(): PhraseBook {
  const files = readdirSync(MAPPINGS).filter((file) => file.startsWith('CodeSystem-'));
  return compilePhraseBook(
    files.map((file): unknown => JSON.parse(readFileSync(`${MAPPINGS}/${file}`, 'utf8'))),
  );
}

function line(name: string, count: Count): string {
  const precision = count.right / (count.right + count.wrong);
  const recall = count.right / (count.right + count.missed);
  const figures = [precision, recall, f1(count)].map((figure) => figure.toFixed(3));
  return `${name.padEnd(44)} precision ${figures[0] ?? ''}  recall ${figures[1] ?? ''}  F1 ${figures[2] ?? ''}`;
}

function add(counts: Map<string, Count>, name: string, count: Count): void {
  const before = counts.get(name);
  counts.set(name, before === undefined ? count : sum([before, count]));
}

function score(reports: readonly LabelledReport[], book: PhraseBook): void {
  const counts = new Map<string, Count>();
  for (const { id, source, text, findings } of reports) {
    const found = readReport(text, book).findings.filter(({ hypothetical }) => hypothetical !== true);
    const [first, second] = [scoreFindings(found, findings), scoreLevels(found, findings)];
    for (const part of [source, 'all']) {
      add(counts, `(finding, negated) ${part}`, first.count);
      add(counts, `(finding, level, negated) ${part}`, second.count);
    }
    for (const error of new Set([...first.errors, ...second.errors])) console.log(`${id}  ${error}`);
  }
  for (const name of [...counts.keys()].sort())
    console.log(line(name, counts.get(name) ?? { right: 0, wrong: 0, missed: 0 }));
}

/** Seconds of processor time that something takes. */
function secondsOf(work: () => void): number {
  const begin = process.cpuUsage();
  work();
  return process.cpuUsage(begin).user / 1e6;
}

/** Seconds for one text of a megabyte, made of the reports. */
function megabyte(texts: readonly string[], book: PhraseBook): number {
  const whole = texts.join('\n\n');
  const text = whole.repeat(Math.ceil(MEGABYTE / whole.length)).slice(0, MEGABYTE);
  return secondsOf(() => readReport(text, book));
}

/** Reports of 400 characters a second of processor time, once warm, on texts cut from the reports themselves. */
function timing(texts: readonly string[], book: PhraseBook): number {
  const whole = texts.join('\n\n');
  const pieces = Array.from({ length: Math.floor(whole.length / REPORT_LENGTH) }, (_, index) =>
    whole.slice(index * REPORT_LENGTH, (index + 1) * REPORT_LENGTH),
  );
  const round = (): void => {
    for (const piece of pieces) readReport(piece, book);
  };
  for (let seconds = 0; seconds < SECONDS_OF_WARM_UP;) seconds += secondsOf(round);
  let [read, seconds] = [0, 0];
  for (; seconds < SECONDS_OF_TIMING; read += pieces.length) seconds += secondsOf(round);
  return Math.round(read / seconds);
}

function isReport(value: unknown): value is LabelledReport {
  return typeof value === 'object' && value !== null && 'text' in value && 'findings' in value;
}

const file = process.argv[2] ?? REPORTS;
if (existsSync(file)) {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((each) => each.trim() !== '');
  const reports = lines.map((each): unknown => JSON.parse(each)).filter(isReport);
  const book = phraseBook();
  score(reports, book);
  const texts = reports.map(({ text }) => text);
  console.log(`${timing(texts, book)} reports of ${REPORT_LENGTH} characters a second on one core`);
  console.log(`${megabyte(texts, book).toFixed(2)} s for one text of a megabyte`);
} else {
  console.log(`No labelled reports at ${file}: nothing measured.`);
}
