import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import type { TrustedClient } from './trusted-client.types.js';
import { Untrusted } from './trust-failure.js';

/** Seconds that two clocks may differ. */
const SKEW_S = 60;

/** Seconds from issue to expiry, and to the expiry from now; the best practice says no more than an hour (JWT-8). */
const LIFETIME_S = 3_600;

/** What of a token goes further than this folder. */
export interface CheckedClaims {
  readonly jti: string;
  /** Seconds since 1970, with the skew: until then the token would pass. */
  readonly expiresAt: number;
  readonly tenant?: string;
}

export interface ClaimsCheck {
  readonly client: TrustedClient;
  /** URLs, one of which `aud` has to be or to hold (JWT-5). */
  readonly audiences: readonly string[];
  /** Seconds since 1970. */
  readonly now: number;
}

/** Checks the claims of a token whose signature was verified; `iss` led to the client. @throws Untrusted */
export function checkClaims(claims: JsonObject, { client, audiences, now }: ClaimsCheck): CheckedClaims {
  const { aud, exp, iat, nbf, jti, tenant } = claims;
  if (typeof exp !== 'number' || typeof iat !== 'number') throw new Untrusted('claim-missing');
  if (typeof jti !== 'string' || jti === '' || aud === undefined) throw new Untrusted('claim-missing');
  const named: readonly unknown[] = Array.isArray(aud) ? aud : [aud];
  if (!audiences.some((url) => named.includes(url))) throw new Untrusted('audience-wrong');
  checkTimes(exp, iat, now);
  // Not in the text of CDS Hooks, but some clients send it, and mean it.
  if (typeof nbf === 'number' && nbf > now + SKEW_S) throw new Untrusted('issued-in-future');
  checkTenant(tenant, client);
  return { jti, expiresAt: exp + SKEW_S, ...(typeof tenant === 'string' && tenant !== '' && { tenant }) };
}

function checkTimes(exp: number, iat: number, now: number): void {
  if (exp + SKEW_S <= now) throw new Untrusted('expired');
  if (iat > now + SKEW_S) throw new Untrusted('issued-in-future');
  if (exp - iat > LIFETIME_S || exp - now > LIFETIME_S + SKEW_S) throw new Untrusted('lifetime-too-long');
}

function checkTenant(tenant: unknown, { tenants }: TrustedClient): void {
  if (tenants === undefined) return;
  if (typeof tenant !== 'string' || !tenants.includes(tenant)) throw new Untrusted('tenant-unknown');
}
