import { plays, sense, type Mark } from '../marks/marks.js';
import type { InterventionDetail } from '../reading.js';
import { figureAt, textAt, type ClinicSentence } from './sentence.js';

type Technique = NonNullable<InterventionDetail['technique']>;
type Drug = NonNullable<InterventionDetail['drug']>;

const DEGREES: ReadonlySet<string> = new Set(['degree', '°', 'c', 'celsius', 'deg', 'centigrade', 'º', '℃']);
const GAUGE: ReadonlySet<string> = new Set(['gauge', 'g', 'ga']);
const GLUED = /^(\d{2})(c|g|ga)$/u;

/**
 * Set temperature, °C, to the technique: pulsed at 42, cooled at 60, conventional at 75 to 95.
 * Other temperatures say nothing.
 */
function techniqueAtTemperature(celsius: number): Technique | undefined {
  if (celsius === 42) return 'pulsed';
  if (celsius === 60) return 'cooled';
  return celsius >= 75 && celsius <= 95 ? 'conventional' : undefined;
}

/** Only cooled probes go through a 17 gauge introducer; the others are thinner. */
function techniqueAtGauge(gauge: number): Technique | undefined {
  if (gauge === 17) return 'cooled';
  return gauge >= 18 && gauge <= 22 ? 'conventional' : undefined;
}

function figures(
  sentence: ClinicSentence,
  from: number,
  to: number,
): { temperature?: Technique; gauge?: Technique } {
  let found: { temperature?: Technique; gauge?: Technique } = {};
  for (let token = from; token < to; token += 1) {
    const glued = GLUED.exec(textAt(sentence, token));
    const figure = glued === null ? figureAt(sentence, token) : { value: Number(glued[1]), last: token };
    if (figure === undefined) continue;
    const joint = sentence.tokens[figure.last + 1]?.kind === 'joint' ? 2 : 1;
    const unit = glued === null ? textAt(sentence, figure.last + joint) : (glued[2] ?? '');
    const temperature = DEGREES.has(unit) ? techniqueAtTemperature(figure.value) : undefined;
    const gauge = GAUGE.has(unit) ? techniqueAtGauge(figure.value) : undefined;
    found = {
      ...(temperature !== undefined && { temperature }),
      ...(gauge !== undefined && { gauge }),
      ...found,
    };
  }
  return found;
}

/** How an ablation was done, between two tokens: by words, else by set temperature, else by the probe's gauge. */
export function techniqueIn(sentence: ClinicSentence, from: number, to: number): Technique | undefined {
  const words = new Set(
    sentence.marks.flatMap((mark) =>
      mark.first >= from && mark.last < to ? (sense(mark, 'technique')?.code ?? []) : [],
    ),
  );
  for (const technique of ['pulsed', 'cooled', 'conventional'] as const)
    if (words.has(technique)) return technique;
  const { temperature, gauge } = figures(sentence, from, to);
  return temperature ?? gauge;
}

const STEROIDS: ReadonlySet<string> = new Set(['steroid', 'corticosteroid', 'cortisone', 'csi']);
const DENIALS: ReadonlySet<string> = new Set(['no', 'without', 'non', 'not']);

/** "SI joint steroid injection": the drug is part of the name. */
function namesSteroid(sentence: ClinicSentence, from: number, to: number): boolean {
  return sentence.marks.some((mark) => {
    if (mark.first < from || mark.last >= to || !plays(mark, 'action', 'procedure')) return false;
    if (DENIALS.has(textAt(sentence, mark.first - 1))) return false;
    return sentence.tokens.slice(mark.first, mark.last + 1).some(({ text }) => STEROIDS.has(text));
  });
}

/** An anaesthetic of the way in, or a medicine that is taken: not what was injected at the target. */
const NOT_INJECTED: ReadonlySet<string> = new Set(
  'skin subcutaneous wheal topical superficial superficially daily oral orally po bid tid prn tablet allergy allergic'.split(
    ' ',
  ),
);
const PARTS: ReadonlySet<string> = new Set([',', ';', 'then', ':']);
const CLAUSE_REACH = 6;

function isInjected(sentence: ClinicSentence, { first, last }: Mark): boolean {
  for (const [from, step] of [
    [first, -1],
    [last, 1],
  ] as const)
    for (let token = from + step; Math.abs(token - from) <= CLAUSE_REACH; token += step) {
      const text = token < sentence.placed.first ? ',' : textAt(sentence, token);
      if (PARTS.has(text)) break;
      if (NOT_INJECTED.has(text)) return false;
    }
  return true;
}

/** What was injected, between two tokens; a steroid outweighs the anaesthetic it is mixed with. */
export function drugIn(sentence: ClinicSentence, from: number, to: number): Drug | undefined {
  const codes = sentence.marks.flatMap((mark) => {
    if (mark.first < from || mark.last >= to || DENIALS.has(textAt(sentence, mark.first - 1))) return [];
    const drug = sense(mark, 'drug')?.code;
    return drug !== undefined && isInjected(sentence, mark) ? drug : [];
  });
  if (codes.includes('steroid') || namesSteroid(sentence, from, to)) return 'steroid';
  return codes.includes('local-anaesthetic') ? 'local-anaesthetic' : undefined;
}
