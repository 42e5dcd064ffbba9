import { escapeHtml, table } from './markup.js';

export interface Series {
  readonly name: string;
  /** One for each column. */
  readonly values: readonly number[];
}

export interface Chart {
  readonly title: string;
  readonly columns: readonly string[];
  readonly series: readonly Series[];
}

/** Pixels of the drawing's own system; it is scaled to the page. */
const WIDTH = 760;
const HEIGHT = 260;
const LEFT = 44;
const BOTTOM = 46;
const TOP = 10;
const ROW = 26;
const NAMES = 210;

/** Stacked columns, one for each month or the like. */
export function columnChart(chart: Chart): string {
  const highest = niceCeiling(Math.max(1, ...sums(chart)));
  const scale = (HEIGHT - TOP - BOTTOM) / highest;
  const step = (WIDTH - LEFT) / Math.max(1, chart.columns.length);
  const marks = stackedMarks(chart, (column, from, value) => ({
    x: LEFT + column * step + step * 0.12,
    y: HEIGHT - BOTTOM - (from + value) * scale,
    width: step * 0.76,
    height: value * scale,
  }));
  const every = Math.ceil(chart.columns.length / 12);
  const labels = chart.columns.map((name, column) =>
    column % every === 0 ? text(LEFT + (column + 0.5) * step, HEIGHT - BOTTOM + 18, name, 'middle') : '',
  );
  const lines = [0, 0.5, 1].map((part) => gridLine(HEIGHT - BOTTOM - part * highest * scale, highest * part));
  return figure(chart, HEIGHT, [...lines, ...marks, ...labels].join(''));
}

/** Stacked bars, one for each step or the like. */
export function barChart(chart: Chart): string {
  const longest = Math.max(1, ...sums(chart));
  const scale = (WIDTH - NAMES - 60) / longest;
  const marks = stackedMarks(chart, (row, from, value) => ({
    x: NAMES + from * scale,
    y: TOP + row * ROW + 3,
    width: value * scale,
    height: ROW - 8,
  }));
  const labels = chart.columns.map((name, row) => text(NAMES - 8, TOP + row * ROW + 16, name, 'end'));
  const ends = sums(chart).map((sum, row) =>
    text(NAMES + sum * scale + 6, TOP + row * ROW + 16, String(sum), 'start'),
  );
  return figure(chart, TOP * 2 + ROW * chart.columns.length, [...marks, ...labels, ...ends].join(''));
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

type Place = (column: number, from: number, value: number) => Rectangle;

function stackedMarks({ columns, series }: Chart, place: Place): readonly string[] {
  return columns.flatMap((column, at) => {
    let from = 0;
    return series.map(({ name, values }, index) => {
      const value = values[at] ?? 0;
      const mark =
        value === 0 ? '' : rectangle(place(at, from, value), index, `${column}, ${name}: ${value}`);
      from += value;
      return mark;
    });
  });
}

function rectangle({ x, y, width, height }: Rectangle, series: number, title: string): string {
  const [left, top, wide, high] = [x, y, width, height].map(round);
  return `<rect class="s${series % 9}" x="${left}" y="${top}" width="${wide}" height="${high}"><title>${escapeHtml(title)}</title></rect>`;
}

function text(x: number, y: number, words: string, anchor: string): string {
  return `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}">${escapeHtml(words)}</text>`;
}

function gridLine(y: number, value: number): string {
  return `<line x1="${LEFT}" x2="${WIDTH}" y1="${round(y)}" y2="${round(y)}"/>${text(LEFT - 6, y + 4, String(value), 'end')}`;
}

/** The drawing, what its colours mean, and the same figures as a table for whoever does not see it. */
function figure(chart: Chart, height: number, drawing: string): string {
  const { title, columns, series } = chart;
  const keys = series.map(
    ({ name }, index) => `<li><i class="s${index % 9}" aria-hidden="true"></i>${escapeHtml(name)}</li>`,
  );
  const rows = columns.map((column, at) => [column, ...series.map(({ values }) => String(values[at] ?? 0))]);
  return `<figure><figcaption><h3>${escapeHtml(title)}</h3></figcaption>
<div class="scroll" tabindex="0" role="region" aria-label="Chart: ${escapeHtml(title)}">
<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escapeHtml(`${title}; the same figures are in the table below`)}">${drawing}</svg></div>
<ul class="key">${keys.join('')}</ul>
<details><summary>Figures: ${escapeHtml(title)}</summary>${table(title, ['', ...series.map(({ name }) => name)], rows)}</details>
</figure>`;
}

function sums({ columns, series }: Chart): readonly number[] {
  return columns.map((_, at) => series.reduce((sum, { values }) => sum + (values[at] ?? 0), 0));
}

/** An even number of two digits at most, then zeros: half of it is whole, too. */
function niceCeiling(value: number): number {
  const unit = Math.max(2, 2 * 10 ** (Math.floor(Math.log10(value)) - 1));
  return Math.ceil(value / unit) * unit;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
