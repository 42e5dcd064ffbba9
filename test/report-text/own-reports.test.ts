import { readFileSync } from 'node:fs';
import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

describe('own labelled reports, in both styles', () => {
  interface Label {
    finding: string;
    level: string | null;
    negated: boolean;
    optional?: boolean;
  }
  interface Report {
    source: string;
    text: string;
    findings: Label[];
  }
  const file = new URL('./fixtures/own-reports.jsonl', import.meta.url);
  const reports = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((each) => JSON.parse(each) as Report);

  test.each(['terse', 'dictation'])('%s: F1 of (finding, level, negated) is at least 0.97', (source) => {
    let [right, wrong, missed] = [0, 0, 0];
    for (const { text, findings } of reports.filter((report) => report.source === source)) {
      const name = (each: { finding: string; level: string | null; negated: boolean }): string =>
        `${each.finding} ${each.level ?? '-'} ${String(each.negated)}`;
      const found = new Set(
        readReport(text, book)
          .findings.filter(({ hypothetical }) => !hypothetical)
          .map(name),
      );
      const required = findings.filter(({ optional }) => !optional).map(name);
      const allowed = new Set(findings.map(name));
      right += required.filter((each) => found.has(each)).length;
      missed += required.filter((each) => !found.has(each)).length;
      wrong += [...found].filter((each) => !allowed.has(each) && !each.includes(' - ')).length;
    }
    expect((2 * right) / (2 * right + wrong + missed)).toBeGreaterThanOrEqual(0.97);
  });
});
