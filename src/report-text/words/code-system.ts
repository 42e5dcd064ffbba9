import { StartupError } from '../../errors.js';

/** What a phrase stands for: the part it plays (`role`), which one of that part (`code`), and the data hung on it. */
export interface Concept {
  readonly role: string;
  readonly code: string;
  /** Codes from the concept itself and from those above it, nearest first. */
  readonly properties: ReadonlyMap<string, string>;
}

export interface PhraseEntry {
  readonly phrase: string;
  readonly concept: Concept;
}

/** The parts of a CodeSystem resource that are read; every other part is left alone. */
interface CodeSystemConcept {
  readonly code: string;
  readonly phrases: readonly string[];
  readonly properties: readonly (readonly [string, string])[];
  readonly children: readonly unknown[];
}

/** Systems whose concepts all play one part. In the others the top-level concept names the part. */
const ROLE_OF_SYSTEM = new Map([
  ['report-finding', 'finding'],
  ['report-anatomy', 'site'],
  ['report-change', 'change'],
]);

/** Every one of these has to be there: without its words the reader would be silently blind. */
export const REPORT_CODE_SYSTEMS = [
  ...ROLE_OF_SYSTEM.keys(),
  'report-language',
  'report-intervention',
  'report-examination',
  'report-care',
] as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown, where: string): string {
  if (typeof value === 'string' && value.trim() !== '') return value;
  throw new StartupError(where, 'expected a text that is not empty');
}

function list(value: unknown, where: string): readonly unknown[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  throw new StartupError(where, 'expected a list');
}

function record(value: unknown, where: string): Record<string, unknown> {
  if (isRecord(value)) return value;
  throw new StartupError(where, 'expected an object');
}

function conceptAt(value: unknown, where: string): CodeSystemConcept {
  const concept = record(value, where);
  return {
    code: text(concept['code'], `${where}/code`),
    phrases: list(concept['designation'], `${where}/designation`).map((designation, index) => {
      const place = `${where}/designation/${index}`;
      return text(record(designation, place)['value'], `${place}/value`);
    }),
    properties: list(concept['property'], `${where}/property`).map((property, index) => {
      const place = `${where}/property/${index}`;
      const entry = record(property, place);
      return [text(entry['code'], `${place}/code`), text(entry['valueCode'], `${place}/valueCode`)] as const;
    }),
    children: list(concept['concept'], `${where}/concept`),
  };
}

interface Position {
  readonly where: string;
  readonly parent: Concept | undefined;
  readonly systemRole: string | undefined;
}

function* entriesBelow(value: unknown, at: Position): Generator<PhraseEntry> {
  const read = conceptAt(value, at.where);
  const concept: Concept = {
    role: at.systemRole ?? at.parent?.role ?? read.code,
    code: read.code,
    properties: new Map([...(at.parent?.properties ?? []), ...read.properties]),
  };
  for (const phrase of read.phrases) yield { phrase, concept };
  for (const [index, child] of read.children.entries()) {
    yield* entriesBelow(child, { ...at, where: `${at.where}/concept/${index}`, parent: concept });
  }
}

/**
 * The phrases of all report code systems among the resources given; resources of other kinds are passed over.
 * @throws StartupError naming file and JSON Pointer when a resource is malformed or a system is missing.
 */
export function phraseEntries(codeSystems: readonly unknown[]): readonly PhraseEntry[] {
  const missing = new Set<string>(REPORT_CODE_SYSTEMS);
  const entries = codeSystems.flatMap((resource) => {
    if (!isRecord(resource) || typeof resource['id'] !== 'string' || !missing.delete(resource['id']))
      return [];
    const file = `CodeSystem-${resource['id']}.json`;
    const systemRole = ROLE_OF_SYSTEM.get(resource['id']);
    return list(resource['concept'], `${file}#/concept`).flatMap((concept, index) => [
      ...entriesBelow(concept, { where: `${file}#/concept/${index}`, parent: undefined, systemRole }),
    ]);
  });
  const [first] = missing;
  if (first !== undefined) throw new StartupError(`CodeSystem-${first}.json`, 'the file is missing');
  return entries;
}
