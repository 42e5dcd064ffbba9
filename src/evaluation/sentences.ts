import type { Values } from './criterion.js';

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/** Fills the {placeholders} of a policy sentence; the loader has checked that each is one its kind declares. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? ''));
}

export function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}
