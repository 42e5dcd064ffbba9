import type { Span, TextRelief } from '../reading.js';
import { OF_OWN_TARGETS, type MentionKind } from './procedure-kinds.js';
import { spanOf, type ClinicSentence } from './sentence.js';

/** Where sacroiliac pain is felt, as it is named beside relief that was felt somewhere else. */
const BUTTOCK: ReadonlySet<string> = new Set(['buttock', 'buttocks', 'gluteal']);
/** A procedure is named by these, too: they name a pain with its word behind them. */
const JOINT: ReadonlySet<string> = new Set(['sacroiliac', 'si', 'sij', 'sacral']);
const PAIN: ReadonlySet<string> = new Set(['pain', 'ache', 'symptom', 'symptoms']);
const OTHER_PAIN: ReadonlySet<string> = new Set('groin hip thigh leg knee inguinal'.split(' '));
const STAYED: ReadonlySet<string> = new Set('unchanged persisted persists unaffected same'.split(' '));
const CHANGE: ReadonlySet<string> = new Set(['change', 'changed', 'changes']);
const DENIALS: ReadonlySet<string> = new Set(['no', 'not', 'without']);
/** Tokens around the sentence in which it is looked for: the sentence before or behind. */
const NEAR = 14;
/** Tokens between the pain and what is said of it. */
const REACH = 5;

/**
 * "Groin pain 100% relieved. Buttock pain unchanged.": the words that say of the pain at issue that it stayed as it was,
 * in this sentence or beside it. Only where relief is told of another place: alone they may be of another day.
 */
export function unchangedPain(sentence: ClinicSentence): Span | undefined {
  const { placed, tokens } = sentence;
  const end = Math.min(tokens.length, placed.end + NEAR);
  for (let at = Math.max(0, placed.first - NEAR); at < end; at += 1) {
    if (!isUnchanged(sentence, at)) continue;
    const pain = painBeside(sentence, at);
    if (pain !== undefined) return spanOf(sentence, Math.min(pain, at), Math.max(pain, at));
  }
  return undefined;
}

/**
 * The relief of a procedure: of one that is aimed at the joint or its nerves it is none where the pain at issue stayed as
 * it was. Of another one (a hip injection) the pain that was relieved may be what it was aimed at.
 */
export function reliefAimedAt(kind: MentionKind | undefined, relief: TextRelief): TextRelief {
  const { unchanged, ...told } = relief;
  return unchanged && kind !== undefined && OF_OWN_TARGETS.has(kind)
    ? { ...unchanged, low: 0, high: 0 }
    : told;
}

function wordAt({ tokens }: ClinicSentence, at: number): string {
  return tokens[at]?.text ?? '';
}

function isUnchanged(sentence: ClinicSentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (STAYED.has(word)) return true;
  return CHANGE.has(word) && [1, 2].some((back) => DENIALS.has(wordAt(sentence, at - back)));
}

/** The pain named nearest, before it; behind it only as "no change in buttock pain". */
function painBeside(sentence: ClinicSentence, at: number): number | undefined {
  const step = CHANGE.has(wordAt(sentence, at)) && wordAt(sentence, at + 1) === 'in' ? 1 : -1;
  for (let far = 1; far <= REACH; far += 1) {
    if (isPainAtIssue(sentence, at + step * far)) return at + step * far;
    if (OTHER_PAIN.has(wordAt(sentence, at + step * far))) return undefined;
  }
  return undefined;
}

function isPainAtIssue(sentence: ClinicSentence, at: number): boolean {
  const word = wordAt(sentence, at);
  if (BUTTOCK.has(word)) return true;
  return JOINT.has(word) && [1, 2].some((on) => PAIN.has(wordAt(sentence, at + on)));
}
