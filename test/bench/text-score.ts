import type { TextFinding } from '../../src/report-text/index.js';

/** How labelled reports are scored. Rules: the README beside the labelled reports of the development set. */

/** What a reader of the report found. `optional` is neither rewarded nor punished; `alt_levels` count as well. */
export interface Label {
  readonly finding: string;
  readonly level: string | null;
  readonly negated: boolean;
  readonly optional?: boolean;
  readonly alt_levels?: readonly (string | null)[];
}

export interface LabelledReport {
  readonly id: string;
  readonly source: string;
  readonly text: string;
  readonly findings: readonly Label[];
}

export interface Count {
  readonly right: number;
  readonly wrong: number;
  readonly missed: number;
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
export function scoreFindings(
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
export function scoreLevels(
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

/** Counts of several reports as one. */
export function sum(counts: readonly Count[]): Count {
  return {
    right: counts.reduce((total, { right }) => total + right, 0),
    wrong: counts.reduce((total, { wrong }) => total + wrong, 0),
    missed: counts.reduce((total, { missed }) => total + missed, 0),
  };
}

/** Harmonic mean of precision and recall. */
export function f1({ right, wrong, missed }: Count): number {
  return (2 * right) / (2 * right + wrong + missed);
}
