import type { Coding } from 'fhir/r4.js';
import { HIERARCHICAL, ICD_10_CM, partsOfCode, plainCode, type SystemNames } from './code-systems.js';

/**
 * Which encounter an ICD-10-CM injury code is about: the letters that may stand as its seventh character, or `none`
 * for a code written without one.
 */
export type SeventhCharacter = ReadonlySet<string> | 'none';

interface Branch {
  readonly concept: string;
  readonly seventh: SeventhCharacter | undefined;
}

/** Codes of all value sets. A coding is looked up once, and once for each character where codes continue a parent's. */
export class CodeIndex {
  readonly #codes = new Map<string, Set<string>>();
  readonly #branches = new Map<string, Branch[]>();
  readonly #systems: SystemNames;

  constructor(systems: SystemNames) {
    this.#systems = systems;
  }

  addCode(concept: string, system: string, code: string): void {
    const key = this.#keyOf(system, code);
    this.#codes.set(key, new Set([...(this.#codes.get(key) ?? []), concept]));
  }

  /** Adds a code with all that continue it; with `seventh`, only those of that encounter. */
  addBranch(concept: string, coding: { system: string; code: string }, seventh?: SeventhCharacter): void {
    const key = this.#keyOf(coding.system, coding.code);
    this.#branches.set(key, [...(this.#branches.get(key) ?? []), { concept, seventh }]);
  }

  /** The value sets that hold a coding. One without a system or a code is in none: a bare number means nothing. */
  conceptsOf({ system, code }: Coding): readonly string[] {
    if (typeof system !== 'string' || typeof code !== 'string') return [];
    const canonical = this.#systems.canonical(system);
    const parts = partsOfCode(canonical, plainCode(canonical, code));
    return [...new Set(parts.flatMap((part) => this.#conceptsOfPart(canonical, part)))];
  }

  #conceptsOfPart(system: string, plain: string): readonly string[] {
    const listed = [...(this.#codes.get(`${system}|${plain}`) ?? [])];
    return HIERARCHICAL.has(system) ? [...listed, ...this.#conceptsAbove(system, plain)] : listed;
  }

  #conceptsAbove(system: string, plain: string): readonly string[] {
    const found: string[] = [];
    // A code longer than any of the system is noise; its first characters mean nothing.
    const longest = plain.length <= LONGEST_CODE ? plain.length : 0;
    for (let length = 1; length <= longest; length++) {
      for (const { concept, seventh } of this.#branches.get(`${system}|${plain.slice(0, length)}`) ?? []) {
        if (isOfEncounter(plain, seventh)) found.push(concept);
      }
    }
    return found;
  }

  #keyOf(system: string, code: string): string {
    const canonical = this.#systems.canonical(system);
    return `${canonical}|${plainCode(canonical, code)}`;
  }
}

const LONGEST_CODE = 7;

function isOfEncounter(plain: string, seventh: SeventhCharacter | undefined): boolean {
  if (seventh === undefined) return true;
  if (seventh === 'none') return plain.length < LONGEST_CODE;
  return plain.length === LONGEST_CODE && seventh.has(plain.charAt(LONGEST_CODE - 1));
}

/** What a `code` filter of a ValueSet says of the seventh character; undefined when it says something else. */
export function seventhCharacterOf(system: string, regex: string): SeventhCharacter | undefined {
  if (system !== ICD_10_CM) return undefined;
  if (regex === '.{3,7}') return 'none';
  const letters = /^\.\{7\}\[([A-Z]+)\]$/.exec(regex)?.[1];
  return letters ? new Set(letters) : undefined;
}
