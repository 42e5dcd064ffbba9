import { importJWK, SignJWT, type JWK } from 'jose';
import { fetch } from 'undici';
import { StartupError } from '../../errors.js';
import type { FhirBase } from '../fhir-base.js';

/** A client that was registered for SMART Backend Services. */
export interface BackendClient {
  readonly clientId: string;
  /** Private, with `kid` and `alg` (ES384 or RS384), as registered. */
  readonly key: JWK;
  /** `system/*.rs` where nothing else was granted. */
  readonly scope: string;
}

export interface TokenParts {
  readonly base: FhirBase;
  readonly client: BackendClient;
  /** Milliseconds since 1970. */
  readonly epoch: () => number;
  readonly newUuid: () => string;
}

/** An access token that is still good for a while. @throws StartupError when the server gives none */
export type TokenSource = () => Promise<string>;

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
/** Seconds an assertion is good for (at most five minutes, SMART App Launch 2.2), and a token is left alone before its end. */
const [ASSERTION_SECONDS, EARLY_SECONDS] = [240, 60];

/** Tokens by client_credentials with a signed assertion; asked for anew when one nears its end. */
export function tokenSource(parts: TokenParts): TokenSource {
  let current: { readonly token: string; readonly until: number } | undefined;
  let endpoint: string | undefined;
  return async () => {
    if (current && parts.epoch() < current.until) return current.token;
    endpoint ??= await tokenEndpoint(parts.base);
    current = await askForToken(endpoint, parts);
    return current.token;
  };
}

async function tokenEndpoint(base: FhirBase): Promise<string> {
  const url = `${base.href}/.well-known/smart-configuration`;
  const response = await fetch(url, { redirect: 'error', headers: { accept: 'application/json' } });
  const { token_endpoint } = response.ok ? ((await response.json()) as { token_endpoint?: unknown }) : {};
  // The assertion is a secret for a while: it goes to a server over TLS, or to this machine.
  if (typeof token_endpoint === 'string' && isSafe(token_endpoint, base)) return token_endpoint;
  throw new StartupError(
    base.href,
    'names no token_endpoint in .well-known/smart-configuration that can be used',
  );
}

function isSafe(endpoint: string, base: FhirBase): boolean {
  if (!URL.canParse(endpoint)) return false;
  const { protocol, hostname } = new URL(endpoint);
  return protocol === 'https:' || (base.url.protocol === 'http:' && hostname === base.url.hostname);
}

async function askForToken(endpoint: string, parts: TokenParts) {
  const response = await fetch(endpoint, {
    method: 'POST',
    redirect: 'error',
    headers: { accept: 'application/json' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      scope: parts.client.scope,
      client_assertion_type: ASSERTION_TYPE,
      client_assertion: await assertion(endpoint, parts),
    }),
  });
  const answer = response.ok
    ? ((await response.json()) as { access_token?: unknown; expires_in?: unknown })
    : {};
  if (typeof answer.access_token !== 'string')
    throw new StartupError(endpoint, `gave no access token (${response.status})`);
  const seconds = typeof answer.expires_in === 'number' ? answer.expires_in : ASSERTION_SECONDS;
  return {
    token: answer.access_token,
    until: parts.epoch() + 1000 * Math.max(1, seconds - EARLY_SECONDS),
  };
}

async function assertion(endpoint: string, { client, epoch, newUuid }: TokenParts): Promise<string> {
  const { clientId, key } = client;
  const now = Math.floor(epoch() / 1000);
  const algorithm = key.alg ?? (key.kty === 'RSA' ? 'RS384' : 'ES384');
  return new SignJWT({ iss: clientId, sub: clientId, aud: endpoint, jti: newUuid() })
    .setProtectedHeader({ alg: algorithm, typ: 'JWT', ...(key.kid !== undefined && { kid: key.kid }) })
    .setIssuedAt(now)
    .setExpirationTime(now + ASSERTION_SECONDS)
    .sign(await importJWK(key, algorithm));
}
