import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { periodOf } from '../../src/cli/options.js';
import { reportAsText } from '../../src/cli/report.js';
import type { Report } from '../../src/records/report.types.js';
import { acceptedFeedback, cardsOf, SERVICE, startService } from '../records/service-process.js';
import { stepwise } from './stepwise.js';

const version = { policy: 'sij', version: '1.0.0', digest: 'abcdef01' };
const EMPTY: Report = {
  ...{ since: '2026-03-01T00:00:00.000Z', until: '2026-04-01T00:00:00.000Z' },
  ...{ activity: [], cards: [], overrideReasons: [], decisions: [], shadow: [], missingData: [] },
  ...{ latency: { calls: 0, p50: 0, p95: 0, p99: 0 }, unknownCards: 0, lostRecords: 0 },
};

describe('the period of a report', () => {
  const now = new Date('2026-03-31T12:00:00Z');

  test.each([
    ['the last 30 days', [], '2026-03-01T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
    ['--days', ['--days=1'], '2026-03-30T12:00:00.000Z', '2026-03-31T12:00:00.000Z'],
    [
      'days with both ends',
      ['--since=2026-02-01', '--until=2026-02-28'],
      '2026-02-01T00:00:00.000Z',
      '2026-03-01T00:00:00.000Z',
    ],
    ['from a day on', ['--since=2026-02-01'], '2026-02-01T00:00:00.000Z', '2026-03-31T12:00:00.000Z'],
  ])('%s', (_name, words, since, until) => {
    expect(periodOf(words, now)).toEqual({ since, until });
  });

  test.each([
    ['--days=0'],
    ['--days=x'],
    ['--since=yesterday'],
    ['--since=2026-13-01'],
    ['--since=2027-01-01'],
  ])('%s is refused', (word) => {
    expect(() => periodOf([word], now)).toThrow('has to');
  });
});

describe('the report as text', () => {
  test('of nothing: its numbers and no empty table', () => {
    expect(reportAsText(EMPTY)).toBe(
      [
        'Stepwise CDS, from 2026-03-01T00:00:00.000Z until 2026-04-01T00:00:00.000Z\n',
        'Reviewed calls: 0; milliseconds to the answer: half 0.0, 95 % 0.0, 99 % 0.0\n',
        'Feedback on cards that are not known: 0; records that were lost: 0\n',
      ].join('\n'),
    );
  });

  test('shares of the cards that were shown, and shadow beside live in the same measure', () => {
    const counts = { shown: 8, accepted: 2, overridden: 4, muted: 1 };
    const fired = { inShadow: { calls: 200, cards: 30 }, live: { calls: 0, cards: 0 } };
    const text = reportAsText({
      ...EMPTY,
      cards: [{ ...version, topic: 't', client: 'https://a.example', ...counts }],
      shadow: [{ ...version, topic: 't', ...fired }],
    });
    expect(text).toContain(
      't     sij|1.0.0 (abcdef01)  https://a.example      8  2 (25 %)  4 (50 %)    2 (25 %)      1',
    );
    expect(text).toContain('t     sij|1.0.0 (abcdef01)  15.0 (30 of 200)  -');
  });
});

describe('stepwise-cds report', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-report-'));
  const settings = { DATA_DIR: folder, DATABASE_URL: '' };
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('reads what a service has recorded, once that is stopped', async () => {
    const service = await startService({ DATA_DIR: folder });
    const [card] = await cardsOf(service);
    await service.post(`${SERVICE}/feedback`, acceptedFeedback(card!.uuid));
    expect(stepwise(['report'], '', settings).stderr).toContain('open in a running service');
    await service.stop();
    const { stdout } = stepwise(['report', '--json'], '', settings);
    const { activity, cards } = JSON.parse(stdout) as Report;
    expect(activity).toMatchObject([{ client: '', shadow: false, calls: 1 }]);
    expect(cards.reduce((sum, { accepted }) => sum + accepted, 0)).toBe(1);
    expect(stepwise(['report', '--days=1'], '', settings).stdout).toContain('sij-neurectomy-review|1.1.0');
  });

  test('tells what is missing where nothing was recorded, and what is wrong with its options', () => {
    const empty = mkdtempSync(path.join(tmpdir(), 'stepwise-report-'));
    const { stderr, status } = stepwise(['report'], '', { ...settings, DATA_DIR: empty });
    expect([status, stderr]).toEqual([1, expect.stringContaining('start the service once')]);
    expect(stepwise(['report', '--month']).status).toBe(2);
    rmSync(empty, { recursive: true, force: true });
  });
});
