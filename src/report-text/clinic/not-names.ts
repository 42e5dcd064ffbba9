import { plays, type Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

const TITLES: ReadonlySet<string> = new Set(['dr', 'drs', 'doctor', 'prof', 'professor']);

/** "performed by Dr. RF", "saw Dr Block": what stands right behind a title is a person. */
function isPerson(tokens: readonly Token[], { first, last }: Mark): boolean {
  const stop = tokens[first - 1]?.text === '.' ? 2 : 1;
  return first === last && TITLES.has(tokens[first - stop]?.text ?? '');
}

/** What of itself goes into a tissue. */
const DISEASES: ReadonlySet<string> = new Set(
  [
    'tumor tumour tumoral tumorous neoplastic neoplasm metastatic metastasis malignant malignancy cancer carcinoma',
    'myeloma lymphoma leukemic leukaemic lymphocytic cellular inflammatory fat fatty marrow amyloid edematous',
  ].flatMap((words) => words.split(' ')),
);
const BEFORE_REACH = 2;
const BEHIND_REACH = 8;

/** "tumor infiltration of the sacroiliac joint", "infiltration of the joint by lymphoma": a disease, no injection. */
function isOfDisease(tokens: readonly Token[], { first, last }: Mark): boolean {
  if (tokens[last]?.text !== 'infiltration') return false;
  const before = tokens.slice(Math.max(0, first - BEFORE_REACH), first);
  if (before.some(({ text }) => DISEASES.has(text))) return true;
  const behind = tokens.slice(last + 1, last + 1 + BEHIND_REACH);
  const by = behind.findIndex(({ text }) => text === 'by');
  return by >= 0 && behind.slice(by, by + 1 + BEFORE_REACH).some(({ text }) => DISEASES.has(text));
}

/** Whether a mark that looks like the name of a procedure is that of a person or of a disease. */
export function namesNoProcedure(tokens: readonly Token[], mark: Mark): boolean {
  return (isPerson(tokens, mark) || isOfDisease(tokens, mark)) && plays(mark, 'action', 'procedure');
}
