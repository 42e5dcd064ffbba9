import { Writable } from 'node:stream';
import winston from 'winston';
import { CdsError } from './errors.js';

export const LOG_LEVELS = ['error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

/** The fields a log line may have: ids, closed codes and counts of ours. Anything else is left out. */
const FIELDS = [
  'event',
  'requestId',
  'hookInstance',
  'service',
  'hook',
  'route',
  'status',
  'code',
  'place',
  'rule',
  'warning',
  'durationMs',
  'cards',
  'orders',
  'policy',
  'decision',
  'unknown',
  'dataStates',
  'fhirRequests',
  'accepted',
  'overridden',
  'signal',
  'url',
  'version',
  'client',
  'reason',
  'count',
  'key',
  'missing',
  'source',
  'asked',
  'read',
  'server',
] as const;

export type LogFields = { readonly [name in (typeof FIELDS)[number]]?: string | number | boolean } & {
  /** Anything thrown; of it only name, code, place and stack frames are written. */
  readonly err?: unknown;
};

/** A line is a stable event with ids and counts of ours: `log.info('policy evaluated', { event: 'policy.evaluated' })`. */
export interface Log {
  error(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  debug(message: string, fields?: LogFields): void;
  /** Whether lines of debugging are written, so that nobody puts fields together for nothing. */
  readonly debugs: boolean;
}

export interface LogParts {
  readonly level: LogLevel;
  readonly stream: NodeJS.WritableStream;
  readonly now: () => Date;
}

/** JSON Lines on a stream, written by winston. A line above the level costs one comparison. */
export function createLog({ level, stream, now }: LogParts): Log {
  // Not the Console transport: it writes synchronously and blocks under load.
  const transport = new winston.transports.Stream({ stream, eol: '\n' });
  const logger = winston.createLogger({
    level,
    levels: { error: 0, warn: 1, info: 2, debug: 3 },
    format: winston.format.json(),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- winston types it as an instance only
    transports: [transport],
  });
  const writer = (at: LogLevel): Log['info'] => {
    if (LOG_LEVELS.indexOf(at) > LOG_LEVELS.indexOf(level)) return () => undefined;
    return (message, fields = {}) => {
      logger.log({ level: at, message, time: now().toISOString(), ...allowed(fields) });
    };
  };
  return {
    ...{ error: writer('error'), warn: writer('warn'), info: writer('info'), debug: writer('debug') },
    debugs: level === 'debug',
  };
}

/** Writes nothing: for tests and for the command line. */
export function silentLog(): Log {
  const stream = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  return createLog({ level: 'error', stream, now: () => new Date(0) });
}

/** Longest field, in UTF-16 units: ids and codes are short, and what is long is not one. */
const FIELD_LENGTH = 200;

function allowed(fields: LogFields): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const name of FIELDS) {
    const value = fields[name];
    if (typeof value === 'number' || typeof value === 'boolean') line[name] = value;
    if (typeof value === 'string') line[name] = value.slice(0, FIELD_LENGTH);
  }
  if (fields.err !== undefined) line['err'] = describeError(fields.err);
  return line;
}

/**
 * What may be known of an error. Only our own messages are written: others quote what they failed on (JSON.parse
 * its text, fetch its URL), and that may be a patient's. Their name, code and stack frames say where to look.
 */
export function describeError(thrown: unknown): Record<string, unknown> {
  if (thrown instanceof CdsError)
    return {
      name: thrown.name,
      code: thrown.code,
      message: thrown.message,
      place: thrown.expression,
      ...(thrown.code === 'ERR_INTERNAL' && { frames: framesOf(thrown) }),
    };
  if (!(thrown instanceof Error)) return { name: typeof thrown };
  const code = 'code' in thrown && typeof thrown.code === 'string' ? { code: thrown.code } : {};
  return { name: thrown.name, ...code, frames: framesOf(thrown) };
}

function framesOf(error: Error): readonly string[] {
  const lines = (error.stack ?? '').split('\n').map((line) => line.trim());
  return lines.filter((line) => /^at .*:\d+:\d+\)?$/.test(line)).slice(0, 8);
}
