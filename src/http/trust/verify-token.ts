import { compactVerify, decodeJwt, decodeProtectedHeader, type CompactVerifyResult, type JWK } from 'jose';
import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../../cds-hooks/json.js';
import type { KeySource } from './key-source.js';
import type { TrustedClient } from './trusted-client.types.js';
import { Untrusted } from './trust-failure.js';

/** A client, and where its keys are had. */
export interface KnownClient {
  readonly client: TrustedClient;
  readonly keySource: KeySource;
}

export interface VerifiedToken {
  readonly client: TrustedClient;
  readonly claims: JsonObject;
}

/**
 * Finds the client of a token by `iss` and verifies the signature with a key of that client (JWT-3, -4, -6, -7).
 * The claims beside `iss` are not checked yet.
 *
 * @throws Untrusted
 */
export async function verifyToken(
  token: string,
  clients: ReadonlyMap<string, KnownClient>,
): Promise<VerifiedToken> {
  const { header, issuer } = decode(token);
  const known = clients.get(issuer);
  if (known === undefined) throw new Untrusted('issuer-unknown');
  const { client, keySource } = known;
  const wanted = checkHeader(header, client);
  const { payload } = await verify(token, wanted, keySource);
  return { client, claims: toClaims(payload) };
}

function decode(token: string): { readonly header: JsonObject; readonly issuer: string } {
  try {
    const header: unknown = decodeProtectedHeader(token);
    const { iss } = decodeJwt(token);
    if (isJsonObject(header) && typeof iss === 'string') return { header, issuer: iss };
  } catch {
    throw new Untrusted('token-malformed');
  }
  throw new Untrusted('claim-missing');
}

interface WantedKey {
  readonly alg: string;
  readonly kid: string;
}

function checkHeader({ alg, kid, jku, typ, crit }: JsonObject, client: TrustedClient): WantedKey {
  // What a signature covers may be said there in another way (RFC 7797); CDS Hooks needs none of it.
  if (crit !== undefined) throw new Untrusted('token-malformed');
  if (typeof typ !== 'string' || typ.toUpperCase() !== 'JWT') throw new Untrusted('type-not-jwt');
  const algorithm = client.algorithms.find((allowed) => allowed === alg);
  if (algorithm === undefined) throw new Untrusted('algorithm-refused');
  if (typeof kid !== 'string' || kid === '') throw new Untrusted('key-id-missing');
  if (jku !== undefined && (client.jwksUri === undefined || jku !== client.jwksUri))
    throw new Untrusted('jku-unknown');
  return { alg: algorithm, kid };
}

async function verify(token: string, wanted: WantedKey, source: KeySource): Promise<CompactVerifyResult> {
  const fitting = fittingKeys(await source.keys(), wanted);
  const verified = await verifyWithAny(token, wanted, fitting);
  if (verified) return verified;
  // Under the same key id there may be a new key too.
  const newer = fittingKeys((await source.newerKeys()) ?? [], wanted);
  const verifiedNow = await verifyWithAny(token, wanted, newer);
  if (verifiedNow) return verifiedNow;
  throw new Untrusted(fitting.length + newer.length === 0 ? 'key-unknown' : 'signature-wrong');
}

/** Keys tried for one token, where several have its key id. */
const KEYS_TRIED = 4;

function fittingKeys(keys: readonly JWK[], { alg, kid }: WantedKey): readonly JWK[] {
  const fits = (key: JWK): boolean =>
    key.kid === kid &&
    key.kty === (alg.startsWith('ES') ? 'EC' : 'RSA') &&
    (key.alg === undefined || key.alg === alg) &&
    (key.use === undefined || key.use === 'sig') &&
    (key.key_ops === undefined || key.key_ops.includes('verify'));
  return keys.filter(fits).slice(0, KEYS_TRIED);
}

async function verifyWithAny(
  token: string,
  { alg }: WantedKey,
  keys: readonly JWK[],
): Promise<CompactVerifyResult | undefined> {
  for (const key of keys) {
    try {
      return await compactVerify(token, key, { algorithms: [alg] });
    } catch {
      // Another key of the same id may fit.
    }
  }
  return undefined;
}

// The header and the payload were decoded before; now it is known who wrote them.
function toClaims(payload: Uint8Array): JsonObject {
  const claims: unknown = JSON.parse(new TextDecoder().decode(payload));
  if (isJsonObject(claims)) return claims;
  throw new Untrusted('token-malformed');
}
