import { readFileSync } from 'node:fs';
import { decodeAttachment } from '../src/report-text/index.js';
import { goldenCases, SERVICES, type GoldenCase } from './golden-case.js';
import { answering, unchanged, type Answered } from './golden-change.js';

/** Nothing on a card is made up: what it states is in a record that the answer cites, or is the policy's own. */
const POLICY = SERVICES.flatMap((service) =>
  ['policy.json', 'cards.json'].map((file) => readFileSync(`hooks/${service}/${file}`, 'utf8')),
).join('\n');
const LIMITS = {
  maximumBytes: 5_000_000,
  maximumCharacters: 1_000_000,
  timeoutMs: 10_000,
};

/** The words of the draft orders and of the records that an answer cites, those of their attachments included. */
async function citedRecords({ chart, delivered }: GoldenCase, answered: Answered): Promise<string> {
  const answer = JSON.stringify(answered);
  const cited = chart.resources.filter(
    ({ resourceType, id }) => resourceType === 'Binary' || answer.includes(`"${resourceType}/${id}"`),
  );
  return wordsIn([cited, chart.draftOrders, delivered ?? {}]);
}

async function wordsIn(value: unknown): Promise<string> {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (typeof value !== 'object' || value === null) return '';
  const { contentType, data } = value as { readonly contentType?: unknown; readonly data?: unknown };
  const attached =
    typeof contentType === 'string' && typeof data === 'string' ? await attachedWords(data, contentType) : '';
  const words = await Promise.all(Object.values(value).map(wordsIn));
  return [attached, ...words].join('\n');
}

async function attachedWords(data: string, contentType: string): Promise<string> {
  const decoded = await decodeAttachment(Buffer.from(data, 'base64'), contentType, LIMITS);
  return 'text' in decoded ? decoded.text : '';
}

/** What the cards of an answer state, without the references they cite. */
function statementsOf({ cards }: Answered): string {
  return cards
    .flatMap(({ summary, detail = '', suggestions = [] }) => [
      summary,
      detail,
      ...suggestions.map(({ label }) => label),
    ])
    .join('\n')
    .replaceAll('\\', '')
    .replaceAll(/`[A-Z][A-Za-z]+\/[^`]+`/g, '');
}

/** What is stated of a kind and is neither in the records nor the policy's own. */
function unfounded(
  stated: readonly string[],
  records: string,
  isIn: (one: string, text: string) => boolean,
): readonly string[] {
  return [...new Set(stated)].filter((one) => !isIn(one, records) && !isIn(one, POLICY));
}

function matches(pattern: RegExp, text: string): readonly string[] {
  return [...text.matchAll(pattern)].map(([all, one]) => one ?? all);
}

const SPELLED: Readonly<Record<string, RegExp>> = {
  '0': /\b(?:no|none|without) /i,
  '90': /\bninety/i,
  '100': /\b(?:complete|full|total)/i,
};

function hasNumber(number: string, text: string): boolean {
  return new RegExp(`(?<![\\d.])${number}(?!\\d)`).test(text) || (SPELLED[number]?.test(text) ?? false);
}

/** "L4-L5" is also written L4-5, L4/5, "L4 on L5"; a vertebra stands alone. */
function hasLevel(level: string, text: string): boolean {
  const [upper = '', lower] = level.split('-');
  if (lower === undefined) return new RegExp(`\\b${upper}`).test(text);
  const short = lower.startsWith(upper.charAt(0)) ? `${lower.charAt(0)}?${lower.slice(1)}` : lower;
  return new RegExp(`\\b${upper}\\s*(?:-|–|/|on|to|over|and)?\\s*${short}\\b`, 'i').test(text);
}

const SIDES: Readonly<Record<string, RegExp>> = {
  left: /\bleft\b|\bLT\b|\bbilateral|\bboth\b|\bbilat\b|\b50\b/i,
  right: /\bright\b|\bRT\b|\bbilateral|\bboth\b|\bbilat\b|\b50\b/i,
  bilateral: /\bbilateral|\bboth\b|\bbilat\b|\b50\b|\bleft\b[^]*\bright\b|\bright\b[^]*\bleft\b/i,
};

function hasSide(side: string, text: string): boolean {
  return SIDES[side]?.test(text) ?? false;
}

function hasDate(date: string, text: string): boolean {
  const [year = '', month = '', day = ''] = date.split('-');
  return [date, `${month}/${day}/${year}`, `${Number(month)}/${Number(day)}/${year}`].some((written) =>
    text.includes(written),
  );
}

/** The one date that a card computes: a day of the record and the policy's interval between two ablations. */
const REPEATED_FROM = /from (\d{4}-\d{2}-\d{2}) on/g;

const SCORES = /pain score ([\d.]+) before, ([\d.]+) after: (\d+) % relief/g;
const QUOTED_SCORES = /"([^"]*)" \(by the scores (\d+) % relief\)/g;

/** Without the shares of relief that a card computes, where they follow from two scores that it gives or quotes. */
function withoutComputed(said: string): string {
  return said
    .replaceAll(SCORES, (all, before: string, after: string, share: string) =>
      shareOf(Number(before), Number(after)) === Number(share) ? `${before}, ${after}` : all,
    )
    .replaceAll(QUOTED_SCORES, (all, words: string, share: string) => {
      const scores = matches(/\d+(?:\.\d+)?/g, words).map(Number);
      const follows = scores.some((before) =>
        scores.some((after) => shareOf(before, after) === Number(share)),
      );
      return follows ? words : all;
    });
}

function shareOf(before: number, after: number): number {
  return Math.round(((before - after) / before) * 100);
}

describe.each(SERVICES)('%s: the cards, as they are answered now', (service) => {
  const cases = goldenCases(service);
  const { answerTo, close } = answering(
    service,
    cases.map(({ chart }) => chart),
  );
  afterAll(close);

  test.each(cases.map((one) => [one.name, one] as const))(
    '%s: every percentage, level, side and date is in a record or in the policy',
    async (_name, one) => {
      const answered = await answerTo(one.chart.patientId, unchanged, one.delivered);
      const said = withoutComputed(statementsOf(answered));
      const records = await citedRecords(one, answered);
      const percentages = matches(/(\d+(?:\.\d+)?)(?:-\d+)? ?%/g, said);
      const levels = matches(/\b(?:T1[0-2]|L[1-6])-(?:T1[12]|L[1-6]|S1)\b|\b[LS][1-6]\b(?!-)/g, said);
      expect({
        percentages: unfounded([...percentages, ...matches(/-(\d+) ?%/g, said)], records, hasNumber),
        levels: unfounded(levels, records, hasLevel),
        sides: unfounded(matches(/\b(?:left|right|bilateral)\b/g, said), records, (side, text) =>
          text === POLICY ? false : hasSide(side, text),
        ),
        dates: unfounded(
          matches(/\b\d{4}-\d{2}-\d{2}\b/g, said.replaceAll(REPEATED_FROM, '')),
          records,
          hasDate,
        ),
      }).toEqual({ percentages: [], levels: [], sides: [], dates: [] });
    },
  );
});
