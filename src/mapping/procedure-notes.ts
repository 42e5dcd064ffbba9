import type { Procedure } from 'fhir/r4.js';
import { labelOf, wordsOf } from './laterality.js';
import { stateInWords } from './put-off.js';
import { clip } from './references.js';

/** What the record of a procedure tells in words of its own, beside its code. */
export function notesOf(procedure: Procedure): readonly string[] {
  const texts: string[] = [];
  for (const { text } of procedure.note ?? []) addText(text, texts);
  addText(procedure.outcome?.text, texts);
  for (const { text } of procedure.followUp ?? []) addText(text, texts);
  addText(procedure.statusReason?.text, texts);
  return texts;
}

function addText(text: unknown, texts: string[]): void {
  if (typeof text === 'string' && text.trim().length > 0) texts.push(text);
}

/** What stands beside the status that it was stopped: the reason, and its notes. */
export function whyStopped(procedure: Procedure): string | undefined {
  if (procedure.status !== 'stopped') return undefined;
  const words = reasonsOf(procedure).filter(Boolean);
  return words.length > 0 ? clip([...new Set(words)].join('; ')) : undefined;
}

/** That it is on hold, what it is, and what stands beside that. */
export function whyHeld(procedure: Procedure): string | undefined {
  if (procedure.status !== 'on-hold') return undefined;
  return stateInWords('On hold', labelOf(procedure.code), reasonsOf(procedure));
}

/** What it is, and why it was not done. */
export function whyNotDone(procedure: Procedure): string | undefined {
  const reasons = procedure.status === 'not-done' ? reasonsOf(procedure).filter(Boolean) : [];
  return reasons.length > 0
    ? clip([labelOf(procedure.code), ...new Set(reasons)].filter(Boolean).join('. '))
    : undefined;
}

function reasonsOf(procedure: Procedure): readonly string[] {
  return [wordsOf(procedure.statusReason), ...notesOf(procedure)];
}
