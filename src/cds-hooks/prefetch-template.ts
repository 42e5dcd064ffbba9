import { StartupError } from '../errors.js';
import type { HookRequest } from './hook-request.types.js';
import { isFhirId } from './members.js';
import type { PrefetchKey } from './service.types.js';

/** A published template with its tokens replaced: what the client would have asked, and what we ask in its place (PF-7). */
export interface PrefetchQuery {
  readonly type: string;
  /** Present for an instance read (`Patient/{{context.patientId}}`), absent for a search. */
  readonly id?: string;
  /** Relative to the base URL, percent-encoded, without leading slash. */
  readonly path: string;
}

type Context = HookRequest['context'];

const TOKEN = /\{\{(.*?)\}\}/g;
const TYPE = /^[A-Z][A-Za-z]+$/;

// PT-1, PT-2: root-level primitive fields of order-sign and order-select marked as prefetch tokens, and the user tokens.
const TOKENS: ReadonlyMap<string, (context: Context) => string | undefined> = new Map([
  ['context.patientId', ({ patientId }) => bareId(patientId)],
  ['context.encounterId', ({ encounterId }) => bareId(encounterId)],
  ['context.userId', ({ userId }) => typedId(userId)],
  ['userPractitionerId', ({ userId }) => userOfType(userId, 'Practitioner')],
  ['userPractitionerRoleId', ({ userId }) => userOfType(userId, 'PractitionerRole')],
  ['userPatientId', ({ userId }) => userOfType(userId, 'Patient')],
  ['userRelatedPersonId', ({ userId }) => userOfType(userId, 'RelatedPerson')],
]);

function bareId(id: string | undefined): string | undefined {
  return id !== undefined && isFhirId(id) ? id : undefined;
}

function typedId(reference: string | undefined): string | undefined {
  if (reference === undefined) return undefined;
  const [type = '', id = '', ...rest] = reference.split('/');
  return TYPE.test(type) && isFhirId(id) && rest.length === 0 ? reference : undefined;
}

// PT-4: a user token exists only for a user of its type.
function userOfType(userId: string | undefined, type: string): string | undefined {
  const user = typedId(userId);
  return user?.startsWith(`${type}/`) ? user.slice(type.length + 1) : undefined;
}

/**
 * Replaces the tokens of a linted template, URL-encoding their values. Undefined when a token has no value in this
 * call (no encounter, a user of another type), or one that is no FHIR id: then nobody can ask this query.
 */
export function expandTemplate(template: string, context: Context): PrefetchQuery | undefined {
  const [path = '', query] = template.split('?', 2);
  const read = replaceTokens(path, context, (value) => value.split('/').map(encodeURIComponent).join('/'));
  if (read === undefined) return undefined;
  if (query === undefined) {
    const [type = '', id = ''] = read.split('/');
    return { type, id, path: read };
  }
  const search = replaceTokens(encodeStaticPart(query), context, encodeURIComponent);
  return search === undefined ? undefined : { type: read, path: `${read}?${search}` };
}

/**
 * The resource type a linted template asks for, also where its tokens have no value in this call; undefined when
 * only the token would tell (`{{context.userId}}`).
 */
export function templateType(template: string, context: Context): string | undefined {
  const type = template.split(/[/?]/, 1)[0] ?? '';
  return TYPE.test(type) ? type : expandTemplate(template, context)?.type;
}

function replaceTokens(
  text: string,
  context: Context,
  encode: (value: string) => string,
): string | undefined {
  const values = [...text.matchAll(TOKEN)].map(([, name = '']) => TOKENS.get(name)?.(context));
  if (values.includes(undefined)) return undefined;
  let next = 0;
  return text.replaceAll(TOKEN, () => encode(values[next++] ?? ''));
}

