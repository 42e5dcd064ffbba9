import type { Caller } from '../../cds-hooks/service.types.js';
import { CdsError } from '../../errors.js';
import type { Exchange, Gate } from '../exchange.js';
import type { RouteName } from '../observer.js';
import { pathOf } from '../routes.js';
import { bearerOf } from './bearer.js';
import { checkClaims } from './claims.js';
import type { FetchJwks } from './fetch-jwks.js';
import { createKeySource, type KeySource } from './key-source.js';
import type { TokenUses } from './replay.js';
import type { TrustedClient } from './trusted-client.types.js';
import { Untrusted, type TrustFailure } from './trust-failure.js';
import { verifyToken, type KnownClient } from './verify-token.js';

export interface TrustParts {
  readonly clients: readonly TrustedClient[];
  /** Without trailing slash (JWT-5). */
  readonly publicUrl: string;
  /** Undefined where a token may be used again. */
  readonly tokenUses?: TokenUses;
  /** Whether feedback may carry a token for the service; its own URL always does. */
  readonly serviceAudienceForFeedback?: boolean;
  readonly fetchJwks: FetchJwks;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
  readonly onRefused: (refusal: Refusal) => void;
  /** The key set of a client could not be fetched. */
  readonly onKeysFailed?: (client: TrustedClient, thrown: unknown) => void;
}

export interface Refusal {
  readonly requestId: string;
  readonly reason: TrustFailure;
}

/**
 * Lets in who shows a valid token of a trusted client, made for the URL that is called and not used before
 * (JWT-1 to JWT-11), and tells the handler who it is. Everyone else gets the same 401, whatever the reason.
 */
export function createTrustGate(parts: TrustParts): Gate {
  const { now, fetchJwks, onKeysFailed } = parts;
  const known = parts.clients.map((client): KnownClient => {
    const failed = onKeysFailed && { onFailure: onKeysFailed };
    return { client, keySource: createKeySource(client, { fetchJwks, now, ...failed }) };
  });
  const clients = new Map(known.map((one) => [one.client.issuer, one]));
  for (const { keySource } of known) warm(keySource);
  return async (exchange, route) => {
    exchange.caller = await callerOf(exchange, route, { ...parts, known: clients });
  };
}

// So that the first call need not wait for the keys.
function warm(source: KeySource): void {
  source.keys().catch(() => undefined);
}

interface Knowing extends TrustParts {
  readonly known: ReadonlyMap<string, KnownClient>;
}

async function callerOf(exchange: Exchange, route: RouteName, parts: Knowing): Promise<Caller> {
  try {
    return await authenticate(exchange, route, parts);
  } catch (thrown) {
    if (!(thrown instanceof Untrusted)) throw thrown;
    parts.onRefused({ requestId: exchange.requestId, reason: thrown.reason });
    throw new CdsError('ERR_CLIENT_UNTRUSTED', 'the caller is not trusted');
  }
}

async function authenticate({ request }: Exchange, route: RouteName, parts: Knowing): Promise<Caller> {
  const { client, claims } = await verifyToken(bearerOf(request), parts.known);
  const audiences = audiencesOf(request.url ?? '/', route, parts);
  const now = parts.wallClock() / 1000;
  const { jti, expiresAt, tenant } = checkClaims(claims, { client, audiences, now });
  const use = { issuer: client.issuer, jti, expiresAt };
  if (parts.tokenUses && !(await parts.tokenUses.firstUse(use))) throw new Untrusted('replayed');
  return {
    client: client.issuer,
    ...(tenant !== undefined && { tenant }),
    ...(client.shadow && { shadow: true }),
  };
}

function audiencesOf(url: string, route: RouteName, parts: TrustParts): readonly string[] {
  const path = pathOf(url, new URL(parts.publicUrl).pathname.replace(/\/+$/, ''));
  const called = parts.publicUrl + path;
  const alsoService = route === 'feedback' && parts.serviceAudienceForFeedback;
  return alsoService ? [called, called.replace(/\/feedback$/, '')] : [called];
}
