/**
 * How well and how fast report text is read: precision, recall and F1 for (finding, negated) and (finding, level,
 * negated) on labelled reports, per source and together, the errors that remain, and reports a second on one core.
 * Usage: npm run bench:text [-- <labelled reports, JSON Lines>]
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import {
  compilePhraseBook,
  readReport,
  type PhraseBook,
  type TextFinding,
} from '../src/report-text/index.js';

interface Label {
  readonly finding: string;
  readonly level: string | null;
  readonly negated: boolean;
  readonly optional?: boolean;
  readonly alt_levels?: readonly (string | null)[];
}

interface LabelledReport {
  readonly id: string;
  readonly source: string;
  readonly text: string;
  readonly findings: readonly Label[];
}

interface Count {
  right: number;
  wrong: number;
  missed: number;
}

const REPORTS = '../shared/data/lumbar-reports-dev.jsonl';
const MAPPINGS = 'fhir-mappings';
const SECONDS_OF_TIMING = 2;
const REPORT_LENGTH = 400;

function phraseBook(): PhraseBook {
  const files = readdirSync(MAPPINGS).filter((file) => file.startsWith('CodeSystem-'));
  return compilePhraseBook(
    files.map((file): unknown => JSON.parse(readFileSync(`${MAPPINGS}/${file}`, 'utf8'))),
  );
}

function signed(finding: Pick<Label, 'finding' | 'negated'>): string {
  return `${finding.negated ? 'no ' : ''}${finding.finding}`;
}

function placed(finding: Pick<Label, 'finding' | 'negated'>, level: string | null): string {
  return `${signed(finding)} @ ${level ?? '-'}`;
}

function levelsOf(label: Label): readonly (string | null)[] {
  return [label.level, ...(label.alt_levels ?? [])];
}

/** First figure: the set of findings with their sign, wherever they are. */
function scoreFindings(
  found: readonly TextFinding[],
  labels: readonly Label[],
): { count: Count; errors: string[] } {
  const required = new Set(labels.filter(({ optional }) => optional !== true).map(signed));
  const allowed = new Set(labels.map(signed));
  const read = new Set(found.map(signed));
  const wrong = [...read].filter((each) => !allowed.has(each));
  const missed = [...required].filter((each) => !read.has(each));
  const errors = [...wrong.map((each) => `wrong: ${each}`), ...missed.map((each) => `missed: ${each}`)];
  return {
    count: { right: required.size - missed.length, wrong: wrong.length, missed: missed.length },
    errors,
  };
}

/** Second figure: with levels. A finding without a level that is labelled with one is passed over. */
function scoreLevels(
  found: readonly TextFinding[],
  labels: readonly Label[],
): { count: Count; errors: string[] } {
  const read = new Set(found.map((finding) => placed(finding, finding.level)));
  const allowed = new Set(labels.flatMap((label) => levelsOf(label).map((level) => placed(label, level))));
  const named = new Set(labels.map(signed));
  const required = labels.filter(({ optional }) => optional !== true);
  const missed = required.filter((label) => !levelsOf(label).some((level) => read.has(placed(label, level))));
  const wrong = found.filter(
    (each) => !allowed.has(placed(each, each.level)) && (each.level !== null || !named.has(signed(each))),
  );
  const wrongOnes = [...new Set(wrong.map((each) => placed(each, each.level)))];
  const errors = [
    ...wrongOnes.map((each) => `wrong: ${each}`),
    ...missed.map((label) => `missed: ${placed(label, label.level)}`),
  ];
  return {
    count: { right: required.length - missed.length, wrong: wrongOnes.length, missed: missed.length },
    errors,
  };
}

function line(name: string, { right, wrong, missed }: Count): string {
  const precision = right / (right + wrong);
  const recall = right / (right + missed);
  const f1 = (2 * right) / (2 * right + wrong + missed);
  const figures = [precision, recall, f1].map((figure) => figure.toFixed(3));
  return `${name.padEnd(44)} precision ${figures[0] ?? ''}  recall ${figures[1] ?? ''}  F1 ${figures[2] ?? ''}`;
}

function add(counts: Map<string, Count>, name: string, count: Count): void {
  const sum = counts.get(name) ?? { right: 0, wrong: 0, missed: 0 };
  counts.set(name, {
    right: sum.right + count.right,
    wrong: sum.wrong + count.wrong,
    missed: sum.missed + count.missed,
  });
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

/** Reports of 400 characters a second of processor time, on texts cut from the reports themselves. */
function timing(texts: readonly string[], book: PhraseBook): number {
  const whole = texts.join('\n\n');
  const pieces = Array.from({ length: Math.floor(whole.length / REPORT_LENGTH) }, (_, index) =>
    whole.slice(index * REPORT_LENGTH, (index + 1) * REPORT_LENGTH),
  );
  const begin = process.cpuUsage();
  let read = 0;
  let seconds = 0;
  while (seconds < SECONDS_OF_TIMING) {
    for (const piece of pieces) readReport(piece, book);
    read += pieces.length;
    seconds = process.cpuUsage(begin).user / 1e6;
  }
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
  console.log(
    `${timing(
      reports.map(({ text }) => text),
      book,
    )} reports of ${REPORT_LENGTH} characters a second on one core`,
  );
} else {
  console.log(`No labelled reports at ${file}: nothing measured.`);
}
