import { codeOf } from '../code-of.js';
import { bucketOf, keyLine, patientHash, type Keyed, type LineProblem } from './keyed-line.js';
import { linesOf } from './lines.js';
import { formatLine, SegmentWriter } from './segment.js';
import type { ReplayStore, SourceSummary } from './store.types.js';

export interface SpillOptions {
  readonly buckets: number;
  /** The site's key. */
  readonly key: string;
  /** Types that some service reads. */
  readonly types: ReadonlySet<string>;
  /** Bytes of a line that is still read. */
  readonly longestLine: number;
  /** Bytes of a segment, about. */
  readonly segmentBytes: number;
}

const PLACES = 20;

/** Sorts one source file by patient into the store. Repeated, it writes the same. @throws when the store fails */
export async function spillSource(
  source: { readonly index: number; readonly path: string },
  store: ReplayStore,
  options: SpillOptions,
): Promise<SourceSummary> {
  const sink = new Sink(source.index, store, options);
  const count = new SourceCount();
  try {
    for await (const line of linesOf(source.path, options.longestLine)) {
      const keyed = keyLine(line, options.types);
      count.take(line.number, keyed);
      await sink.take(keyed);
    }
  } catch (thrown) {
    if (!isUnreadable(thrown)) throw thrown;
    count.brokenOff = true;
  }
  await sink.flush();
  const summary = count.summary();
  await store.finishSource(source.index, summary);
  return summary;
}

/** The file's own fault: a gzip that is cut off or damaged, a folder, no permission. */
function isUnreadable(thrown: unknown): boolean {
  return /^(?:Z_|ERR_BUFFER|EISDIR|EACCES|EIO|ENOENT)/.test(codeOf(thrown));
}

class Sink {
  readonly #writer: SegmentWriter;
  #segments = 0;

  constructor(
    private readonly source: number,
    private readonly store: ReplayStore,
    private readonly options: SpillOptions,
  ) {
    this.#writer = new SegmentWriter(options.buckets);
  }

  async take(keyed: Keyed): Promise<void> {
    if (keyed.kind === 'kept') this.#add(keyed.patientId, keyed.json);
    else if (keyed.kind === 'problem' && keyed.lost)
      this.#add(keyed.lost.patientId, Buffer.from(JSON.stringify({ lost: keyed.lost.type })));
    if (this.#writer.size >= this.options.segmentBytes) await this.flush();
  }

  #add(patientId: string, json: Buffer): void {
    const hash = patientHash(patientId, this.options.key);
    this.#writer.add(bucketOf(hash, this.options.buckets), formatLine(hash, patientId, json));
  }

  async flush(): Promise<void> {
    if (this.#writer.size === 0) return;
    await this.store.putSegment(this.source, this.#segments, this.#writer.cut());
    this.#segments += 1;
  }
}

class SourceCount {
  brokenOff = false;
  #lines = 0;
  #attributed = 0;
  readonly #kept: Record<string, number> = {};
  readonly #passedOver: Record<string, number> = {};
  readonly #problems: Partial<Record<LineProblem, number>> = {};
  readonly #places: { line: number; problem: LineProblem }[] = [];

  take(line: number, keyed: Keyed): void {
    this.#lines += 1;
    if (keyed.kind === 'kept') this.#kept[keyed.type] = (this.#kept[keyed.type] ?? 0) + 1;
    else if (keyed.kind === 'passed-over')
      this.#passedOver[keyed.type] = (this.#passedOver[keyed.type] ?? 0) + 1;
    else {
      this.#problems[keyed.problem] = (this.#problems[keyed.problem] ?? 0) + 1;
      if (this.#places.length < PLACES) this.#places.push({ line, problem: keyed.problem });
      if (keyed.lost) this.#attributed += 1;
    }
  }

  summary(): SourceSummary {
    return {
      lines: this.#lines,
      kept: this.#kept,
      passedOver: this.#passedOver,
      problems: this.#problems,
      places: this.#places,
      attributed: this.#attributed,
      brokenOff: this.brokenOff,
    };
  }
}
