import { readdirSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { codeSystemSchema } from '../../src/artifacts/schemas/code-system.schema.js';
import { conceptMapSchema } from '../../src/artifacts/schemas/concept-map.schema.js';
import { namingSystemSchema } from '../../src/artifacts/schemas/naming-system.schema.js';
import { valueSetSchema } from '../../src/artifacts/schemas/value-set.schema.js';

const files = readdirSync('hooks').filter((file) => file.endsWith('.schema.json'));

/** The service compiles them at its start without this check, which takes longer than compiling them. */
describe('every schema is one', () => {
  test.each([
    ...files.map((file) => [file, JSON.parse(readFileSync(`hooks/${file}`, 'utf8')) as object] as const),
    ['code-system', codeSystemSchema] as const,
    ['concept-map', conceptMapSchema] as const,
    ['naming-system', namingSystemSchema] as const,
    ['value-set', valueSetSchema] as const,
  ])('%s', (_name, schema) => {
    const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allowUnionTypes: true });
    expect(ajv.validateSchema(schema)).toBe(true);
    expect(() => ajv.compile(schema)).not.toThrow();
  });
});
