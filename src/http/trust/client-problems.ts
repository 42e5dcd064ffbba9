import { createPublicKey } from 'node:crypto';
import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../../cds-hooks/json.js';
import { StartupError } from '../../errors.js';

/** What is wrong with the clients' file, gathered so that one start tells all of it. */
export class ClientProblems {
  readonly #where: string;
  readonly #problems: string[] = [];

  constructor(where: string) {
    this.#where = where;
  }

  add(place: string, problem: string): void {
    this.#problems.push(`${place === '' ? 'the file' : place} ${problem}`);
  }

  /** A list of non-empty texts, one or more; undefined when it is absent. */
  strings(value: unknown, place: string): readonly string[] | undefined {
    if (value === undefined) return undefined;
    const texts = Array.isArray(value) ? value.filter((item) => typeof item === 'string' && item !== '') : [];
    const isList = Array.isArray(value) && value.length > 0 && texts.length === value.length;
    if (!isList) this.add(place, 'is not a list of non-empty texts');
    return texts.map(String);
  }

  /** One of the values, the first when it is absent. */
  oneOf<T extends string>(value: unknown, values: readonly [T, ...T[]], place: string): T {
    const known = value === undefined ? values[0] : values.find((one) => one === value);
    if (known === undefined) this.add(place, `is none of ${values.join(', ')}`);
    return known ?? values[0];
  }

  throwIfAny(): void {
    if (this.#problems.length === 0) return;
    const { length } = this.#problems;
    const count = length === 1 ? '1 thing is wrong' : `${length} things are wrong`;
    throw new StartupError(this.#where, [count, ...new Set(this.#problems)].join('\n  - '));
  }
}

/** True for https URLs, and outside production for http ones of this machine; without user info and fragment. */
export function isHttpUrl(text: string, production: boolean): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.username + url.password !== '' || text.includes('#')) return false;
  if (/%2f|%5c/i.test(url.pathname)) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && !production && isLoopback(url.hostname));
}

function isLoopback(host: string): boolean {
  const named = host === 'localhost' || host.endsWith('.localhost') || host === '[::1]';
  // Parsing has turned every other way to write an IPv4 address into this one.
  return named || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Bits of an RSA key, at least; below, signatures are not verified either. */
const RSA_BITS = 2048;

/** Why a value is no public key with a key id; undefined when it is one. */
export function whyNoPublicKey(key: unknown): string | undefined {
  if (!isJsonObject(key) || (key['kty'] !== 'EC' && key['kty'] !== 'RSA')) return 'is no EC or RSA key';
  if (typeof key['kid'] !== 'string' || key['kid'] === '') return 'has no kid';
  if ('d' in key) return 'is a private key, which nobody but the client may have: it has to make a new one';
  return isUsable(key) ? undefined : 'is damaged, or an RSA key of less than 2048 bits';
}

function isUsable(key: JsonObject): boolean {
  try {
    const { asymmetricKeyDetails } = createPublicKey({ key: { ...key }, format: 'jwk' });
    return (asymmetricKeyDetails?.modulusLength ?? RSA_BITS) >= RSA_BITS;
  } catch {
    return false;
  }
}
