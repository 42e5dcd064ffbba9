import type { Values } from './criterion.js';
import type { Quantity } from './dates.js';

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/** Fills the {placeholders} of a policy sentence; the loader has checked that each is one its kind declares. */
export function fill(sentence: string, values: Values): string {
  // Text and names by turns.
  const parts = partsOf(sentence);
  let filled = parts[0] ?? '';
  for (let index = 1; index < parts.length; index += 2)
    filled += String(values[parts[index] ?? ''] ?? '') + (parts[index + 1] ?? '');
  return filled;
}

/** By sentence: they are the policy's and its cards', some hundred, and are filled in every call. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 2_000;

function partsOf(sentence: string): readonly string[] {
  const parts = known.get(sentence) ?? sentence.split(PLACEHOLDER);
  if (known.size < MOST_KNOWN) known.set(sentence, parts);
  return parts;
}

export function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

const UNITS: Readonly<Record<Quantity['unit'], readonly [one: string, more: string]>> = {
  '%': ['%', '%'],
  min: ['minute', 'minutes'],
  d: ['day', 'days'],
  wk: ['week', 'weeks'],
  mo: ['month', 'months'],
  a: ['year', 'years'],
  '{points}': ['point', 'points'],
};

/** `75 %`, `4 weeks`, `1 day`. */
export function quantityText({ value, unit }: Quantity): string {
  const [one, more] = UNITS[unit];
  return `${value} ${value === 1 ? one : more}`;
}

export function isQuantity(value: unknown): value is Quantity {
  return typeof value === 'object' && value !== null && 'value' in value && 'unit' in value;
}
