import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The checks that the test catalogue calls V: schemas written from the text of the specification. */
function schema(name: 'discovery' | 'feedback' | 'response'): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  formats.default(ajv);
  const url = new URL(`../../src/cds-hooks/schemas/${name}.schema.json`, import.meta.url);
  const text: unknown = JSON.parse(readFileSync(url, 'utf8'));
  if (typeof text !== 'object' || text === null) throw new Error('no schema');
  return ajv.compile(text);
}

const validators = {
  discovery: schema('discovery'),
  feedback: schema('feedback'),
  response: schema('response'),
};

/** What is wrong with a message, a line each; empty when it is valid. */
export function faultsOf(name: keyof typeof validators, value: unknown): readonly string[] {
  const validate = validators[name];
  if (validate(value)) return [];
  return (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

/** TR-3: places of null, "", [] and {} outside FHIR resources; `cards` and `services` may be empty. */
export function emptiesIn(value: unknown, place = ''): readonly string[] {
  if (value === null || value === '') return [place];
  if (typeof value !== 'object') return [];
  if ('resourceType' in value && typeof value.resourceType === 'string') return [];
  const members = Object.entries(value);
  if (members.length === 0) return ['.cards', '.services'].includes(place) ? [] : [place];
  return members.flatMap(([name, member]) => emptiesIn(member, `${place}.${name}`));
}
