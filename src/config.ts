import { StartupError } from './errors.js';
import type { Config } from './config.types.js';
import { LOG_LEVELS, type LogLevel } from './log.js';

/** What the environment may say, as `process.env` has it; an empty value counts as none. */
export type Environment = Readonly<Record<string, string | undefined>>;

export interface CheckedConfig extends Config {
  readonly logLevel: LogLevel;
}

/**
 * Reads all settings (README, Settings) and checks them together.
 *
 * @throws StartupError listing everything that is wrong, by the setting's name and never by its value: a database
 *   URL has a password in it
 */
export function readConfig(environment: Environment): CheckedConfig {
  const settings = new Settings(environment);
  const production =
    settings.oneOf('NODE_ENV', ['production', 'development', 'test'], 'development') === 'production';
  const host = settings.text('HOST') ?? '127.0.0.1';
  const port = settings.integer('PORT', { least: 0, most: 65_535, otherwise: 3000 });
  const config = {
    ...{ production, host, port, sandbox: !production },
    publicUrl: settings.url('PUBLIC_URL', ['http:', 'https:']) ?? `http://${hostInUrl(host)}:${port}`,
    fhirServers: settings.list('FHIR_SERVERS', baseUrl),
    corsOrigins: corsOrigins(settings, production),
    deadlineMs: settings.integer('DEADLINE_MS', { least: 50, most: 60_000, otherwise: 450 }),
    bodyLimit: settings.integer('BODY_LIMIT_BYTES', { least: 1024, most: 104_857_600, otherwise: 5_242_880 }),
    logLevel: settings.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
  };
  settings.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  refuseWhatIsNotBuilt(settings);
  if (production) for (const name of NEEDED_IN_PRODUCTION) settings.need(name);
  settings.throwIfWrong();
  return config;
}

const NEEDED_IN_PRODUCTION = ['STEPWISE_CLIENTS', 'PUBLIC_URL', 'DATABASE_URL'];

// Better no service than one that looks protected, or like a CRD server, and is not.
function refuseWhatIsNotBuilt(settings: Settings): void {
  const crd = settings.oneOf('CRD', ['off', '2.0.1', '2.2'], 'off');
  if (crd !== 'off') settings.wrong('CRD', 'has to be off: this version has no coverage answers yet');
  if (settings.text('STEPWISE_CLIENTS') !== undefined)
    settings.wrong(
      'STEPWISE_CLIENTS',
      'is set, but this version cannot check tokens yet and does not run as if it did; leave it unset, in development only',
    );
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

type Reading = { readonly value: string } | { readonly wrong: string };

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

interface Range {
  readonly least: number;
  readonly most: number;
  readonly otherwise: number;
}

/** Reads settings one by one and remembers what was wrong, so that one start tells all of it. */
class Settings {
  readonly #environment: Environment;
  readonly #problems: string[] = [];

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  text(name: string): string | undefined {
    const value = this.#environment[name]?.trim();
    return value === '' ? undefined : value;
  }

  integer(name: string, { least, most, otherwise }: Range): number {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = /^\d{1,12}$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return value;
    this.wrong(name, `has to be a whole number from ${least} to ${most}`);
    return otherwise;
  }

  oneOf<T extends string>(name: string, values: readonly T[], otherwise: T): T {
    const text = this.text(name);
    if (text === undefined) return otherwise;
    const value = values.find((known) => known === text);
    if (value === undefined) this.wrong(name, `has to be one of ${values.join(', ')}`);
    return value ?? otherwise;
  }

  /** Without trailing slash. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url !== undefined && protocols.includes(url.protocol)) return url.href.replace(/\/+$/, '');
    this.wrong(
      name,
      `has to be a URL beginning with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );
    return undefined;
  }

  list(name: string, read: (text: string) => Reading): readonly string[] {
    const items = (this.text(name) ?? '').split(',').map((item) => item.trim());
    const readings = items.filter((item) => item !== '').map(read);
    const wrong = readings.find((reading) => 'wrong' in reading);
    if (wrong !== undefined) this.wrong(name, wrong.wrong);
    return readings.flatMap((reading) => ('value' in reading ? [reading.value] : []));
  }

  need(name: string): void {
    if (this.text(name) === undefined) this.wrong(name, 'is needed in production');
  }

  wrong(name: string, reason: string): void {
    this.#problems.push(`${name} ${reason}`);
  }

  throwIfWrong(): void {
    if (this.#problems.length === 0) return;
    const count =
      this.#problems.length === 1 ? '1 setting is wrong' : `${this.#problems.length} settings are wrong`;
    throw new StartupError('environment', [count, ...this.#problems].join('\n  - '));
  }
}
