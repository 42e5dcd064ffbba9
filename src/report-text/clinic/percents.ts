import { plays, sense, type Mark } from '../marks/marks.js';
import type { Percent } from './scores.js';
import { figureAt, isAt, markAt, textAt, type ClinicSentence, type Figure } from './sentence.js';

/** Words beside a percentage that is no relief. */
const NOT_RELIEF: ReadonlySet<string> = new Set([
  'disability',
  'disabled',
  'odi',
  'height',
  'slip',
  'saturation',
  'spo2',
  'oxygen',
  'anterolisthesis',
  'impairment',
  'solution',
  'concentration',
  'oswestry',
  'room',
  'loss',
  'remaining',
  'specificity',
  'sensitivity',
  'confidence',
  'adherence',
  'compliance',
]);
/** "80% of patients": tells of others. */
const OTHERS: ReadonlySet<string> = new Set(['patients', 'people', 'cases', 'subjects', 'individuals']);
/** Words before a relief that only ask for it: "if relief exceeds 50%", "requires 80% relief". */
const ASKED: ReadonlySet<string> = new Set(
  'if unless once assuming require required need needed must goal target expect expected threshold criteria hope'.split(
    ' ',
  ),
);
function percentSign(sentence: ClinicSentence, token: number): number | undefined {
  if (isAt(sentence, token, 'percent')) return markAt(sentence, token)?.last;
  return isAt(sentence, token, 'plus') && isAt(sentence, token + 1, 'percent') ? token + 1 : undefined;
}

/** The upper bound behind "80-", "80 to", "80% to", "between 80 and". */
function upperBound(
  sentence: ClinicSentence,
  first: number,
  low: Figure,
): { figure: Figure; sign: number } | undefined {
  const behind = (percentSign(sentence, low.last + 1) ?? low.last) + 1;
  const joins =
    sentence.tokens[behind]?.kind === 'joint' ||
    textAt(sentence, behind) === 'to' ||
    (textAt(sentence, behind) === 'and' && textAt(sentence, first - 1) === 'between') ||
    textAt(sentence, behind) === 'or';
  const figure = joins ? figureAt(sentence, behind + 1) : undefined;
  const sign = figure === undefined ? undefined : percentSign(sentence, figure.last + 1);
  return figure === undefined || sign === undefined ? undefined : { figure, sign };
}

/** "--> 50%", "=> 50%": an arrow, no bound. */
function isArrow(sentence: ClinicSentence, mark: Mark | undefined): boolean {
  const before = mark === undefined ? undefined : sentence.tokens[mark.first - 1];
  const sign = mark === undefined ? undefined : sentence.tokens[mark.first];
  const glued = before !== undefined && before.end === sign?.start;
  return sign?.text === '>' && glued && (before.kind === 'joint' || before.text === '=');
}

/** Words from a denial to the least that it denies: "did not provide her with more than 40%". */
const DENIAL_REACH = 7;
const PARTS_DENIAL: ReadonlySet<string> = new Set([',', ';', 'but', 'until', '.']);

/** "not more than", "never gave over": at most. */
function isDenied(sentence: ClinicSentence, figure: number): boolean {
  for (let token = figure - 1; token >= Math.max(sentence.placed.first, figure - DENIAL_REACH); token -= 1) {
    if (PARTS_DENIAL.has(textAt(sentence, token)) || isAt(sentence, token, 'percent')) return false;
    // "no less than" is a least by itself.
    if (isAt(sentence, token, 'negation-before') && !isAt(sentence, token, 'at-least')) return true;
  }
  return false;
}

function bounded(sentence: ClinicSentence, first: number, last: number, value: number): Percent {
  const before = [first - 1, first - 2].map((token) => markAt(sentence, token));
  const least =
    before.some((mark) => plays(mark, 'at-least') && !isArrow(sentence, mark)) ||
    isAt(sentence, last + 1, 'at-least', 'plus') ||
    isAt(sentence, last - 1, 'plus');
  const most = before.map((mark) => sense(mark, 'at-most')?.code).find((code) => code !== undefined);
  // Percentages are whole: less than 50 is 49 at most.
  if (least && isDenied(sentence, first)) return { first, last, low: 0, high: value };
  if (most !== undefined)
    return { first, last, low: 0, high: most === 'below' ? Math.max(0, value - 1) : value };
  return { first, last, low: value, high: least ? 100 : value };
}

