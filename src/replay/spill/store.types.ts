import type { LineProblem } from './keyed-line.js';
import type { Segment } from './segment.js';

/** What a source file was found to hold. */
export interface SourceSummary {
  readonly lines: number;
  /** Lines kept, by type. */
  readonly kept: Readonly<Record<string, number>>;
  /** Lines of types that no service reads, by type. */
  readonly passedOver: Readonly<Record<string, number>>;
  readonly problems: Readonly<Partial<Record<LineProblem, number>>>;
  /** The first of them. */
  readonly places: readonly { readonly line: number; readonly problem: LineProblem }[];
  /** Of the lines with problems, those that are known to be some patient's. */
  readonly attributed: number;
  /** The file could not be read to its end. */
  readonly brokenOff: boolean;
}

/** What came of one bucket. */
export interface BucketResult {
  /** Lines of evaluations.ndjson, by patient, service and time. */
  readonly evaluations: string;
  readonly counts: Readonly<Record<string, number>>;
  readonly patients: number;
  readonly patientsWithOrders: number;
  /** Patients whose records are more than one chart may hold: not evaluated. */
  readonly tooLarge: number;
  /** Lines beyond the first that give a resource again: the same, or another version of it. */
  readonly repeated: { readonly same: number; readonly versions: number };
}

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
