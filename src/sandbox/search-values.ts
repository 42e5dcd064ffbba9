import { FhirRefusal } from './outcome.js';
import { isObject, valuesAt, type StoredResource } from './resource.js';
import { dateTest } from './search-dates.js';
import type { SearchParameter } from './search-parameters.js';

/** Whether a resource passes one search parameter. */
export type Test = (resource: StoredResource) => boolean;

/** One parameter as it was asked: `code:not=a,b` is code, not, and both values. */
export interface Asked {
  readonly name: string;
  readonly modifier?: string;
  readonly value: string;
}

/**
 * Compiles one asked parameter; values parted by commas are alternatives.
 * @throws FhirRefusal 400 for a modifier or a value that the parameter cannot have
 */
export function parameterTest(asked: Asked, parameter: SearchParameter): Test {
  const valuesOf = (resource: StoredResource) => parameter.paths.flatMap((path) => valuesAt(resource, path));
  if (asked.modifier === 'missing') return missingTest(asked, valuesOf);
  const { tests, negated } = alternatives(asked, parameter);
  const matches: Test = (resource) => {
    const values = valuesOf(resource);
    return tests.some((test) => values.some(test));
  };
  return negated ? (resource) => !matches(resource) : matches;
}

function missingTest(asked: Asked, valuesOf: (resource: StoredResource) => readonly unknown[]): Test {
  if (asked.value !== 'true' && asked.value !== 'false') throw badModifier(asked);
  const wanted = asked.value === 'true';
  return (resource) => (valuesOf(resource).length === 0) === wanted;
}

type ValueTest = (value: unknown) => boolean;

function alternatives(asked: Asked, parameter: SearchParameter): { tests: ValueTest[]; negated: boolean } {
  const values = splitUnescaped(asked.value, ',').filter((value) => value !== '');
  const { modifier } = asked;
  const plain = modifier === undefined;
  switch (parameter.kind) {
    case 'date':
      if (plain) return { tests: values.map((value) => dateTest(asked.name, value)), negated: false };
      break;
    case 'token':
      if (modifier === 'text') return { tests: values.map(conceptTextTest), negated: false };
      if (plain || modifier === 'not') return { tests: values.map(tokenTest), negated: !plain };
      break;
    case 'string':
      if (plain || modifier === 'exact' || modifier === 'contains')
        return { tests: values.map((value) => stringTest(unescape(value), modifier)), negated: false };
      break;
    case 'reference':
      if (plain || /^[A-Z][A-Za-z]+$/.test(modifier))
        return {
          tests: values.map((value) => referenceTest(value, modifier ?? parameter.target)),
          negated: false,
        };
  }
  throw badModifier(asked);
}

function badModifier(asked: Asked): FhirRefusal {
  return new FhirRefusal(400, 'not-supported', `Unsupported modifier on search parameter "${asked.name}"`);
}

/** FHIR escapes `,` `|` and `\\` with a backslash. */
function splitUnescaped(text: string, separator: ',' | '|'): string[] {
  return text.split(separator === ',' ? /(?<!\\),/ : /(?<!\\)\|/);
}

function unescape(text: string): string {
  return text.replace(/\\(.)/gs, '$1');
}

/** `code` in any system; `system|code`; `|code` without a system; `system|` any code of it. */
function tokenTest(asked: string): ValueTest {
  const parts = splitUnescaped(asked, '|').map(unescape);
  const [system, code] = parts.length > 1 ? parts : [undefined, parts[0]];
  return (value) =>
    tokensOf(value).some(
      (token) =>
        (system === undefined || (token.system ?? '') === system) && (code === '' || token.code === code),
    );
}

interface Token {
  readonly system?: string;
  readonly code: string;
}

/** Coding, CodeableConcept, Identifier, code, boolean: as tokens. */
function tokensOf(value: unknown): readonly Token[] {
  if (typeof value === 'string' || typeof value === 'boolean') return [{ code: String(value) }];
  if (!isObject(value)) return [];
  if (Array.isArray(value['coding'])) return value['coding'].flatMap(tokensOf);
  const { system } = value;
  const code = value['code'] ?? value['value'];
  if (typeof code !== 'string') return [];
  return [typeof system === 'string' ? { system, code } : { code }];
}

function conceptTextTest(asked: string): ValueTest {
  const wanted = unescape(asked).toLowerCase();
  const paths = ['text', 'display', 'coding.display'];
  return (value) => paths.flatMap((path) => valuesAt(value, path)).some((text) => startsWith(text, wanted));
}

function startsWith(text: unknown, wanted: string): boolean {
  return typeof text === 'string' && text.toLowerCase().startsWith(wanted);
}

function stringTest(asked: string, modifier: string | undefined): ValueTest {
  const wanted = asked.toLowerCase();
  if (modifier === 'exact') return (value) => value === asked;
  if (modifier === 'contains')
    return (value) => typeof value === 'string' && value.toLowerCase().includes(wanted);
  return (value) => startsWith(value, wanted);
}

/** `id`, `Type/id` or an absolute address; with a type named, others do not match. */
function referenceTest(asked: string, type: string | undefined): ValueTest {
  const [wantedId, wantedType] = asked.split('/').reverse();
  return (value) => {
    const reference = isObject(value) ? value['reference'] : undefined;
    if (typeof reference !== 'string') return false;
    const [id, foundType] = reference.split('/').reverse();
    return (
      id === wantedId &&
      (wantedType === undefined || foundType === wantedType) &&
      (type === undefined || foundType === type)
    );
  };
}
