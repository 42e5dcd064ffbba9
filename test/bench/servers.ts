import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import PACKAGE from '../../package.json' with { type: 'json' };
import { FHIR_SERVER, SERVICE_PATH } from './bodies.js';
import { startMeasured, type MeasuredProcess } from './measured-process.js';
import type { BenchClient } from './tokens.js';

/** One of the servers that are measured side by side. */
export interface Contender {
  readonly name: string;
  readonly server: MeasuredProcess;
  readonly authorization?: () => string;
}

const BARE = fileURLToPath(new URL('./bare-server.mjs', import.meta.url));
/** Those that `npm start` has. */
const NODE_OPTIONS = PACKAGE.scripts.start.split(' ').filter((word) => word.startsWith('--'));
const SERVICE = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The yardstick. */
export async function startBare(firstBody: string): Promise<Contender> {
  const server = await startMeasured({ entry: BARE, env: {}, first: (url) => post(url, firstBody) });
  return { name: 'bare', server };
}

/**
 * The built service without trusted clients, which production refuses: what is served beside the CDS service in
 * development (sandbox, playground) is there, and no call comes near it.
 */
export async function startOpen(
  firstBody: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<Contender> {
  const env = { FHIR_SERVERS: FHIR_SERVER, ...settings };
  const server = await startService(env, (url) => post(url, firstBody));
  return { name: 'open', server };
}

export interface TrustedSetting {
  /** For the table. */
  readonly name: string;
  /** Production's, or none for the embedded database. */
  readonly settings: Readonly<Record<string, string>>;
  /** Descriptor of a file that takes its log. */
  readonly output?: number;
}

/** The service with one trusted client; every call has a token of its own. */
export async function startTrusted(
  firstBody: string,
  client: BenchClient,
  { name, settings, output }: TrustedSetting,
): Promise<Contender> {
  const token = (url: string): string => `Bearer ${client.token(url + SERVICE_PATH)}`;
  const env = { STEPWISE_CLIENTS: client.clientsFile, ...settings };
  const first = (url: string): Promise<Response> => post(url, firstBody, token(url));
  const server = await startService(env, first, output);
  return { name, server, authorization: () => token(server.url) };
}

async function startService(
  env: Readonly<Record<string, string>>,
  first: (url: string) => Promise<Response>,
  output?: number,
): Promise<MeasuredProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-bench-'));
  // All calls come from one caller here, faster than any EHR's; on a busy machine too, none is turned away.
  const unbounded = { RATE_LIMIT_PER_SECOND: '100000', DEADLINE_MS: '5000', DATA_DIR: folder };
  const server = await startMeasured({
    ...{ entry: SERVICE, env: { ...unbounded, ...env }, first, nodeOptions: NODE_OPTIONS },
    ...(output !== undefined && { output }),
  });
  return {
    ...server,
    stop: async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function post(url: string, body: string, authorization?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  return fetch(url + SERVICE_PATH, { method: 'POST', headers, body });
}
