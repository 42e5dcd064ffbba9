import {
  AFTER_OVERRIDE,
  AFTER_OVERRIDE_HOURS,
  MOST_HOURS,
  type AfterOverrideSetting,
} from '../http/trust/trusted-client.types.js';
import { Settings, type Environment } from './settings.js';

/** What is kept, where and how long. */
export interface RecordsConfig {
  /** Postgres; absent, an embedded database under dataDir is used. */
  readonly databaseUrl?: string;
  readonly dataDir: string;
  readonly retentionDays: number;
  /** Records that wait at most while the database is away; more are lost. */
  readonly recordsWaiting: number;
  readonly feedbackComments: 'store' | 'drop';
  /** Whether whole CRD calls and answers are kept, which are protected health information (CP-5). */
  readonly crdCalls: 'store' | 'drop';
  /** Days. */
  readonly crdCallsDays: number;
  readonly evidenceReferences: 'hashed' | 'clear';
  /** The site's secret that references are hashed with; without it, hashed ones are left out. */
  readonly recordsKey?: string;
  /** What happens to a card that was overridden with a reason; a client may have its own. */
  readonly afterOverride: AfterOverrideSetting;
}

/** Where the records are; all that reading them needs to know. */
export function readRecordsConfig(environment: Environment): RecordsConfig {
  const settings = new Settings(environment);
  const config = recordsConfig(settings);
  settings.throwIfWrong();
  return config;
}

export function recordsConfig(settings: Settings): RecordsConfig {
  const databaseUrl = settings.url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const recordsKey = secretOf(settings, 'RECORDS_KEY');
  return {
    ...(databaseUrl !== undefined && { databaseUrl }),
    dataDir: settings.text('DATA_DIR') ?? './data',
    retentionDays: settings.integer('RETENTION_DAYS', { least: 1, most: 36_500, otherwise: 730 }),
    recordsWaiting: settings.integer('RECORDS_WAITING', { least: 1, most: 1_000_000, otherwise: 10_000 }),
    feedbackComments: settings.oneOf('FEEDBACK_COMMENTS', ['store', 'drop'], 'drop'),
    crdCalls: settings.oneOf('CRD_CALLS', ['store', 'drop'], 'drop'),
    crdCallsDays: settings.integer('CRD_CALLS_DAYS', { least: 1, most: 36_500, otherwise: 730 }),
    evidenceReferences: settings.oneOf('EVIDENCE_REFERENCES', ['hashed', 'clear'], 'hashed'),
    ...(recordsKey !== undefined && { recordsKey }),
    afterOverride: afterOverride(settings),
  };
}

function afterOverride(settings: Settings): AfterOverrideSetting {
  const answer = settings.oneOf('AFTER_OVERRIDE', AFTER_OVERRIDE, 'repeat');
  if (answer !== 'repeat') settings.need('RECORDS_KEY', `with AFTER_OVERRIDE=${answer}`);
  const range = { least: 1, most: MOST_HOURS, otherwise: AFTER_OVERRIDE_HOURS };
  return { answer, hours: settings.integer('AFTER_OVERRIDE_HOURS', range) };
}

/** A secret of a site's own, long enough that nobody guesses it. */
export function secretOf(settings: Settings, name: string): string | undefined {
  const secret = settings.text(name);
  if (secret !== undefined && secret.length < 32) settings.wrong(name, 'has to have 32 characters or more');
  return secret;
}
