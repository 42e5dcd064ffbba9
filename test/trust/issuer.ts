import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWK, type JWTPayload } from 'jose';
import type { SignatureAlgorithm, TrustedClient } from '../../src/http/trust/trusted-client.types.js';

export const PUBLIC_URL = 'http://127.0.0.1:3000';
export const CALL_URL = `${PUBLIC_URL}/cds-services/review`;
export const ISSUER = 'https://ehr.example';
/** Seconds since 1970: the tests' clock. */
export const NOW = 1_790_000_000;

type PrivateKey = Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];

/** A key pair of a client, with the public half as it is published. */
export interface ClientKey {
  readonly kid: string;
  readonly algorithm: SignatureAlgorithm;
  readonly privateKey: PrivateKey;
  readonly jwk: JWK;
}

export async function newKey(kid: string, algorithm: SignatureAlgorithm = 'ES384'): Promise<ClientKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  return { kid, algorithm, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, use: 'sig' } };
}

export interface TokenChanges {
  /** Undefined leaves a claim or a header out. */
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
}

let tokens = 0;

/** A token that passes, but for the changes. */
export function sign(key: ClientKey, { claims, header }: TokenChanges = {}): Promise<string> {
  const payload: JWTPayload = {
    ...{ iss: ISSUER, aud: CALL_URL, exp: NOW + 300, iat: NOW, jti: `jti-${++tokens}` },
    ...claims,
  };
  const protectedHeader = { alg: key.algorithm, typ: 'JWT', kid: key.kid, ...header };
  return new SignJWT(payload).setProtectedHeader(protectedHeader).sign(key.privateKey);
}

export function clientWith(
  changes: Partial<TrustedClient> & Pick<TrustedClient, 'jwks' | 'jwksUri'>,
): TrustedClient {
  return {
    issuer: ISSUER,
    algorithms: ['ES384', 'RS384'],
    fhirServers: ['https://ehr.example/fhir'],
    dialect: 'standard',
    shadow: false,
    ...changes,
  };
}

export interface JwksServer {
  readonly url: string;
  /** Requests that came in. */
  readonly count: () => number;
  readonly close: () => Promise<void>;
}

/** A client's server of keys, or whatever the listener makes of it. */
export async function serveJwks(listener: RequestListener): Promise<JwksServer> {
  let count = 0;
  const server: Server = createServer((request, response) => {
    count += 1;
    listener(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/jwks.json`,
    count: () => count,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with these keys, as they are when it is asked. */
export function keysOf(keys: () => readonly JWK[]): RequestListener {
  return (_request, response) => {
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: keys() }));
  };
}
