/** JWT-13: the matrix of tokens, against keys from the clients' file. */
import type { Guard } from './guarded.js';
import { clientWith, ISSUER, newKey, NOW, sign } from './issuer.js';
import { FORGED, PASSING, REFUSED } from './token-cases.js';

const EC = await newKey('ec/key+1=');
const RSA = await newKey('rsa', 'RS384');
const ES256 = await newKey('p256', 'ES256');
const OTHER = await newKey('ec/key+1=');
const client = clientWith({ jwks: [EC.jwk, RSA.jwk, ES256.jwk] });

export function describeMatrix(guard: Guard): void {
  describe('JWT-13: what passes', () => {
    test('a valid ES384 token without jku, by a key of the clients file, whose id is base64 with + / = (JWT-4, JWT-7)', async () => {
      const { call, service } = guard([client]);
      expect(await call(`Bearer ${await sign(EC)}`)).toBe(200);
      expect(service.calls[0]!.context.caller).toEqual({ client: ISSUER });
    });

    test('a valid RS384 token', async () => {
      expect(await guard([client]).call(`Bearer ${await sign(RSA)}`)).toBe(200);
    });

    test.each(PASSING)('%s', async (_name, changes) => {
      const { call, reasons } = guard([client]);
      expect(await call(`Bearer ${await sign(EC, changes)}`)).toBe(200);
      expect(reasons).toEqual([]);
    });

    test.each(['bearer', 'BEARER', 'Bearer '])('the scheme as %j (JWT-2)', async (scheme) => {
      expect(await guard([client]).call(`${scheme} ${await sign(EC)}`)).toBe(200);
    });

    test('an algorithm that the client was given', async () => {
      const given = { ...client, algorithms: ['ES256'] as const };
      expect(await guard([given]).call(`Bearer ${await sign(ES256)}`)).toBe(200);
    });

    test('the second of two keys with one id', async () => {
      const { call } = guard([clientWith({ jwks: [OTHER.jwk, EC.jwk] })]);
      expect(await call(`Bearer ${await sign(EC)}`)).toBe(200);
    });

    test('a tenant that is agreed is told to the service (JWT-10)', async () => {
      const { call, service } = guard([{ ...client, tenants: ['a', 'b'] }]);
      expect(await call(`Bearer ${await sign(EC, { claims: { tenant: 'b' } })}`)).toBe(200);
      expect(service.calls[0]!.context.caller).toEqual({ client: ISSUER, tenant: 'b' });
    });
  });

  describe('JWT-13: what does not', () => {
    test.each(REFUSED)('%s', async (_name, changes, reason) => {
      const { call, reasons, service } = guard([client]);
      expect(await call(`Bearer ${await sign(EC, changes)}`)).toBe(401);
      expect(reasons).toEqual([reason]);
      expect(service.calls).toEqual([]);
    });

    test.each(FORGED)('%s', async (_name, forge, reason) => {
      const { call, reasons } = guard([client]);
      expect(await call(`Bearer ${await forge({ own: EC, other: OTHER, unagreed: ES256 })}`)).toBe(401);
      expect(reasons).toEqual([reason]);
    });

    test('ES384 with a key on another curve: wrong curve', async () => {
      const wrongCurve = clientWith({ jwks: [{ ...ES256.jwk, kid: EC.kid }] });
      const { call, reasons } = guard([wrongCurve]);
      expect(await call(`Bearer ${await sign(EC)}`)).toBe(401);
      expect(reasons).toEqual(['signature-wrong']);
    });

    test('an alg that is not the one of the key', async () => {
      const { call, reasons } = guard([clientWith({ jwks: [{ ...EC.jwk, alg: 'ES512' }] })]);
      expect(await call(`Bearer ${await sign(EC)}`)).toBe(401);
      expect(reasons).toEqual(['key-unknown']);
    });

    test('a key for encryption', async () => {
      const { call } = guard([clientWith({ jwks: [{ ...EC.jwk, use: 'enc' }] })]);
      expect(await call(`Bearer ${await sign(EC)}`)).toBe(401);
    });

    test.each([undefined, 'c', 1, ''])('tenant %j where a and b are agreed (JWT-10)', async (tenant) => {
      const { call, reasons } = guard([{ ...client, tenants: ['a', 'b'] }]);
      expect(await call(`Bearer ${await sign(EC, { claims: { tenant } })}`)).toBe(401);
      expect(reasons).toEqual(['tenant-unknown']);
    });

    test('JWT-8: a token that lives for years, as the one printed in the specification, even while it lives', async () => {
      const { call, reasons } = guard([client]);
      const longLived = await sign(EC, { claims: { iat: NOW - 31_536_000, exp: NOW + 60 } });
      expect(await call(`Bearer ${longLived}`)).toBe(401);
      expect(reasons).toEqual(['lifetime-too-long']);
    });
  });
}
