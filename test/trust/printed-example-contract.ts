/** JWT-12: the token and the key that the text of CDS Hooks 2.0 prints, under "Trusting CDS Clients". */
import { createKeySource } from '../../src/http/trust/key-source.js';
import { checkClaims } from '../../src/http/trust/claims.js';
import { verifyToken } from '../../src/http/trust/verify-token.js';
import type { Guard } from './guarded.js';
import { clientWith } from './issuer.js';

const KEY = {
  ...{ kty: 'EC', use: 'sig', crv: 'P-384', kid: 'example-kid', alg: 'ES384' },
  x: '46SDH7Znh821wblCBglA61sNE9ZrHYKKt3qRtRTmSXyOI_FIGBLWrWa0GPUkDCEk',
  y: 'XMcRuuoGW7CXjQdy-F5i3FeBE0x9hPLdeFdSoDd3ELmx404tLX0VRRcqzAsPhXcI',
};
const HEADER =
  'eyJhbGciOiJFUzM4NCIsInR5cCI6IkpXVCIsImtpZCI6ImV4YW1wbGUta2lkIiwiamt1IjoiaHR0cHM6Ly9maGlyLWVoci5leGFtcGxlLmNvbS9qd2tfdXJpIn0';
const CLAIMS =
  'eyJpc3MiOiJodHRwczovL2ZoaXItZWhyLmV4YW1wbGUuY29tLyIsImF1ZCI6Imh0dHBzOi8vY2RzLmV4YW1wbGUub3JnL2Nkcy1zZXJ2aWNlcy9zb21lLXNlcnZpY2UiLCJleHAiOjE0MjI1Njg4NjAsImlhdCI6MTMxMTI4MDk3MCwianRpIjoiZWUyMmIwMjEtZTFiNy00NjExLWJhNWItOGVlYzZhMzNhYzFlIiwidGVuYW50IjoiMmRkZDZjM2EtOGU5YS00NGM2LWEzMDUtNTIxMTFhZDMwMmEyIn0';
const SIGNATURE =
  'd1WfLjGRKlcWB94l9do4cM8REXeYJLL6SGUBO8VHZhfM8mwKYP70EMxJ67War4TQblEpaQrp11wx5p7oPFm2ETYgCicS84vXWEIYTdjooZdooCSDf2L8-i4awdoUwiEb';

const client = clientWith({
  issuer: 'https://fhir-ehr.example.com/',
  jwksUri: 'https://fhir-ehr.example.com/jwk_uri',
});
const keySource = createKeySource(client, { fetchJwks: () => Promise.resolve([KEY]), now: () => 0 });
const verify = (token: string) => verifyToken(token, new Map([[client.issuer, { client, keySource }]]));

export function describePrintedExample(guard: Guard): void {
  describe('JWT-12: the example that is printed', () => {
    test('its signature is that of the key', async () => {
      const { claims } = await verify([HEADER, CLAIMS, SIGNATURE].join('.'));
      expect(claims).toMatchObject({ jti: 'ee22b021-e1b7-4611-ba5b-8eec6a33ac1e', exp: 1422568860 });
    });

    test('with one character changed it is not', async () => {
      const changed = SIGNATURE.replace('d1Wf', 'd1We');
      await expect(verify([HEADER, CLAIMS, changed].join('.'))).rejects.toMatchObject({
        reason: 'signature-wrong',
      });
    });

    test('it is refused all the same, whatever the day: it lives for three years and a half, not an hour', async () => {
      const { claims } = await verify([HEADER, CLAIMS, SIGNATURE].join('.'));
      const audiences = ['https://cds.example.org/cds-services/some-service'];
      const now = Date.UTC(2013, 0, 1) / 1000;
      expect(() => checkClaims(claims, { client, audiences, now })).toThrow(
        expect.objectContaining({ reason: 'lifetime-too-long' }),
      );
    });

    test.each([
      ['the signature passes, not the address: it was made for another service', SIGNATURE, 'audience-wrong'],
      ['changed, not even the signature passes', SIGNATURE.replace('d1Wf', 'd1We'), 'signature-wrong'],
    ])('sent to us in 2013, %s', async (_name, signature, reason) => {
      const fetchJwks = () => Promise.resolve([KEY]);
      const { call, reasons } = guard([client], { fetchJwks, wallClock: () => Date.UTC(2013, 0, 1) });
      expect(await call(`Bearer ${HEADER}.${CLAIMS}.${signature}`)).toBe(401);
      expect(reasons).toEqual([reason]);
    });
  });
}
