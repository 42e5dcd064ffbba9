import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, importJWK, SignJWT, type JWK } from 'jose';
import { isJsonObject } from '../cds-hooks/json.js';
import { StartupError } from '../errors.js';

/** A client to try a deployment with: it signs as an EHR does, with a key of its own. */
export interface TestClient {
  readonly issuer: string;
  /** Private, with `kid` and `alg`. */
  readonly key: JWK;
}

const ALGORITHM = 'ES384';
/** Seconds a token lives. */
const LIFETIME = 300;
const [KEY_FILE, CLIENTS_FILE] = ['private-key.json', 'clients.json'];

export interface NewClient {
  readonly issuer: string;
  readonly fhirServer: string;
  readonly keyId: string;
}

/**
 * Makes a key pair and two files in `folder`: `private-key.json` (readable by its owner alone) for signing, and
 * `clients.json`, a file for STEPWISE_CLIENTS that trusts the key.
 *
 * @returns the path of the file for STEPWISE_CLIENTS
 * @throws StartupError where a file cannot be written, or there is a key already
 */
export async function makeTestClient(
  folder: string,
  { issuer, fhirServer, keyId }: NewClient,
): Promise<string> {
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const names = { kid: keyId, alg: ALGORITHM, use: 'sig' };
  const publicJwk = { ...(await exportJWK(publicKey)), ...names };
  const client = { issuer, jwks: { keys: [publicJwk] }, fhirServers: [fhirServer] };
  const secret = { issuer, key: { ...(await exportJWK(privateKey)), ...names } };
  const clientsFile = join(folder, CLIENTS_FILE);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, KEY_FILE), toText(secret), { mode: 0o600, flag: 'wx' });
    writeFileSync(clientsFile, toText([client]));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartupError(folder, code === 'EEXIST' ? 'has a key already' : `cannot be written (${code})`);
  }
  return clientsFile;
}

/** Reads what `makeTestClient` wrote. @throws StartupError naming the file */
export function readTestClient(folder: string): TestClient {
  const path = join(folder, KEY_FILE);
  try {
    const file: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (isJsonObject(file) && typeof file['issuer'] === 'string' && isJsonObject(file['key']))
      return { issuer: file['issuer'], key: file['key'] };
  } catch {
    // Said below; the reason may quote the key.
  }
  throw new StartupError(path, 'is no key of a test client');
}

export interface TokenFor {
  /** The URL that is called: of the service, or of its feedback. */
  readonly audience: string;
  /** Seconds since 1970. */
  readonly now: number;
  readonly tokenId: string;
}

/** A JWT as an EHR sends it with a call (JWT-1 to JWT-5); good for one call within five minutes. */
export async function signToken(
  { issuer, key }: TestClient,
  { audience, now, tokenId }: TokenFor,
): Promise<string> {
  return new SignJWT({ iss: issuer, aud: audience, iat: now, exp: now + LIFETIME, jti: tokenId })
    .setProtectedHeader({ alg: ALGORITHM, typ: 'JWT', kid: key.kid ?? '' })
    .sign(await importJWK(key, ALGORITHM));
}

function toText(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