/** "6/12/25 - 90%", "0,5 %": a figure that goes on from the one before. */
function isGlued({ tokens }: ClinicSentence, figure: number, sign: ',' | '/'): boolean {
  const [before, joint, own] = [tokens[figure - 2], tokens[figure - 1], tokens[figure]];
  const glued = before?.end === joint?.start && joint?.end === own?.start;
  // "2025-03-01,80%": a row of values, no decimal comma.
  const isPart = sign === ',' && tokens[figure - 3]?.kind === 'joint';
  return before?.kind === 'number' && joint?.text === sign && glued && !isPart;
}

const LEAST_OF_TWO = 10;
const COUNTING: ReadonlySet<string> = new Set(
  'day week month year hour visit age block no grade between'.split(' '),
);

/** "80 and 85%": the sign of the second is that of the first as well. */
function isOfTwo(sentence: ClinicSentence, first: number, low: Figure): boolean {
  const isListed = ['and', '&'].includes(textAt(sentence, low.last + 1));
  const next = isListed ? figureAt(sentence, low.last + 2) : undefined;
  if (next === undefined || low.value < LEAST_OF_TWO || next.value > 100) return false;
  const isFigure = sentence.tokens[first]?.kind === 'number' && sentence.tokens[first - 1]?.kind !== 'joint';
  const counts = COUNTING.has(textAt(sentence, first - 1)) || textAt(sentence, first - 1) === '/';
  return isFigure && !counts && percentSign(sentence, next.last + 1) !== undefined;
}

function percentAt(sentence: ClinicSentence, first: number): Percent | undefined {
  const low = figureAt(sentence, first);
  if (low === undefined || low.value > 100 || isGlued(sentence, first, ',')) return undefined;
  if (isOfTwo(sentence, first, low)) return { first, last: low.last, low: low.value, high: low.value };
  const upper = isGlued(sentence, first, '/') ? undefined : upperBound(sentence, first, low);
  if (upper !== undefined && upper.figure.value > low.value && upper.figure.value <= 100) {
    return { first, last: upper.sign, low: low.value, high: upper.figure.value };
  }
  const sign = percentSign(sentence, low.last + 1);
  return sign === undefined ? undefined : bounded(sentence, first, sign, low.value);
}

/** Words between a fraction and the relief it is of. */
const FRACTION_REACH = 4;

/** "an improvement of around two thirds", "about three quarters better": a share in words beside a relief. */
function fractionAt(sentence: ClinicSentence, first: number): Percent | undefined {
  const mark = markAt(sentence, first);
  const share = mark?.first === first ? sense(mark, 'fraction') : undefined;
  if (mark === undefined || share === undefined) return undefined;
  const isNear = (...roles: readonly string[]): boolean =>
    sentence.marks.some((other) => {
      const gap = other.first > mark.last ? other.first - mark.last : mark.first - other.last;
      return gap > 0 && gap <= FRACTION_REACH && plays(other, ...roles);
    });
  // "reduced her opioids by about half"
  const beside = isNear('relief') && !isNear('medication', 'drug', 'care');
  const [low, high] = ['low', 'high'].map((name) => Number(share.properties.get(name)));
  return beside && low !== undefined && high !== undefined
    ? { first, last: mark.last, low, high }
    : undefined;
}

/** "70% of the day", "50% of visit": a share of a time, or of what was aimed at. */
const SHARED: ReadonlySet<string> = new Set(
  'day night week time visit appointment encounter session goal predicted normal'.split(' '),
);
const BEFORE_SHARED: ReadonlySet<string> = new Set(
  'the this my her his their each every our today'.split(' '),
);

function isOfOther(sentence: ClinicSentence, last: number): boolean {
  if (textAt(sentence, last + 1) !== 'of') return false;
  const at = BEFORE_SHARED.has(textAt(sentence, last + 2)) ? last + 3 : last + 2;
  return SHARED.has(textAt(sentence, at)) && textAt(sentence, at + 1) !== 'pain';
}

