import { readFileSync } from 'node:fs';
import { f1, scoreFindings, scoreLevels, sum, type LabelledReport } from '../../bench/text-score.js';
import {
  readReport,
  type ReportReading,
  type TextIntervention,
  type TextRelief,
} from '../../src/report-text/index.js';
import { book } from './book.js';

/** Reports and notes written and labelled before their author saw the reader. */
function lines(name: string): unknown[] {
  const file = new URL(`./fixtures/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe('lumbar reports written without sight of the reader', () => {
  const reports = lines('unseen-lumbar') as LabelledReport[];

  describe.each(['terse', 'dictation'])('%s', (style) => {
    const scored = reports
      .filter(({ source }) => source === style)
      .map(({ text, findings }) => {
        const found = readReport(text, book).findings.filter(({ hypothetical }) => hypothetical !== true);
        return { first: scoreFindings(found, findings), second: scoreLevels(found, findings) };
      });

    test('F1 of (finding, negated) is at least 0.95', () =>
      expect(f1(sum(scored.map(({ first }) => first.count)))).toBeGreaterThanOrEqual(0.95));

    test('F1 of (finding, level, negated) is at least 0.90', () =>
      expect(f1(sum(scored.map(({ second }) => second.count)))).toBeGreaterThanOrEqual(0.9));
  });
});

type OneOf<T> = T | readonly T[];

interface ExpectedIntervention {
  kind: string;
  status: OneOf<string>;
  optional?: boolean;
  levels?: string[];
  laterality?: string;
  technique?: string;
  drug?: string;
  date?: string;
  relief?: OneOf<Pick<TextRelief, 'low' | 'high' | 'ofIndexPain'>>;
  reliefDuration?: OneOf<string | null>;
}

interface ExpectedCare {
  care: string;
  status: OneOf<string>;
  optional?: boolean;
  weeks?: number;
  visits?: number;
}

interface LabelledNote {
  id: string;
  text: string;
  interventions: ExpectedIntervention[];
  provocation: { test: string; result: string; laterality?: string }[];
  provocationCounts: { positive: number; of: number }[];
  care: ExpectedCare[];
  statements: string[];
}

function oneOf<T>(expected: OneOf<T>, found: T): boolean {
  return (Array.isArray(expected) ? (expected as T[]) : [expected as T]).includes(found);
}

const PERCENT_TOLERANCE = 1;

function reliefAgrees({ relief: expected }: ExpectedIntervention, found: TextRelief | undefined): boolean {
  if (expected === undefined) return found === undefined;
  return [expected]
    .flat()
    .some(
      ({ low, high, ofIndexPain }) =>
        found !== undefined &&
        Math.abs(low - found.low) <= PERCENT_TOLERANCE &&
        Math.abs(high - found.high) <= PERCENT_TOLERANCE &&
        (ofIndexPain === undefined || ofIndexPain === found.ofIndexPain),
    );
}

function agrees(expected: ExpectedIntervention, found: TextIntervention): boolean {
  const { relief } = found;
  const plain = (['laterality', 'technique', 'drug', 'date'] as const).every(
    (name) => expected[name] === undefined || expected[name] === found[name],
  );
  const duration = expected.reliefDuration;
  return (
    expected.kind === found.kind &&
    oneOf(expected.status, found.status) &&
    (expected.levels === undefined || expected.levels.join() === found.levels.join()) &&
    plain &&
    (expected.optional === true || reliefAgrees(expected, relief)) &&
    (duration === undefined || oneOf<string | null>(duration, relief?.duration ?? null))
  );
}

/** Everything in which a reading differs from the labels, as short lines. */
function differences(note: LabelledNote, reading: ReportReading): string[] {
  const missed = note.interventions
    .filter(({ optional }) => optional !== true)
    .filter((each) => !reading.interventions.some((found) => agrees(each, found)));
  const extra = reading.interventions.filter(
    (found) => !note.interventions.some((each) => agrees(each, found)),
  );
  const careMissed = note.care.filter(
    ({ care, status, weeks, visits, optional }) =>
      optional !== true &&
      !reading.care.some(
        (found) =>
          found.care === care &&
          oneOf(status, found.status) &&
          (weeks === undefined || weeks === found.weeks) &&
          (visits === undefined || visits === found.visits),
      ),
  );
  const careExtra = reading.care.filter((found) => !note.care.some(({ care }) => care === found.care));
  return [
    ...missed.map((each) => `missed ${each.kind}`),
    ...extra.map(({ kind, status }) => `wrong ${kind} ${status}`),
    ...careMissed.map(({ care }) => `missed ${care}`),
    ...careExtra.map(({ care, status }) => `wrong ${care} ${status}`),
  ];
}

describe('procedure and clinic notes written without sight of the reader', () => {
  const notes = lines('unseen-notes') as LabelledNote[];

  test.each(notes)('$id: $text', (note) => {
    const reading = readReport(note.text, book);
    const provocation = reading.provocation.map(({ test: name, result, laterality }) => ({
      test: name,
      result,
      ...(laterality !== null && { laterality }),
    }));
    const counts = reading.provocationCounts.map(({ positive, of }) => ({ positive, of }));

    expect(differences(note, reading)).toEqual([]);
    expect(provocation).toEqual(note.provocation);
    expect(counts).toEqual(note.provocationCounts);
    expect([...new Set(reading.statements.map(({ id }) => id))]).toEqual(note.statements);
  });
});
