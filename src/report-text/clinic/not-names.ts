import { plays, type Mark } from '../marks/marks.js';
import type { Token } from '../words/tokenise.js';

const DOCTORS: ReadonlySet<string> = new Set(['dr', 'drs', 'doctor', 'prof', 'professor']);
const TITLES: ReadonlySet<string> = new Set([...DOCTORS, 'mr', 'mrs', 'ms', 'miss', 'mx']);

function isBehind(tokens: readonly Token[], { first, last }: Mark, titles: ReadonlySet<string>): boolean {
  const stop = tokens[first - 1]?.text === '.' ? 2 : 1;
  return first === last && titles.has(tokens[first - stop]?.text ?? '');
}

/** "performed by Dr. RF", "saw Dr Block": what stands right behind a title is a person. */
function isPerson(tokens: readonly Token[], mark: Mark): boolean {
  return isBehind(tokens, mark, DOCTORS) && plays(mark, 'action', 'procedure');
}

/** "Ms. B.", "Mr L": the initial of a name, and no side. */
function isInitial(tokens: readonly Token[], mark: Mark): boolean {
  return tokens[mark.first]?.text.length === 1 && plays(mark, 'side') && isBehind(tokens, mark, TITLES);
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

/** Whether a mark that looks like the name of a procedure or like a side is that of a person or of a disease. */
export function isOtherName(tokens: readonly Token[], mark: Mark): boolean {
  if (isPerson(tokens, mark) || isInitial(tokens, mark)) return true;
  return plays(mark, 'action', 'procedure') && isOfDisease(tokens, mark);
}
