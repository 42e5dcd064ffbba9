import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compactVerify, type JWK } from 'jose';
import { FHIR_SERVER } from './bodies.js';

/** A trusted client made up for one run: what the service is told of it, and its tokens. */
export interface BenchClient {
  /** Value of STEPWISE_CLIENTS. */
  readonly clientsFile: string;
  /** A token for this audience that was not used before. */
  readonly token: (audience: string) => string;
  /** CPU microseconds that checking one signature costs, whoever does it: here, as in the service, jose. */
  readonly checkMicros: () => Promise<number>;
  remove(): void;
}

const ISSUER = 'https://ehr.example';
const LIFETIME_SECONDS = 300;

/**
 * ES384, as the specification names it first; the keys leave the memory of this process only as public ones.
 *
 * @param fhirServers that it may name in its calls, beside the one of all bodies with prefetch
 */
export function createBenchClient(fhirServers: readonly string[] = []): BenchClient {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-bench-'));
  const clientsFile = join(folder, 'clients.json');
  const key = { ...publicKey.export({ format: 'jwk' }), kid: 'bench', alg: 'ES384', use: 'sig' };
  const client = { issuer: ISSUER, jwks: { keys: [key] }, fhirServers: [FHIR_SERVER, ...fhirServers] };
  writeFileSync(clientsFile, JSON.stringify([client]));
  return {
    clientsFile,
    token: (audience) => tokenOf(privateKey, audience),
    checkMicros: () => microsOfCheck(tokenOf(privateKey, ISSUER), key),
    remove: () => {
      rmSync(folder, { recursive: true });
    },
  };
}

const CHECKS = 1_000;

async function microsOfCheck(token: string, key: JWK): Promise<number> {
  const checkAll = async (): Promise<void> => {
    for (let check = 0; check < CHECKS; check++) await compactVerify(token, key, { algorithms: ['ES384'] });
  };
  await checkAll();
  const began = process.cpuUsage();
  await checkAll();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / CHECKS;
}

function tokenOf(key: KeyObject, audience: string): string {
  const now = Math.floor(Date.now() / 1000);
  const header = { alg: 'ES384', typ: 'JWT', kid: 'bench' };
  const claims = { iss: ISSUER, aud: audience, iat: now, exp: now + LIFETIME_SECONDS, jti: randomUUID() };
  const signed = [header, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const signature = sign('sha384', Buffer.from(signed), { key, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}
