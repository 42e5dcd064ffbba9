import type { Config } from './config.types.js';
import { readRecordsConfig, recordsConfig, secretOf, type RecordsConfig } from './records.js';
import { LOG_LEVELS, type LogLevel } from '../log.js';
import { Settings, type Environment, type Reading } from './settings.js';

export { readRecordsConfig, type RecordsConfig } from './records.js';
export type { Environment } from './settings.js';

/** Who may call, and what for. */
export interface TrustConfig {
  /** Path of the trusted clients' file; absent in development only, where everybody is let in. */
  readonly clientsFile?: string;
  /** Whether discovery needs a token too (DISC-14). */
  readonly discoveryToken: boolean;
  /** Whether feedback may carry a token made for the service, too (JWT-5). */
  readonly feedbackAudience: 'feedback' | 'service';
  /** `allow` is for clients that repeat a call with the same token (JWT-9). */
  readonly tokenReplay: 'refuse' | 'allow';
}

/** What is served. */
export type PolicyConfig = Pick<Config, 'services' | 'policyOverrides'>;

/** What one process takes on. */
export interface LoadConfig {
  /** Calls a second of one client, on average. */
  readonly rateLimit: number;
  /** Calls under way at once. */
  readonly callsInFlight: number;
  /** Paths of PEM files; absent, TLS is the proxy's. */
  readonly tls?: { readonly keyFile: string; readonly certFile: string };
}

/** What those who operate the service may see. */
export interface OperatorConfig {
  /** Opens the operators' page; absent, there is none. */
  readonly operatorToken?: string;
}

export interface CheckedConfig extends Config, TrustConfig, RecordsConfig, LoadConfig, OperatorConfig {
  readonly logLevel: LogLevel;
  /** `opentelemetry`: spans for the SDK that the site loads beside the service. */
  readonly tracing: 'off' | 'opentelemetry';
}

/**
 * Reads all settings (README, Settings) and checks them together.
 *
 * @throws StartupError listing everything that is wrong, by the setting's name and never by its value: a database
 *   URL has a password in it
 */
export function readConfig(environment: Environment): CheckedConfig {
  const settings = new Settings(environment);
  const crd = settings.oneOf('CRD', ['off', '2.0.1', '2.2'], 'off');
  const production =
    settings.oneOf('NODE_ENV', ['production', 'development', 'test'], 'development') === 'production';
  const host = settings.text('HOST') ?? '127.0.0.1';
  const port = settings.integer('PORT', { least: 0, most: 65_535, otherwise: 3000 });
  const load = loadConfig(settings);
  const listening = `${load.tls ? 'https' : 'http'}://${hostInUrl(host)}:${port}`;
  const config = {
    ...{ production, host, port, sandbox: !production, ...load },
    publicUrl: publicUrlOf(settings) ?? listening,
    fhirServers: settings.list('FHIR_SERVERS', baseUrl),
    corsOrigins: corsOrigins(settings, production),
    deadlineMs: settings.integer('DEADLINE_MS', {
      ...{ least: 50, most: 60_000 },
      otherwise: crd === 'off' ? DEADLINE_MS : CRD_DEADLINE_MS,
    }),
    bodyLimit: settings.integer('BODY_LIMIT_BYTES', { least: 1024, most: 104_857_600, otherwise: 5_242_880 }),
    logLevel: settings.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    tracing: settings.oneOf('TRACING', ['off', 'opentelemetry'], 'off'),
    ...policyConfig(settings),
    ...crdConfig(settings, crd),
    ...trustConfig(settings),
    ...recordsConfig(settings),
    ...operatorConfig(settings),
  };
  if (production) for (const name of NEEDED_IN_PRODUCTION) settings.need(name, 'in production');
  if (production && crd !== 'off') settings.need('RECORDS_KEY', 'with CRD in production');
  settings.throwIfWrong();
  return config;
}

/** Which services, and with what of the site's own; all that printing a policy needs to know. */
export function readPolicyConfig(environment: Environment): PolicyConfig {
  const settings = new Settings(environment);
  const config = policyConfig(settings);
  settings.throwIfWrong();
  return config;
}

/** What a replay of historical orders needs to know. */
export type ReplayConfig = PolicyConfig & Pick<RecordsConfig, 'databaseUrl' | 'recordsKey'>;

/** @throws StartupError as readConfig does */
export function readReplayConfig(environment: Environment): ReplayConfig {
  const { databaseUrl, recordsKey } = readRecordsConfig(environment);
  return {
    ...readPolicyConfig(environment),
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(recordsKey !== undefined && { recordsKey }),
  };
}

/** The client of SMART Backend Services that a bulk export is asked for with. */
export interface BulkConfig {
  readonly clientId?: string;
  /** Path of its private key, a JWK. */
  readonly keyFile?: string;
  readonly scope: string;
}

