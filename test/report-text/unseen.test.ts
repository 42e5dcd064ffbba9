import { readFileSync } from 'node:fs';
import { f1, scoreFindings, scoreLevels, sum, type Count, type LabelledReport } from '../bench/text-score.js';
import { readReport, type ReportReading } from '../../src/report-text/index.js';
import { book } from './book.js';
import { agrees, oneOf, type ExpectedIntervention, type OneOf } from './expected-intervention.js';

/** Reports and notes written and labelled before their author saw the reader. */
function lines(name: string): unknown[] {
  const file = new URL(`./fixtures/${name}.jsonl`, import.meta.url);
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
}

describe.each(['unseen-lumbar', 'other-hands-lumbar', 'fresh-reports'])(
  'reports written without sight of the reader: %s',
  (file) => {
    const reports = lines(file) as LabelledReport[];

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
  },
);

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

/**
 * Written and labelled before each was first read. Of the procedures, all details were right at first run in 0.61
 * (other-hands), 0.67 (fresh-notes-1), 0.56 (fresh-notes-2, the hardest) 0.73 (fresh-notes-3) and 0.76
 * (fresh-notes-4); what is asserted is what has been read since, so that it stays read.
 */
describe.each([
  ['other-hands-notes', 0.92, 0.95],
  ['fresh-notes-1', 0.95, 0.9],
  ['fresh-notes-2', 0.75, 0.4],
  ['fresh-notes-3', 0.9, 0.95],
  ['fresh-notes-4', 0.85, 0.95],
])('notes of other hands as a whole: %s', (file, procedures, tests) => {
  const notes = lines(file) as Pick<LabelledNote, 'text' | 'interventions' | 'provocation'>[];

  function count({ text, interventions }: (typeof notes)[number]): Count {
    const found = readReport(text, book).interventions;
    const required = interventions.filter(({ optional }) => optional !== true);
    const right = required.filter((each) => found.some((one) => agrees(each, one))).length;
    const wrong = found.filter((one) => !interventions.some((each) => agrees(each, one))).length;
    return { right, wrong, missed: required.length - right };
  }

  test(`F1 of procedures with all that is told of them is at least ${procedures}`, () =>
    expect(f1(sum(notes.map(count)))).toBeGreaterThanOrEqual(procedures));

  test(`F1 of provocation tests with result and side is at least ${tests}`, () => {
    const signs = (
      tests: readonly { test: string; result: string; laterality?: string | null }[],
    ): string[] => tests.map(({ test: name, result, laterality }) => `${name} ${result} ${laterality ?? ''}`);
    const counts = notes.map(({ text, provocation }) => {
      const [read, expected] = [signs(readReport(text, book).provocation), signs(provocation)];
      const right = expected.filter((each) => read.includes(each)).length;
      return { right, wrong: read.length - right, missed: expected.length - right };
    });
    expect(f1(sum(counts))).toBeGreaterThanOrEqual(tests);
  });
});
