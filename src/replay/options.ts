import { StartupError } from '../errors.js';
import { toWhen } from './as-of/when.js';
import type { LastUpdated } from './as-of/held.js';

export interface ReplayOptions {
  /** A folder, a file, or the base URL of a FHIR server to export from; absent for a worker. */
  readonly place?: string;
  readonly out: string;
  /** Ids of the services; absent: those that are served. */
  readonly services?: readonly string[];
  /** Orders of 64625, too. */
  readonly rfa: boolean;
  /** Absent: as many as the machine has cores. */
  readonly threads?: number;
  readonly lastUpdated: LastUpdated;
  readonly until?: string;
  /** Begin anew where another replay was begun. */
  readonly fresh: boolean;
  /** Share the work through Postgres. */
  readonly queue: boolean;
  /** Take part in replays that others have begun. */
  readonly worker: boolean;
  /** Seconds after which the chunk of a worker that was not heard of is given to another. */
  readonly lease: number;
  /** Of a bulk export: one Group instead of all patients. */
  readonly group?: string;
}

const FLAGS = ['rfa', 'fresh', 'queue', 'worker'] as const;
const VALUES = ['out', 'services', 'threads', 'last-updated', 'until', 'lease', 'group'] as const;

/** What `replay` knows; cli.ts refuses everything else. */
export const REPLAY_OPTION = new RegExp(`^--(?:${FLAGS.join('|')}|(?:${VALUES.join('|')})=.+)$`);

/** @throws StartupError naming the option that is wrong */
export function readReplayOptions(words: readonly string[]): ReplayOptions {
  const value = (name: (typeof VALUES)[number]): string | undefined =>
    words.findLast((word) => word.startsWith(`--${name}=`))?.slice(name.length + 3);
  const has = (name: (typeof FLAGS)[number]): boolean => words.includes(`--${name}`);
  const places = words.filter((word) => !word.startsWith('--'));
  const [place] = places;
  if (places.length !== (has('worker') ? 0 : 1))
    throw new StartupError('replay', has('worker') ? 'a worker takes no export' : 'name one export');
  const [services, threads, until, group] = [
    value('services'),
    value('threads'),
    value('until'),
    value('group'),
  ];
  if (until !== undefined && !toWhen(until)) throw new StartupError('--until', 'has to be a date');
  return {
    ...(place !== undefined && { place }),
    out: value('out') ?? 'replay-report',
    ...(services !== undefined && { services: services.split(',') }),
    ...(threads !== undefined && { threads: wholeNumber('--threads', threads, 1024) }),
    lastUpdated: lastUpdatedOf(value('last-updated') ?? 'fallback'),
    ...(until !== undefined && { until }),
    ...{ rfa: has('rfa'), fresh: has('fresh'), queue: has('queue'), worker: has('worker') },
    lease: wholeNumber('--lease', value('lease') ?? '60', 3600),
    ...(group !== undefined && { group }),
  };
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (number >= 1 && number <= most) return number;
  throw new StartupError(name, `has to be a whole number from 1 to ${most}`);
}

function lastUpdatedOf(text: string): LastUpdated {
  if (text === 'fallback' || text === 'strict' || text === 'ignore') return text;
  throw new StartupError('--last-updated', 'has to be fallback, strict or ignore');
}