function isOfDrug(sentence: ClinicSentence, { first, last, high }: Percent): boolean {
  const near = [first - 1, first - 2, last + 1, last + 2].some((token) => isAt(sentence, token, 'drug'));
  return (
    (near && high <= 10) ||
    isOfOther(sentence, last) ||
    [first - 2, first - 1, last + 1, last + 2, last + 3].some((token) =>
      NOT_RELIEF.has(textAt(sentence, token)),
    ) ||
    [last + 1, last + 2, last + 3].some((token) => textAt(sentence, token) === 'time')
  );
}

const WOULD: ReadonlySet<string> = new Set(['would', 'will', 'required', 'needed']);

/** "The block should give 80%", "may provide up to 50%": what is expected, not what came. */
const EXPECTING: ReadonlySet<string> = new Set('should would will may might could can must'.split(' '));
const GIVING: ReadonlySet<string> = new Set(
  'give provide bring yield produce result achieve afford offer lead relieve'.split(' '),
);

/** "Should it give 75%, RFA": at the beginning of its clause; "should have given" elsewhere asks for nothing. */
function opensCondition(sentence: ClinicSentence, token: number): boolean {
  if (textAt(sentence, token) !== 'should') return false;
  return token === sentence.placed.first || [',', ';', 'and'].includes(textAt(sentence, token - 1));
}

/** "if relief is greater than 50%": a condition, up to the comma; "more than 75% would lead to a second test". */
function isAsked(sentence: ClinicSentence, { first, last }: Percent): boolean {
  if ([1, 2, 3].some((on) => WOULD.has(textAt(sentence, last + on)))) return true;
  for (let token = first - 1; token >= sentence.placed.first; token -= 1) {
    if (isAt(sentence, token, 'comma', 'ends-scope', 'done')) return false;
    if (ASKED.has(textAt(sentence, token)) || opensCondition(sentence, token)) return true;
    if (EXPECTING.has(textAt(sentence, token)) && GIVING.has(textAt(sentence, token + 1))) return true;
  }
  return false;
}

/** "80% of patients improve": the sentence tells of no procedure of this patient. */
export function tellsOfOthers(sentence: ClinicSentence): boolean {
  const { marks, tokens, document } = sentence;
  return marks.some((mark) => {
    const [of, who] = [tokens[mark.last + 1], tokens[mark.last + 2]];
    if (!plays(mark, 'percent') || of?.text !== 'of' || who === undefined) return false;
    return OTHERS.has(document.text.slice(who.start, who.end).toLowerCase());
  });
}

/** Words of the label of a relief in percent. */
const LABEL_REACH = 4;

/** "% relief: 80", "Relief (%): 80": the sign stands in the label. */
function labelledAt(sentence: ClinicSentence, sign: number): Percent | undefined {
  if (sentence.tokens[sign]?.text !== '%' || sentence.tokens[sign - 1]?.kind === 'number') return undefined;
  const label = Array.from({ length: LABEL_REACH }, (_, on) => sign + 1 + on);
  const colon = label.find((token) => [':', '='].includes(textAt(sentence, token)));
  const names = [sign - 2, sign - 1, ...label].some((token) => isAt(sentence, token, 'relief'));
  const figure = colon === undefined || !names ? undefined : figureAt(sentence, colon + 1);
  if (figure === undefined || figure.value > 100 || sentence.tokens[figure.last + 1]?.kind === 'joint')
    return undefined;
  return { first: sign, last: figure.last, low: figure.value, high: figure.value };
}

function optional<T>(value: T | undefined): readonly T[] {
  return value === undefined ? [] : [value];
}

/** The percentages of a sentence that can be a relief, in order. */
export function percents(sentence: ClinicSentence): readonly Percent[] {
  const { placed } = sentence;
  // A sign that opens a line is taken for its bullet.
  const found: Percent[] = [...optional(labelledAt(sentence, placed.first - 1))];
  for (let token = placed.first; token < placed.end; token += 1) {
    if (sentence.tokens[token]?.said === 'open') continue;
    const percent = percentAt(sentence, token) ?? labelledAt(sentence, token) ?? fractionAt(sentence, token);
    if (percent === undefined) continue;
    if (!isOfDrug(sentence, percent) && !isAsked(sentence, percent)) found.push(percent);
    token = Math.max(token, percent.last);
  }
  return found;
}
