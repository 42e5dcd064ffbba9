/** JWT-13: tokens that differ from a good one in a claim or a header, for every place where tokens are checked. */
import type { TrustFailure } from '../../src/http/trust/trust-failure.js';
import { CompactSign, FlattenedSign } from 'jose';
import { CALL_URL, ISSUER, NOW, PUBLIC_URL, sign, type ClientKey, type TokenChanges } from './issuer.js';

export const PASSING: readonly (readonly [string, TokenChanges])[] = [
  ['aud as an array that holds the URL (JWT-5)', { claims: { aud: ['https://other.example', CALL_URL] } }],
  ['exp and iat that are no integers (JWT-8)', { claims: { exp: NOW + 299.5, iat: NOW - 0.5 } }],
  ['expired 59 s ago: within the skew', { claims: { iat: NOW - 300, exp: NOW - 59 } }],
  ['issued 60 s in the future: within the skew', { claims: { iat: NOW + 60, exp: NOW + 300 } }],
  ['a lifetime of exactly an hour', { claims: { exp: NOW + 3600 } }],
  ['sub and nbf, as Epic sends them', { claims: { sub: 'x', nbf: NOW } }],
  ['typ in lower case', { header: { typ: 'jwt' } }],
  ['a tenant, where none are agreed', { claims: { tenant: 'a' } }],
];

/** With the reason that log and metrics are told. */
export const REFUSED: readonly (readonly [string, TokenChanges, TrustFailure])[] = [
  ['no iss', { claims: { iss: undefined } }, 'claim-missing'],
  ['no aud', { claims: { aud: undefined } }, 'claim-missing'],
  ['no exp', { claims: { exp: undefined } }, 'claim-missing'],
  ['no iat', { claims: { iat: undefined } }, 'claim-missing'],
  ['no jti', { claims: { jti: undefined } }, 'claim-missing'],
  ['an empty jti', { claims: { jti: '' } }, 'claim-missing'],
  ['no kid', { header: { kid: undefined } }, 'key-id-missing'],
  ['no typ', { header: { typ: undefined } }, 'type-not-jwt'],
  ['typ at+jwt', { header: { typ: 'at+jwt' } }, 'type-not-jwt'],
  ['another kid', { header: { kid: 'other' } }, 'key-unknown'],
  ['the kid of a key of another kind', { header: { kid: 'rsa' } }, 'key-unknown'],
  ['expired 60 s ago', { claims: { iat: NOW - 300, exp: NOW - 60 } }, 'expired'],
  ['exp in 10 years', { claims: { exp: NOW + 315_360_000 } }, 'lifetime-too-long'],
  ['a lifetime of an hour and a second', { claims: { exp: NOW + 3601 } }, 'lifetime-too-long'],
  ['iat 61 s in the future', { claims: { iat: NOW + 61 } }, 'issued-in-future'],
  ['nbf 61 s in the future', { claims: { nbf: NOW + 61 } }, 'issued-in-future'],
  ['aud of another service', { claims: { aud: `${PUBLIC_URL}/cds-services/other` } }, 'audience-wrong'],
  ['aud of discovery', { claims: { aud: `${PUBLIC_URL}/cds-services` } }, 'audience-wrong'],
  ['aud of another host', { claims: { aud: 'http://evil.example/cds-services/review' } }, 'audience-wrong'],
  ['aud as an array without the URL', { claims: { aud: [PUBLIC_URL] } }, 'audience-wrong'],
  ['an iss nobody knows', { claims: { iss: 'https://evil.example' } }, 'issuer-unknown'],
  ['an iss with a trailing slash', { claims: { iss: `${ISSUER}/` } }, 'issuer-unknown'],
  ['aud as an array in an array', { claims: { aud: [[CALL_URL]] } }, 'audience-wrong'],
  ['aud as an object', { claims: { aud: { 0: CALL_URL } } }, 'audience-wrong'],
  ['aud with a slash behind it', { claims: { aud: `${CALL_URL}/` } }, 'audience-wrong'],
  ['exp as text', { claims: { exp: String(NOW + 300) } }, 'claim-missing'],
  ['a kid of 4,000 characters', { header: { kid: 'k'.repeat(4000) } }, 'key-unknown'],
  ['a kid that names a member of every object', { header: { kid: '__proto__' } }, 'key-unknown'],
  ['an iss that does', { claims: { iss: '__proto__' } }, 'issuer-unknown'],
  ['a jku where keys were agreed', { header: { jku: 'https://evil.example/jwks' } }, 'jku-unknown'],
];

