import { plays, sense, type Mark } from '../marks/marks.js';
import type { Span } from '../reading.js';
import type { Anchor, AnchoredSentence } from './anchors.js';
import { spanOf, textAt, type ClinicSentence } from './sentence.js';
import type { MentionStatus } from './status.js';

const GRANTED: ReadonlySet<string> = new Set('approved authorized overturned granted'.split(' '));

/** "denied at first, then approved on appeal" */
function grantedAfter(sentence: ClinicSentence, denial: Mark): boolean {
  const { marks, placed } = sentence;
  for (let token = denial.last + 1; token < placed.end; token += 1) {
    const denied = marks.some((mark) => plays(mark, 'denial') && mark.first <= token && token <= mark.last);
    if (GRANTED.has(textAt(sentence, token)) && !denied) return true;
  }
  return false;
}

/**
 * A payer's refusal of an ablation: named in one sentence with the ablation, and with the payer unless nobody else says
 * so ("not covered").
 */
export function denialOfAblation(sentence: ClinicSentence): Span | undefined {
  const { marks } = sentence;
  const ablation = marks.find(
    (mark) =>
      sense(mark, 'action')?.code === 'ablation' || /-rfa$/u.test(sense(mark, 'procedure')?.code ?? ''),
  );
  const denial = marks.find((mark) => plays(mark, 'denial'));
  const ofPayer = sense(denial, 'denial')?.properties.get('by') === 'payer';
  const payer = marks.find((mark) => plays(mark, 'payer')) ?? (ofPayer ? denial : undefined);
  if (ablation === undefined || denial === undefined || payer === undefined) return undefined;
  if (grantedAfter(sentence, denial)) return undefined;
  const last = Math.max(ablation.last, denial.last, payer.last);
  return spanOf(sentence, Math.min(ablation.first, denial.first, payer.first), last);
}

/** "Prior SI RFA: No", where "Relief after SI RFA: no" denies the relief. */
export function answered(anchor: Anchor, { sentence, reliefs }: AnchoredSentence): MentionStatus | undefined {
  const { marks, tokens } = sentence;
  const denied = tokens[marks[anchor.first]?.first ?? 0]?.said === 'no';
  return denied && reliefs.size === 0 && !marks.some((mark) => plays(mark, 'relief'))
    ? 'not-done'
    : undefined;
}
