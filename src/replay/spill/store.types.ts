import type { BucketResult } from '../replay-bucket.js';
import type { Segment } from './segment.js';
import type { SourceSummary } from './spill-source.js';

/**
 * Where a replay keeps what it has done: a folder of one machine, or Postgres for several. What is put is there whole
 * or not at all, and putting it again changes nothing, so a replay that was killed goes on where it was.
 */
export interface ReplayStore {
  putSegment(source: number, segment: number, content: Segment): Promise<void>;
  finishSource(source: number, summary: SourceSummary): Promise<void>;
  sources(): Promise<ReadonlyMap<number, SourceSummary>>;
  /** A bucket's part of each segment, by source and segment. */
  partsOf(bucket: number): AsyncIterable<Buffer>;
  putResult(bucket: number, result: BucketResult): Promise<void>;
  finishedBuckets(): Promise<ReadonlySet<number>>;
  /** Undefined where the bucket is not finished. */
  resultOf(bucket: number): Promise<BucketResult | undefined>;
  close(): Promise<void>;
}
