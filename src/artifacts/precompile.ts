/** A step of the build: compiles the checks of all schemas, so that no start has to (see checks.ts). */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import standalone from 'ajv/dist/standalone/index.js';
import { CHECK_OPTIONS, checkName, COMPILED_CHECKS } from './checks.js';
import { readJson } from './read-checked.js';
import { codeSystemSchema } from './schemas/code-system.schema.js';
import { conceptMapSchema } from './schemas/concept-map.schema.js';
import { namingSystemSchema } from './schemas/naming-system.schema.js';
import { valueSetSchema } from './schemas/value-set.schema.js';

const HOOKS = fileURLToPath(new URL('../../hooks', import.meta.url));

/** Every schema that something is checked against at a start. */
function schemas(): readonly object[] {
  const files = readdirSync(HOOKS).filter((name) => name.endsWith('.schema.json'));
  const ofHooks = files.map((name) => readJson(join(HOOKS, name)) as object);
  return [...ofHooks, codeSystemSchema, conceptMapSchema, namingSystemSchema, valueSetSchema];
}

const ajv = new Ajv({ ...CHECK_OPTIONS, code: { source: true } });
const names = schemas().map((schema) => {
  const name = checkName(schema);
  ajv.addSchema(schema, name);
  return name;
});
const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, name])));
writeFileSync(new URL(COMPILED_CHECKS, import.meta.url), code);
