import { readFileSync } from 'node:fs';
import type { ValidateFunction } from 'ajv';
import { StartupError } from '../errors.js';
import { checkOf } from './checks.js';

const compiled = new Map<string, ValidateFunction>();

/** Reads a JSON file and checks it against a schema file. Throws StartupError with the path and JSON Pointer. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema file vouches for the shape
export function readChecked<T>(path: string, schemaPath: string): T {
  return checked<T>(readJson(path), schemaPath, path);
}

/** Checks what was read against a schema file. Throws StartupError with the place and JSON Pointer. */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema file vouches for the shape
export function checked<T>(content: unknown, schemaPath: string, path: string): T {
  const validate = compiled.get(schemaPath) ?? compile(schemaPath);
  if (validate(content)) return content as T;
  const [error] = validate.errors ?? [];
  throw new StartupError(
    `${path}#${error?.instancePath ?? ''}`,
    error?.message ?? 'is not as its schema asks',
  );
}

function compile(schemaPath: string): ValidateFunction {
  const validate = checkOf(readJson(schemaPath) as object);
  compiled.set(schemaPath, validate);
  return validate;
}

/** Reads a JSON file; throws StartupError when it is missing or no JSON, and quotes nothing of it. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown;
  } catch (error) {
    throw new StartupError(path, whyUnread(error));
  }
}

/** The parser's own message quotes the file, which may be any that a setting names. */
function whyUnread(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be read';
  if (!(error instanceof SyntaxError)) return error.message;
  const position = /at position \d+/.exec(error.message)?.[0];
  return position === undefined ? 'is no JSON' : `is no JSON ${position}`;
}
