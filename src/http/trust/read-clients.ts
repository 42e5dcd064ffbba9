import type { JWK } from 'jose';
import { isJsonObject } from '../../cds-hooks/json.js';
import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { StartupError } from '../../errors.js';
import { ClientProblems, isHttpUrl, whyNoPublicKey } from './client-problems.js';
import {
  AFTER_OVERRIDE,
  AFTER_OVERRIDE_HOURS,
  DIALECTS,
  MOST_HOURS,
  SIGNATURE_ALGORITHMS,
  type SignatureAlgorithm,
  type TrustedClient,
} from './trusted-client.types.js';

/** What CDS Hooks recommends (JWT-4). */
const DEFAULT_ALGORITHMS: readonly SignatureAlgorithm[] = ['ES384', 'RS384'];

/**
 * Reads the trusted clients' file: an array of clients, one or more.
 *
 * @param where the setting that named the file, for the message
 * @param production whether http is refused for loopback hosts too
 * @throws StartupError listing everything that is wrong, by its place in the file and never by its value
 */
export function readClients(text: string, where: string, production: boolean): readonly TrustedClient[] {
  const problems = new ClientProblems(where);
  const entries = parse(text, problems);
  const clients = entries.map((entry, index) => toClient(entry, `[${index}]`, { problems, production }));
  const issuers = clients.map(({ issuer }) => issuer);
  issuers.forEach((issuer, index) => {
    if (issuer !== '' && issuers.indexOf(issuer) < index)
      problems.add(`[${index}].issuer`, 'is there already');
  });
  problems.throwIfAny();
  return clients;
}

function parse(text: string, problems: ClientProblems): readonly unknown[] {
  let entries: unknown;
  try {
    entries = JSON.parse(text);
  } catch {
    // The parser's own message quotes the file.
    throw new StartupError('STEPWISE_CLIENTS', 'the file it names is not JSON');
  }
  if (Array.isArray(entries) && entries.length > 0) return entries;
  problems.add('', 'has to be an array of one client or more');
  return [];
}

interface Reading {
  readonly problems: ClientProblems;
  readonly production: boolean;
}

const MEMBERS = [
  'issuer',
  'jwksUri',
  'jwks',
  'algorithms',
  'tenants',
  'fhirServers',
  'dialect',
  'mappings',
  'shadow',
  'afterOverride',
];

function toClient(entry: unknown, place: string, reading: Reading): TrustedClient {
  const { problems } = reading;
  const client = isJsonObject(entry) ? entry : {};
  if (!isJsonObject(entry)) problems.add(place, 'is not an object');
  // A misspelt `tenants` would let every tenant in.
  for (const name of Object.keys(client))
    if (!MEMBERS.includes(name)) problems.add(place, `has a member that is none of ${MEMBERS.join(', ')}`);
  const tenants = problems.strings(client['tenants'], `${place}.tenants`);
  const issuer = client['issuer'];
  if (typeof issuer !== 'string' || issuer === '') problems.add(`${place}.issuer`, 'is not a non-empty text');
  const mappings = toText(client['mappings'], `${place}.mappings`, problems);
  const servers = problems.strings(client['fhirServers'], `${place}.fhirServers`);
  if (servers === undefined) problems.add(`${place}.fhirServers`, 'is missing');
  return {
    issuer: typeof issuer === 'string' ? issuer : '',
    ...toKeys(client, place, reading),
    algorithms: toAlgorithms(client['algorithms'], `${place}.algorithms`, problems),
    ...(tenants !== undefined && { tenants }),
    fhirServers: toServers(servers ?? [], `${place}.fhirServers`, reading),
    dialect: problems.oneOf(client['dialect'], DIALECTS, `${place}.dialect`),
    ...(mappings !== undefined && { mappings }),
    ...toAfterOverride(client['afterOverride'], `${place}.afterOverride`, problems),
    shadow: toShadow(client['shadow'], `${place}.shadow`, problems),
  };
}

function toKeys(
  client: JsonObject,
  place: string,
  reading: Reading,
): Pick<TrustedClient, 'jwks' | 'jwksUri'> {
  const { jwksUri, jwks } = client;
  if ((jwksUri === undefined) === (jwks === undefined)) {
    reading.problems.add(place, 'needs either jwksUri or jwks');
    return {};
  }
  if (jwks !== undefined) return { jwks: toJwks(jwks, `${place}.jwks`, reading.problems) };
  if (typeof jwksUri === 'string' && isHttpUrl(jwksUri, reading.production)) return { jwksUri };
  reading.problems.add(`${place}.jwksUri`, httpRule('an https URL without user or fragment', reading));
  return {};
}

function toJwks(value: unknown, place: string, problems: ClientProblems): readonly JWK[] {
  const keys = isJsonObject(value) ? value['keys'] : value;
  if (!Array.isArray(keys) || keys.length === 0) {
    problems.add(place, 'has no keys');
    return [];
  }
  return keys.filter((key: unknown, index): key is JWK => {
    const wrong = whyNoPublicKey(key);
    if (wrong !== undefined) problems.add(`${place}.keys[${index}]`, wrong);
    return wrong === undefined;
  });
}

function toAlgorithms(
  value: unknown,
  place: string,
  problems: ClientProblems,
): readonly SignatureAlgorithm[] {
  const names = problems.strings(value, place);
  if (names === undefined) return DEFAULT_ALGORITHMS;
  return names.map((name) => problems.oneOf(name, SIGNATURE_ALGORITHMS, place));
}

function toServers(servers: readonly string[], place: string, reading: Reading): readonly string[] {
  servers.forEach((server, index) => {
    if (!isHttpUrl(server, reading.production) || server.includes('?'))
      reading.problems.add(
        `${place}[${index}]`,
        httpRule('an https base URL without user or query', reading),
      );
  });
  return servers.map((server) => (URL.canParse(server) ? new URL(server).href.replace(/\/+$/, '') : server));
}

function httpRule(rule: string, { production }: Reading): string {
  return `is not ${rule}${production ? '' : ' (http for loopback hosts only)'}`;
}

function toShadow(value: unknown, place: string, problems: ClientProblems): boolean {
  if (value !== undefined && typeof value !== 'boolean') problems.add(place, 'is not true or false');
  return value === true;
}

function toAfterOverride(
  value: unknown,
  place: string,
  problems: ClientProblems,
): Pick<TrustedClient, 'afterOverride'> {
  if (value === undefined) return {};
  const { answer, hours = AFTER_OVERRIDE_HOURS } = isJsonObject(value) ? value : {};
  const isHours = typeof hours === 'number' && Number.isInteger(hours) && hours >= 1 && hours <= MOST_HOURS;
  if (answer === undefined) problems.add(place, 'is not an object with answer and hours');
  if (!isHours) problems.add(`${place}.hours`, `is not a whole number from 1 to ${MOST_HOURS}`);
  return {
    afterOverride: {
      answer: problems.oneOf(answer, AFTER_OVERRIDE, `${place}.answer`),
      hours: isHours ? hours : AFTER_OVERRIDE_HOURS,
    },
  };
}

function toText(value: unknown, place: string, problems: ClientProblems): string | undefined {
  if (typeof value === 'string' && value !== '') return value;
  if (value !== undefined) problems.add(place, 'is not a non-empty text');
  return undefined;
}