/** @throws StartupError as readConfig does */
export function readBulkConfig(environment: Environment): BulkConfig {
  const settings = new Settings(environment);
  const [clientId, keyFile] = [settings.text('BULK_CLIENT_ID'), settings.text('BULK_KEY_FILE')];
  if (clientId !== undefined) settings.need('BULK_KEY_FILE', 'with BULK_CLIENT_ID');
  if (keyFile !== undefined) settings.need('BULK_CLIENT_ID', 'with BULK_KEY_FILE');
  settings.throwIfWrong();
  return {
    ...(clientId !== undefined && { clientId }),
    ...(keyFile !== undefined && { keyFile }),
    scope: settings.text('BULK_SCOPE') ?? 'system/*.rs',
  };
}

/** One with a user would be printed with the password; with a query no token of a client could be made for it. */
function publicUrlOf(settings: Settings): string | undefined {
  const url = settings.url('PUBLIC_URL', ['http:', 'https:']);
  if (url !== undefined && 'wrong' in baseUrl(url))
    settings.wrong('PUBLIC_URL', 'has to be without user, query and fragment');
  return url;
}

function policyConfig(settings: Settings): PolicyConfig {
  const policyOverrides = settings.text('POLICY_OVERRIDES');
  const services = settings.list('SERVICES', serviceId);
  return {
    ...(services.length > 0 && { services }),
    ...(policyOverrides !== undefined && { policyOverrides }),
  };
}

const NEEDED_IN_PRODUCTION = ['STEPWISE_CLIENTS', 'PUBLIC_URL', 'DATABASE_URL'];

function trustConfig(settings: Settings): TrustConfig {
  const clientsFile = settings.text('STEPWISE_CLIENTS');
  return {
    ...(clientsFile !== undefined && { clientsFile }),
    discoveryToken: settings.oneOf('DISCOVERY_TOKEN', ['optional', 'required'], 'optional') === 'required',
    feedbackAudience: settings.oneOf('FEEDBACK_AUDIENCE', ['feedback', 'service'], 'feedback'),
    tokenReplay: settings.oneOf('TOKEN_REPLAY', ['refuse', 'allow'], 'refuse'),
  };
}

function operatorConfig(settings: Settings): OperatorConfig {
  const operatorToken = secretOf(settings, 'OPERATOR_TOKEN');
  return operatorToken === undefined ? {} : { operatorToken };
}

function loadConfig(settings: Settings): LoadConfig {
  const keyFile = settings.text('TLS_KEY_FILE');
  const certFile = settings.text('TLS_CERT_FILE');
  if (keyFile !== undefined) settings.need('TLS_CERT_FILE', 'with TLS_KEY_FILE');
  if (certFile !== undefined) settings.need('TLS_KEY_FILE', 'with TLS_CERT_FILE');
  return {
    rateLimit: settings.integer('RATE_LIMIT_PER_SECOND', { least: 1, most: 100_000, otherwise: 500 }),
    callsInFlight: settings.integer('CALLS_IN_FLIGHT', { least: 1, most: 100_000, otherwise: 1_000 }),
    ...(keyFile !== undefined && certFile !== undefined && { tls: { keyFile, certFile } }),
  };
}

/** Milliseconds. */
const DEADLINE_MS = 450;
/** The payer of a coverage may take a further round trip, and the guide allows seconds (CP-1). */
const CRD_DEADLINE_MS = 900;

function crdConfig(settings: Settings, crd: 'off' | '2.0.1' | '2.2'): Pick<Config, 'crd' | 'crdCoverage'> {
  const crdCoverage = settings.text('CRD_COVERAGE');
  return { ...(crd !== 'off' && { crd }), ...(crdCoverage !== undefined && { crdCoverage }) };
}

function corsOrigins(settings: Settings, production: boolean): Config['corsOrigins'] {
  const sent = settings.text('CORS_ORIGINS');
  if (sent === '*') return '*';
  return sent === undefined && !production ? '*' : settings.list('CORS_ORIGINS', origin);
}

function hostInUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function serviceId(text: string): Reading {
  return /^[A-Za-z0-9-]+$/.test(text) ? { value: text } : { wrong: 'has to be ids of services' };
}

function origin(text: string): Reading {
  const isOrigin =
    /^https?:/i.test(text) && URL.canParse(text) && new URL(text).origin === text.toLowerCase();
  return isOrigin
    ? { value: text.toLowerCase() }
    : { wrong: 'has to be * or origins like https://ehr.example' };
}

function baseUrl(text: string): Reading {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isBase =
    url !== undefined &&
    /^https?:$/.test(url.protocol) &&
    !/[?#]/.test(text) &&
    url.username + url.password === '';
  return isBase
    ? { value: url.href.replace(/\/+$/, '') }
    : { wrong: 'has to be http(s) base URLs without user, query or fragment' };
}
