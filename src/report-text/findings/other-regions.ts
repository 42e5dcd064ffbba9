import type { Document } from '../document/document.js';
import type { PhraseBook } from '../words/phrase-book.js';
import type { TextFinding } from '../reading.js';

/** The knee, or the head, and nothing of the spine or pelvis. */
function isOfOtherRegion(
  { tokens, sentences }: Document,
  { otherRegions, spinalRegions }: PhraseBook,
): boolean {
  const names = (regions: ReadonlySet<string>): boolean => tokens.some(({ text }) => regions.has(text));
  return names(otherRegions) && !names(spinalRegions) && sentences.every(({ groups }) => groups.length === 0);
}

/** Only vertebrae break like this. */
const OF_VERTEBRAE = /compression|wedg|burst|vertebra/iu;

/** A fracture, or the denial of a fracture or of a lesion, where the spine is not spoken of. */
function isOfAnyBone({ finding, level, negated, start, end }: TextFinding, text: string): boolean {
  if (level !== null || (finding === 'fracture' && OF_VERTEBRAE.test(text.slice(start, end)))) return false;
  return finding === 'fracture' || (finding === 'tumor-or-infection' && negated);
}

/** Tells which findings of a text can be of the spine, a hip or a sacroiliac joint: a broken wrist is none. */
export function spinalOnly(document: Document, book: PhraseBook): (finding: TextFinding) => boolean {
  if (!isOfOtherRegion(document, book)) return () => true;
  return (finding) => !isOfAnyBone(finding, document.text);
}
