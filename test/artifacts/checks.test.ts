import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { CHECK_OPTIONS, checkName, checkOf } from '../../src/artifacts/checks.js';
import { codeSystemSchema } from '../../src/artifacts/schemas/code-system.schema.js';
import { conceptMapSchema } from '../../src/artifacts/schemas/concept-map.schema.js';
import { namingSystemSchema } from '../../src/artifacts/schemas/naming-system.schema.js';
import { valueSetSchema } from '../../src/artifacts/schemas/value-set.schema.js';

const built = createRequire(import.meta.url)('../../dist/artifacts/compiled-checks.cjs') as Readonly<
  Record<string, ValidateFunction>
>;

function json(path: string): object {
  return JSON.parse(readFileSync(path, 'utf8')) as object;
}

function namesOfHooks(): readonly string[] {
  return readdirSync('hooks').filter((name) => name.endsWith('.schema.json'));
}

test('the build compiles the check of every schema, and nothing else', () => {
  const schemas = [
    ...namesOfHooks().map((name) => json(`hooks/${name}`)),
    ...[codeSystemSchema, conceptMapSchema, namingSystemSchema, valueSetSchema],
  ];
  expect(Object.keys(built).sort()).toEqual(schemas.map(checkName).sort());
});

describe('what the build compiled says the same as what a start would compile', () => {
  const policy = json('hooks/sij-neurectomy-review/policy.json');
  const schema = json('hooks/policy.schema.json');
  test.each([
    ['the file of the product', policy],
    ['a member that is not known', { ...policy, unknown: 1 }],
    ['another type', { ...policy, version: 1 }],
    ['a member missing', Object.fromEntries(Object.entries(policy).slice(3))],
    ['no object', []],
  ])('%s', (_name, content) => {
    const now = new Ajv(CHECK_OPTIONS).compile(schema);
    const then = built[checkName(schema)]!;
    const said = [now, then].map((check) => [
      check(content),
      check.errors?.map(({ instancePath, message }) => [instancePath, message]),
    ]);
    expect(said[1]).toEqual(said[0]);
  });
});

test('a schema that has changed since the build is not the one that was compiled', () => {
  expect(built[checkName({ ...json('hooks/service.schema.json'), title: 'another' })]).toBeUndefined();
});

test('a schema that was not built can be read by two paths', () => {
  const changed = { ...json('hooks/service.schema.json'), title: 'of two paths' };
  expect(() => [checkOf(changed), checkOf({ ...changed })]).not.toThrow();
});
