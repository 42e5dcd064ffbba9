import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Writable } from 'node:stream';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import type { CdsResponse } from '../../src/cds-hooks/card.types.js';
import { composeServices } from '../../src/compose/services.js';
import { composeTrust, loadClients } from '../../src/compose/trust.js';
import { readConfig } from '../../src/config/config.js';
import type { CrdVersion } from '../../src/crd/profile.js';
import type { Evaluation } from '../../src/evaluation/evaluation.js';
import { ownTokenUses } from '../../src/http/trust/replay.js';
import type { Dialect } from '../../src/http/trust/trusted-client.types.js';
import { createLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { newKey, NOW, sign } from '../trust/issuer.js';

export const SERVICE = 'sij-neurectomy-review';
const PUBLIC_URL = 'https://cds.example';
const AUDIENCE = `${PUBLIC_URL}/cds-services/${SERVICE}`;

export interface Reviewed extends CdsResponse {
  readonly extension: { readonly 'stepwise-cds.evaluation': Evaluation };
}

export interface Reviewing {
  /** The answer to a call that this client signs; it has to be 200. */
  review(request: object): Promise<Reviewed>;
  /** What was logged, parsed. */
  readonly lines: () => readonly Readonly<Record<string, unknown>>[];
  close(): Promise<void>;
}

const KEY = await newKey('site-key', 'RS384');
const fixedAmbient = {
  now: () => performance.now(),
  date: () => new Date(NOW * 1000),
  random: () => 0.5,
  newUuid: () => crypto.randomUUID(),
};

export interface SiteSettings {
  readonly fhirServer: string;
  readonly dialect?: Dialect;
  /** Folder of the site's mappings. */
  readonly mappings?: string;
  readonly crd?: CrdVersion;
}

/** The whole application with one trusted client, whose file is read as at a start. @throws StartupError */
export function reviewingFor({ fhirServer, dialect, mappings, crd }: SiteSettings): Reviewing {
  const folder = mkdtempSync(join(tmpdir(), 'clients-'));
  const file = join(folder, 'clients.json');
  const entry = {
    ...{ issuer: fhirServer, jwks: { keys: [KEY.jwk] }, fhirServers: [fhirServer] },
    ...{ dialect, mappings: mappings && resolve(mappings) },
  };
  writeFileSync(file, JSON.stringify([entry]));
  try {
    return start(file, fhirServer, crd ?? 'off');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function start(file: string, issuer: string, crd: CrdVersion | 'off'): Reviewing {
  const lines: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      lines.push(chunk.toString());
      done();
    },
  });
  const config = { ...readConfig({ CRD: crd }), deadlineMs: 10_000, publicUrl: PUBLIC_URL };
  const log = createLog({ level: 'debug', stream, now: () => new Date(0) });
  const metrics = createMetrics({ processMetrics: false });
  const shared = { config, log, metrics, ambient: fixedAmbient };
  const trust = composeTrust(loadClients(file, false), {
    ...shared,
    tokenUses: ownTokenUses(() => NOW * 1000),
  });
  const composed = composeServices({
    ...shared,
    ambient: { ...fixedAmbient, date: () => new Date('2026-03-20T12:00:00Z') },
    clientOf: trust.clientOf,
  });
  const app = createApp({
    ...{ config, log, metrics, services: composed.services, gates: [trust.gate] },
    ...{ clock: performance, newUuid: fixedAmbient.newUuid },
  });
  return {
    review: async (request) => {
      // As Epic signs: valid from five minutes ago, for fifteen.
      const claims = { iss: issuer, aud: AUDIENCE, nbf: NOW - 300, exp: NOW + 900, sub: 'client-id' };
      const token = await sign(KEY, { claims });
      const call = supertest(app).post(`/cds-services/${SERVICE}`).set('Authorization', `Bearer ${token}`);
      const { status, text, body } = await call.send(request);
      if (status !== 200) throw new Error(`status ${status}: ${text}`);
      return body as Reviewed;
    },
    lines: () =>
      lines
        .join('')
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>),
    close: () => composed.close(),
  };
}
