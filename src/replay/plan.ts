import { createHash, createHmac } from 'node:crypto';
import type { LastUpdated } from './as-of/held.js';

/** What is replayed and how: the same plan gives the same report, byte for byte. */
export interface ReplayPlan {
  readonly version: 1;
  readonly sources: readonly SourceFile[];
  /** Ids of the services, in their order, with the digests of their policies. */
  readonly services: readonly { readonly id: string; readonly sha256: string }[];
  readonly lastUpdated: LastUpdated;
  readonly until?: string;
  /** Types the export was asked for, where that is known. */
  readonly askedFor?: readonly string[];
  readonly buckets: number;
  /** Tells whether another process has the same site's key, and not what it is. */
  readonly keyCheck: string;
}

/** One NDJSON file of the export. */
export interface SourceFile {
  /** Below the export's folder, with forward slashes. */
  readonly name: string;
  readonly bytes: number;
  /** Of its last change, milliseconds since 1970. */
  readonly changedMs: number;
}

export function keyCheckOf(key: string): string {
  return createHmac('sha256', key).update('stepwise-cds replay').digest('base64url').slice(0, 16);
}

/** The same for the same plan: the name of its run. */
export function runOf(plan: ReplayPlan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, 32);
}

/** Bytes of a bucket that are aimed at, uncompressed. */
const BUCKET_BYTES = 8 * 1024 * 1024;
const MOST_BUCKETS = 65_536;
/** What gzip makes of NDJSON, about. */
const PACKED = 10;

/** So many that each can be held in memory, and a killed worker costs little. The report does not depend on it. */
export function bucketsFor(sources: readonly SourceFile[]): number {
  const bytes = sources.reduce(
    (sum, source) => sum + source.bytes * (source.name.endsWith('.gz') ? PACKED : 1),
    0,
  );
  return Math.min(MOST_BUCKETS, Math.max(4, Math.ceil(bytes / BUCKET_BYTES)));
}