// `system|code` is how templates are written; the bar and its like are not legal in a URL's query, braces are tokens.
function encodeStaticPart(query: string): string {
  return query.replaceAll(/[|<>"^`\\ ]/g, encodeURIComponent);
}

/**
 * Checks the templates of a service against the restrictions of CDS Hooks 2.0 (PT-1 to PT-4, PT-7 to PT-10): root
 * primitive tokens, a relative instance read or type search, and the recommended query subset.
 *
 * @throws StartupError naming the service and the key of the first template that breaks a rule
 */
export function lintTemplates(serviceId: string, prefetch: Readonly<Record<string, PrefetchKey>>): void {
  for (const [key, { template }] of Object.entries(prefetch)) {
    const fault = templateFault(template);
    if (fault !== undefined)
      throw new StartupError(`service ${serviceId}, prefetch ${key}`, `${template}: ${fault}`);
  }
}

const SAMPLE_USERS = ['Practitioner/1', 'PractitionerRole/1', 'Patient/1', 'RelatedPerson/1'];

function templateFault(template: string): string | undefined {
  return tokenFault(template) ?? shapeFault(template) ?? queryFault(template) ?? expansionFault(template);
}

function tokenFault(template: string): string | undefined {
  for (const [, name = ''] of template.matchAll(TOKEN)) {
    if (name.startsWith('%')) return `${name} is no token of CDS Hooks 2.0 (PT-5)`;
    if (!TOKENS.has(name)) return `${name} is not a root-level primitive prefetch token (PT-1 to PT-3)`;
  }
  return /[{}]/.test(template.replaceAll(TOKEN, '')) ? 'unbalanced token delimiters (PT-1)' : undefined;
}

function shapeFault(template: string): string | undefined {
  if (/^\/|^[a-z][a-z0-9+.-]*:|#/.test(template)) return 'not a relative URL (PT-7)';
  const path = (template.split('?')[0] ?? '')
    .replaceAll('{{context.userId}}', 'Practitioner/1')
    .replaceAll(TOKEN, '1');
  const [type = '', ...rest] = path.split('/');
  if (!TYPE.test(type)) return 'does not start with a resource type (PT-7)';
  const search = template.includes('?');
  const valid = search ? rest.length === 0 : rest.length === 1 && isFhirId(rest[0] ?? '');
  return valid ? undefined : 'neither an instance read nor a type search (PT-7)';
}

const DATES = new Set(
  'date authored authoredon onset-date recorded-date abatement-date period issued birthdate started occurrence _lastUpdated created'.split(
    ' ',
  ),
);
const REFERENCES = new Set(
  'patient subject encounter context requester performer author recorder asserter based-on part-of organization beneficiary'.split(
    ' ',
  ),
);
const DATE_VALUE = /^(?:eq|lt|gt|ge|le)?\d{4}(?:-\d\d(?:-\d\d(?:T[\d:.]+(?:Z|[+-]\d\d:\d\d)?)?)?)?$/;
const REFERENCE_VALUE = /^(?:[A-Z][A-Za-z]+\/)?[A-Za-z0-9\-.]{1,64}$/;
const SORT_VALUE = /^-?[_a-zA-Z-]+(?:,-?[_a-zA-Z-]+)*$/;

function queryFault(template: string): string | undefined {
  const query = template.includes('?') ? template.slice(template.indexOf('?') + 1) : undefined;
  return query
    ?.replaceAll('{{context.userId}}', 'Practitioner/1')
    .replaceAll(TOKEN, '1')
    .split('&')
    .map(parameterFault)
    .find((fault) => fault !== undefined);
}

function parameterFault(parameter: string): string | undefined {
  const [, name = '', modifier, value = ''] =
    /^([A-Za-z_][A-Za-z_-]*)(?::([^=]*))?=(.+)$/.exec(parameter) ?? [];
  if (name === '')
    return `"${parameter}" is no name=value; chained parameters are outside the subset (PT-8, PT-9)`;
  if (name === '_count')
    return /^[1-9]\d*$/.test(value) && !modifier ? undefined : '_count is a page size (PT-9)';
  if (name === '_sort')
    return SORT_VALUE.test(value) && !modifier ? undefined : '_sort is a list of parameters (PT-9)';
  if (name.startsWith('_') && name !== '_id' && name !== '_lastUpdated')
    return `${name} is outside the subset (PT-9)`;
  return modifierFault(name, modifier) ?? valueFault(name, value);
}

function modifierFault(name: string, modifier: string | undefined): string | undefined {
  if (modifier === undefined) return undefined;
  const token = !DATES.has(name) && !REFERENCES.has(name);
  return token && modifier === 'in' ? undefined : `modifier :${modifier} is outside the subset (PT-8)`;
}

function valueFault(name: string, value: string): string | undefined {
  if (DATES.has(name) && !value.split(',').every((date) => DATE_VALUE.test(date)))
    return `${name} takes a date with eq, lt, gt, ge or le (PT-8)`;
  if (REFERENCES.has(name) && !value.split(',').every((reference) => REFERENCE_VALUE.test(reference)))
    return `${name} takes an id (PT-8)`;
  return undefined;
}

// PT-10: every template can be expanded from the specification's sample contexts, for one kind of user at least.
function expansionFault(template: string): string | undefined {
  const expanded = SAMPLE_USERS.some(
    (userId) =>
      expandTemplate(template, { userId, patientId: '1288992', encounterId: '89284', draftOrders: [] }) !==
      undefined,
  );
  return expanded ? undefined : 'cannot be expanded from a sample context (PT-10)';
}
