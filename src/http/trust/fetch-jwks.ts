import type { JWK } from 'jose';
import { isJsonObject } from '../../cds-hooks/json.js';
import { whyNoPublicKey } from './client-problems.js';

/** Gets the public keys published at a URL; rejects when they cannot be had. */
export type FetchJwks = (url: string) => Promise<readonly JWK[]>;

/** Bytes; a set of a hundred RSA keys has less. */
const SIZE_LIMIT = 262_144;

/** Milliseconds from the request to the last byte. */
const TIME_LIMIT_MS = 5_000;

/**
 * Fetches a key set over http(s): no redirect, bounded in size and time. The URL comes from the clients' file and
 * never from a token. Keys that are of no use here are left out.
 */
export const fetchJwks: FetchJwks = async (url) => {
  const response = await fetch(url, {
    redirect: 'error',
    headers: { accept: 'application/jwk-set+json, application/json' },
    signal: AbortSignal.timeout(TIME_LIMIT_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`HTTP status ${response.status}`);
  }
  return toKeys(JSON.parse(await textOf(response)));
};

async function textOf({ body }: Response): Promise<string> {
  const arriving: AsyncIterable<Uint8Array> | null = body;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of arriving ?? []) {
    size += chunk.length;
    // Leaving the loop cancels the body.
    if (size > SIZE_LIMIT) throw new Error('the key set is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

function toKeys(body: unknown): readonly JWK[] {
  const keys = isJsonObject(body) ? body['keys'] : undefined;
  if (!Array.isArray(keys)) throw new Error('not a key set');
  return keys.filter((key: unknown): key is JWK => whyNoPublicKey(key) === undefined);
}
