import type { Draft } from '../evaluation/draft.js';
import type { Evidence, SomeEvidence } from '../evaluation/evidence.js';

/** Evidence of one resource; a date or words that are not there are left out. */
export function evidenceOf(
  reference: string,
  date: string | undefined,
  excerpt: string | undefined,
): SomeEvidence {
  const evidence: Draft<Evidence> = { reference };
  if (date) evidence.date = date;
  if (excerpt) evidence.excerpt = excerpt;
  return [evidence];
}
