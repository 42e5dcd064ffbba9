import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';

/** The checks that the test catalogue calls V: schemas written from the text of the specification. */
const ofCdsHooks = (name: 'discovery' | 'feedback' | 'response') =>
  schema(`src/cds-hooks/schemas/${name}.schema.json`);

function schema(path: string): ValidateFunction {
  const ajv = new Ajv2020({ allErrors: true, strictTypes: false });
  formats.default(ajv);
  const url = new URL(`../../${path}`, import.meta.url);
  const text: unknown = JSON.parse(readFileSync(url, 'utf8'));
  if (typeof text !== 'object' || text === null) throw new Error('no schema');
  return ajv.compile(text);
}

const validators = {
  discovery: ofCdsHooks('discovery'),
  feedback: ofCdsHooks('feedback'),
  response: ofCdsHooks('response'),
  evaluation: schema('test/contracts/evaluation.schema.json'),
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

/** What is wrong with the text of a 200: the rules of CDS Hooks, TR-3, TR-5, and the evaluation's own contract. */
export function faultsOfAnswer(text: string): readonly string[] {
  const body = JSON.parse(text) as { readonly extension?: Readonly<Record<string, unknown>> };
  const evaluation = body.extension?.['stepwise-cds.evaluation'];
  return [
    ...(text === JSON.stringify(body) ? [] : ['TR-5: white space']),
    ...faultsOf('response', body),
    ...emptiesIn(body).map((place) => `TR-3: ${place}`),
    ...(body.extension ? faultsOf('evaluation', evaluation) : []),
  ];
}
