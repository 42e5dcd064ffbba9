import type { Values } from './criterion.js';
import type { Quantity } from './dates.js';

const PLACEHOLDER = /\{([a-zA-Z]+)\}/g;

/** Fills the {placeholders} of a policy sentence; the loader has checked that each is one its kind declares. */
export function fill(sentence: string, values: Values): string {
  return sentence.replace(PLACEHOLDER, (_, name: string) => String(values[name] ?? ''));
}

export function placeholdersOf(sentence: string): readonly string[] {
  return [...sentence.matchAll(PLACEHOLDER)].map(([, name]) => name ?? '');
}

const UNITS: Readonly<Record<Quantity['unit'], readonly [one: string, more: string]>> = {
  '%': ['%', '%'],
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
