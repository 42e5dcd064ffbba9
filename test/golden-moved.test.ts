import { SERVICES } from './golden-case.js';
import { answering, searchedCases, unchanged } from './golden-change.js';

/** The same record and call some years later, by fours, so that every month keeps its length: the same, years later. */
const YEARS = 4;
const YEAR = /(?<![\d.])20[0-3]\d(?=$|[-/.,;:)T"\s])/g;

function later(text: string): string {
  return text.replaceAll(YEAR, (year) => String(Number(year) + YEARS));
}

/** Every date in a value, those in the words of its files too. */
function moved<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_key, part: unknown) => {
    if (typeof part === 'string') return later(part);
    return isFile(part) ? { ...part, data: encoded(later(decoded(part.data))) } : part;
  }) as T;
}

const decoded = (data: string) => Buffer.from(data, 'base64').toString();
const encoded = (text: string) => Buffer.from(text).toString('base64');

function isFile(part: unknown): part is { readonly data: string } {
  const { contentType, data } = (part ?? {}) as { readonly contentType?: unknown; readonly data?: unknown };
  return typeof contentType === 'string' && /text|rtf/i.test(contentType) && typeof data === 'string';
}

describe.each(SERVICES)('%s: all dates moved, the day of the call with them', (service) => {
  const charts = searchedCases(service).map(({ chart }) => chart);
  const now = answering(service, charts);
  const then = answering(service, charts.map(moved), later('2026-03-20'));
  afterAll(() => Promise.all([now.close(), then.close()]));

  test.each(charts.map(({ patientId }) => patientId))('%s', async (patientId) => {
    const { orders } = await now.answerTo(patientId, unchanged);
    expect((await then.answerTo(later(patientId), unchanged)).orders).toEqual(moved(orders));
  });
});