export interface ForgersKeys {
  /** The client's own, of ES384. */
  readonly own: ClientKey;
  /** Another one of the same id, that nobody agreed. */
  readonly other: ClientKey;
  /** The client's own, of an algorithm that it was not given. */
  readonly unagreed: ClientKey;
}

type Forge = (keys: ForgersKeys) => Promise<string> | string;

/** Tokens that are made wrong, not only filled in wrong, with the reason that log and metrics are told. */
export const FORGED: readonly (readonly [string, Forge, TrustFailure])[] = [
  ['alg none (JWT-3)', unsigned, 'algorithm-refused'],
  ['an algorithm not agreed (JWT-4)', ({ unagreed }) => sign(unagreed), 'algorithm-refused'],
  ['HS384 signed with the public key (JWT-3)', hmacWithPublicKey, 'algorithm-refused'],
  ['another key of the same id', ({ other }) => sign(other), 'signature-wrong'],
  ['the wrong curve', wrongCurve, 'algorithm-refused'],
  ['critical headers nobody knows', withCrit, 'token-malformed'],
  ['a key in the header, which fits', keyInHeader, 'signature-wrong'],
  ['a payload that is said to be no base64 (b64, RFC 7797)', unencoded, 'token-malformed'],
  ['a payload changed afterwards', changed, 'signature-wrong'],
  ['no JSON in it', () => 'AAAA.AAAA.AAAA', 'token-malformed'],
  ['two parts', () => 'e30.e30', 'token-malformed'],
  ['9,000 characters', () => `${'A'.repeat(9000)}.A.A`, 'token-malformed'],
];

const PAYLOAD = { iss: ISSUER, aud: CALL_URL, exp: NOW + 300, iat: NOW, jti: 'x' };

function b64(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function unsigned({ own }: ForgersKeys): string {
  return `${b64({ alg: 'none', typ: 'JWT', kid: own.kid })}.${b64({ iss: ISSUER })}.AA`;
}

function wrongCurve({ unagreed }: ForgersKeys): Promise<string> {
  return sign(unagreed, { header: { alg: 'ES256', kid: unagreed.kid } });
}

function hmacWithPublicKey({ own }: ForgersKeys): Promise<string> {
  const secret = new TextEncoder().encode(JSON.stringify(own.jwk));
  return new CompactSign(new TextEncoder().encode(JSON.stringify(PAYLOAD)))
    .setProtectedHeader({ alg: 'HS384', typ: 'JWT', kid: own.kid })
    .sign(secret);
}

function withCrit({ own }: ForgersKeys): Promise<string> {
  return new CompactSign(new TextEncoder().encode(JSON.stringify(PAYLOAD)))
    .setProtectedHeader({ alg: 'ES384', typ: 'JWT', kid: own.kid, crit: ['x-new'], 'x-new': 1 })
    .sign(own.privateKey, { crit: { 'x-new': true } });
}

function keyInHeader({ own, other }: ForgersKeys): Promise<string> {
  return sign({ ...other, kid: own.kid }, { header: { jwk: other.jwk } });
}

async function unencoded({ own }: ForgersKeys): Promise<string> {
  const payload = b64({ ...PAYLOAD, jti: 'z' });
  const header = { alg: 'ES384', typ: 'JWT', kid: own.kid, crit: ['b64'], b64: false };
  const { protected: first, signature } = await new FlattenedSign(new TextEncoder().encode(payload))
    .setProtectedHeader(header)
    .sign(own.privateKey);
  return `${first}.${payload}.${signature}`;
}

async function changed({ own }: ForgersKeys): Promise<string> {
  const [header, , signature] = (await sign(own)).split('.');
  return `${header}.${b64({ ...PAYLOAD, jti: 'y' })}.${signature}`;
}
