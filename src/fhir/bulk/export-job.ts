import { fetch, type Response } from 'undici';
import { StartupError } from '../../errors.js';
import type { FhirBase } from '../fhir-base.js';
import type { TokenSource } from './token-source.js';

/** What a server is asked to export. */
export interface ExportRequest {
  readonly base: FhirBase;
  readonly types: readonly string[];
  /** Id of a Group; absent: all patients. */
  readonly group?: string;
}

export interface BulkParts {
  readonly token?: TokenSource;
  readonly wait: (ms: number) => Promise<void>;
  /** Milliseconds since 1970. */
  readonly epoch: () => number;
  /** The server's own words are not passed on: only how often it was asked. */
  readonly onPoll?: (times: number) => void;
}

/** One file of a manifest. */
export interface ExportedFile {
  readonly type: string;
  readonly url: string;
}

export interface Manifest {
  readonly transactionTime: string;
  readonly request: string;
  readonly requiresAccessToken: boolean;
  readonly output: readonly ExportedFile[];
}

/** Starts an export. @returns the address to ask how it goes. @throws StartupError with the status, never the body */
export async function kickOff({ base, types, group }: ExportRequest, parts: BulkParts): Promise<string> {
  const level = group === undefined ? 'Patient' : `Group/${encodeURIComponent(group)}`;
  const url = base.join(`${level}/$export?_type=${types.join(',')}&_outputFormat=application/fhir%2Bndjson`);
  const accept = 'application/fhir+json';
  const response = await patiently(url.href, parts, { accept, prefer: 'respond-async' });
  const place = response.headers.get('content-location');
  if (response.status !== 202 || place === null)
    throw new StartupError(url.href, `did not start an export (${response.status})`);
  return new URL(place, url).href;
}

/** Milliseconds between two questions where the server does not say; doubled up to the longest. */
const [FIRST_MS, LONGEST_MS] = [1_000, 60_000];
/** What a server may ask for at most: a wait of a day would look like a hang. */
const MOST_MS = 600_000;

/** Asks until the export is there. @throws StartupError when it failed */
export async function awaitManifest(statusUrl: string, base: FhirBase, parts: BulkParts): Promise<Manifest> {
  if (new URL(statusUrl).origin !== base.url.origin && parts.token)
    throw new StartupError(base.href, 'follows its export outside itself, where its token must not go');
  for (let times = 1, pause = FIRST_MS; ; times += 1, pause = Math.min(2 * pause, LONGEST_MS)) {
    const response = await patiently(statusUrl, parts, { accept: 'application/json' });
    if (response.status === 200) return toManifest(await response.json(), statusUrl);
    await response.body?.cancel();
    if (response.status !== 202) throw new StartupError(statusUrl, `the export failed (${response.status})`);
    parts.onPoll?.(times);
    await parts.wait(retryAfter(response, parts) ?? pause);
  }
}

/** Tells the server that its files are not needed any more; nobody minds when it does not care. */
export async function forget(statusUrl: string, parts: BulkParts): Promise<void> {
  await fetch(statusUrl, { method: 'DELETE', redirect: 'error', headers: await authorized(parts) }).catch(
    () => undefined,
  );
}

const TRIES = 5;

/** A GET, again after 429 and 5xx as long as the server wants and it is not too often. */
async function patiently(
  url: string,
  parts: BulkParts,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  for (let tries = 1, pause = FIRST_MS; ; tries += 1, pause *= 2) {
    const response = await fetch(url, {
      ...{ redirect: 'error', headers: { ...headers, ...(await authorized(parts)) } },
    }).catch(() => undefined);
    if (response && response.status !== 429 && response.status < 500) return response;
    await response?.body?.cancel();
    if (tries === TRIES)
      throw new StartupError(url, response ? `failed (${response.status})` : 'cannot be reached');
    await parts.wait((response && retryAfter(response, parts)) ?? pause);
  }
}

export async function authorized({ token }: BulkParts): Promise<Readonly<Record<string, string>>> {
  return token ? { authorization: `Bearer ${await token()}` } : {};
}

/** Seconds or an HTTP date, as milliseconds from now; undefined without one. */
function retryAfter({ headers }: Response, { epoch }: BulkParts): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - epoch();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(0, ms), MOST_MS);
}

function toManifest(body: unknown, statusUrl: string): Manifest {
  const { transactionTime, request, requiresAccessToken, output } = (body ?? {}) as Partial<
    Record<string, unknown>
  >;
  const files = Array.isArray(output) ? output.filter(isFile) : undefined;
  if (!files || files.length !== (output as unknown[]).length || typeof transactionTime !== 'string')
    throw new StartupError(statusUrl, 'gave no manifest of a bulk export');
  return {
    transactionTime,
    request: typeof request === 'string' ? request : '',
    requiresAccessToken: requiresAccessToken === true,
    output: files,
  };
}

function isFile(file: unknown): file is ExportedFile {
  const { type, url } = (file ?? {}) as { readonly type?: unknown; readonly url?: unknown };
  return (
    typeof type === 'string' && /^[A-Za-z]{1,64}$/.test(type) && typeof url === 'string' && URL.canParse(url)
  );
}
