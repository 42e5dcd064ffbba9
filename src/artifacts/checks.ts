import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Ajv as AjvClass, Options, ValidateFunction } from 'ajv';

/** Options of every check. That the schemas are schemas is tested, not looked at again at each start. */
export const CHECK_OPTIONS: Options = {
  ...{ allErrors: false, strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true },
  ...{ meta: false, validateSchema: false, inlineRefs: false },
};

/** What the build compiles (precompile.ts), by checkName; beside this file in dist/. */
export const COMPILED_CHECKS = './compiled-checks.cjs';

const require = createRequire(import.meta.url);
const built = builtChecks();
let ajv: AjvClass | undefined;

/**
 * The check of a JSON Schema: as the build compiled it, when it is still the same schema; else compiled now. Loading
 * and running the compiler takes a fifth of the time from start to first answer.
 */
export function checkOf<T>(schema: object): ValidateFunction<T> {
  const compiled = built[checkName(schema)];
  if (compiled) return compiled as ValidateFunction<T>;
  ajv ??= newCompiler();
  return ajv.compile<T>(schema);
}

/** The name of a schema's compiled check: an identifier made of its digest. */
export function checkName(schema: object): string {
  return `check${createHash('sha256').update(JSON.stringify(schema)).digest('hex')}`;
}

function builtChecks(): Readonly<Record<string, ValidateFunction>> {
  try {
    return require(COMPILED_CHECKS) as Readonly<Record<string, ValidateFunction>>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'MODULE_NOT_FOUND') return {};
    throw error;
  }
}

// Run on a few files: compiling has to be cheap, not the code that comes of it.
function newCompiler(): AjvClass {
  const { Ajv } = require('ajv') as { readonly Ajv: typeof AjvClass };
  // One schema may be read by two paths: it is not kept by its $id.
  return new Ajv({ ...CHECK_OPTIONS, addUsedSchema: false, code: { optimize: false } });
}
