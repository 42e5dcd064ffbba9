import { mkdir, open, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { codeOf } from '../code-of.js';
import type { Segment } from './segment.js';
import type { BucketResult, ReplayStore, SourceSummary } from './store.types.js';

/** A folder that holds patients' records until the report is written: only its owner may read it. */
const PRIVATE = { recursive: true, mode: 0o700 } as const;

/** Bytes of one offset in a segment's head: one more than there are buckets, then the lines. */
const OFFSET = 6;

/** Opens, or makes, the store in a folder. */
export async function openFolderStore(folder: string): Promise<ReplayStore> {
  const places = {
    segments: path.join(folder, 'segments'),
    sources: path.join(folder, 'sources'),
    results: path.join(folder, 'results'),
  };
  for (const place of Object.values(places)) await mkdir(place, PRIVATE);
  return {
    putSegment: (source, segment, content) =>
      putFile(path.join(places.segments, `${numbered(source)}-${numbered(segment)}`), encode(content)),
    finishSource: (source, summary) =>
      putFile(path.join(places.sources, `${numbered(source)}.json`), JSON.stringify(summary)),
    sources: async () => {
      const summaries = new Map<number, SourceSummary>();
      for (const name of await finished(places.sources))
        summaries.set(
          Number.parseInt(name, 10),
          (await readJson(path.join(places.sources, name))) as SourceSummary,
        );
      return summaries;
    },
    partsOf: (bucket) => partsOf(places.segments, bucket),
    putResult: (bucket, result) =>
      putFile(path.join(places.results, `${numbered(bucket)}.json`), JSON.stringify(result)),
    finishedBuckets: async () =>
      new Set((await finished(places.results)).map((name) => Number.parseInt(name, 10))),
    resultOf: async (bucket) =>
      (await readJson(path.join(places.results, `${numbered(bucket)}.json`))) as BucketResult | undefined,
    close: () => Promise.resolve(),
  };
}

function numbered(n: number): string {
  return String(n).padStart(6, '0');
}

/** Whole or not at all: whoever is killed leaves a file that nobody looks at. */
export async function putFile(file: string, content: string | Buffer): Promise<void> {
  const unfinished = `${file}.unfinished`;
  await writeFile(unfinished, content, { mode: 0o600 });
  await rename(unfinished, file);
}

async function finished(folder: string): Promise<readonly string[]> {
  return (await readdir(folder)).filter((name) => !name.endsWith('.unfinished')).sort();
}

/** Undefined where there is no such file. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  }
}

function encode({ offsets, data }: Segment): Buffer {
  const head = Buffer.alloc(offsets.length * OFFSET);
  offsets.forEach((offset, index) => head.writeUIntBE(offset + head.length, index * OFFSET, OFFSET));
  return Buffer.concat([head, data]);
}

async function* partsOf(folder: string, bucket: number): AsyncGenerator<Buffer> {
  for (const name of await finished(folder)) {
    const file = await open(path.join(folder, name));
    try {
      const { buffer: ends } = await file.read(Buffer.alloc(2 * OFFSET), 0, 2 * OFFSET, bucket * OFFSET);
      const [start, end] = [ends.readUIntBE(0, OFFSET), ends.readUIntBE(OFFSET, OFFSET)];
      if (end > start) yield (await file.read(Buffer.alloc(end - start), 0, end - start, start)).buffer;
    } finally {
      await file.close();
    }
  }
}
