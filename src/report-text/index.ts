import { careOfNote, statementsOf } from './clinic/care.js';
import { interventionsOf } from './clinic/interventions.js';
import { provocationOf } from './clinic/provocation.js';
import { wishesOf } from './clinic/refusals.js';
import { clinicSentence } from './clinic/sentence.js';
import type { UntargetedAblation } from './clinic/untargeted.js';
import { documentOf, type Document } from './document/document.js';
import { findingsOf } from './findings/findings.js';
import type { PhraseBook } from './words/phrase-book.js';
import type { ReadOptions, ReportReading, TextStatement } from './reading.js';

export {
  decodeAttachment,
  decodeInSteps,
  decodeNarrative,
  decodeText,
  type Decoded,
  type DecodeLimits,
} from './decode/attachment.js';
export { cuesOf, type Cue } from './findings/cues.js';
export { FINDINGS } from './findings/findings.js';
export { compilePhraseBook, type PhraseBook } from './words/phrase-book.js';
export type * from './reading.js';

/**
 * Reads a report or a note: findings, procedures and their relief, provocation tests, conservative care.
 * Never throws; time grows linearly with the text. What it does not understand it leaves alone.
 */
export function readReport(text: string, book: PhraseBook, options: ReadOptions = {}): ReportReading {
  const document = documentOf(text, book);
  const sentences = document.sentences.map((placed) => clinicSentence(document, placed, book));
  const { statements, ...told } = interventionsOf(sentences, options);
  const wishes = wishesOf(sentences);
  // "Discussed RFA; she declines", "RFA not indicated": that says it.
  const declined = wishes.some(({ id }) => id === 'rfa-declined' || id === 'rfa-advised-against');
  return {
    findings: findingsOf(document, book),
    ...told,
    ...provocationOf(sentences),
    care: careOfNote(sentences),
    statements: [
      ...statementsOf(sentences),
      ...wishes,
      ...ofNerves(statements, document, book).filter(({ id }) => !(declined && id === 'ablation-spoken-of')),
    ],
  };
}

/** "s/p ablation" is of nerves where the text names no other organ. */
function ofNerves(
  told: readonly UntargetedAblation[],
  { tokens }: Document,
  { otherOrgans }: PhraseBook,
): readonly TextStatement[] {
  if (told.length === 0) return [];
  const namesOrgan = tokens.some(({ text }) => otherOrgans.has(text));
  return told.flatMap(({ ofAnyOrgan, ...statement }) => (ofAnyOrgan && namesOrgan ? [] : [statement]));
}
