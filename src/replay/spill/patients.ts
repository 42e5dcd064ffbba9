import { linesIn, type KeyedLine } from './segment.js';

/** Everything a bucket holds of one patient. */
export interface PatientLines {
  readonly hash: string;
  readonly patientId: string;
  /** JSON lines in the order of the files; undefined when it is more than one chart may hold. */
  readonly lines: readonly Buffer[] | undefined;
}

export interface PatientLimits {
  /** Bytes of one patient's lines. */
  readonly patientBytes: number;
  /** Bytes held in memory at once. */
  readonly heldBytes: number;
}

/**
 * The patients of a bucket by their hash. A bucket that is larger than may be held is read once for each group of its
 * patients that is not.
 */
export async function* patientsOf(
  parts: () => AsyncIterable<Buffer>,
  limits: PatientLimits,
): AsyncGenerator<PatientLines> {
  const sizes = await sizesOf(parts());
  const hashes = [...sizes.keys()].sort();
  for (let start = 0; start < hashes.length;) {
    const group = takeGroup(hashes, start, sizes, limits);
    const held = await gather(parts(), group, sizes, limits);
    for (const hash of group) {
      const found = held.get(hash);
      if (found) yield { hash, ...found };
    }
    start += group.size;
  }
}

async function sizesOf(parts: AsyncIterable<Buffer>): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for await (const part of parts)
    for (const { hash, json } of linesIn(part)) sizes.set(hash, (sizes.get(hash) ?? 0) + json.length);
  return sizes;
}

function takeGroup(
  hashes: readonly string[],
  start: number,
  sizes: ReadonlyMap<string, number>,
  { patientBytes, heldBytes }: PatientLimits,
): ReadonlySet<string> {
  const group = new Set<string>();
  let held = 0;
  for (const hash of hashes.slice(start)) {
    const size = sizes.get(hash) ?? 0;
    // What is too large is not held.
    held += size > patientBytes ? 0 : size;
    if (group.size > 0 && held > heldBytes) break;
    group.add(hash);
  }
  return group;
}

type Held = { readonly patientId: string; readonly lines: Buffer[] | undefined };

async function gather(
  parts: AsyncIterable<Buffer>,
  group: ReadonlySet<string>,
  sizes: ReadonlyMap<string, number>,
  { patientBytes }: PatientLimits,
): Promise<ReadonlyMap<string, Held>> {
  const held = new Map<string, Held>();
  for await (const part of parts)
    for (const line of linesIn(part)) if (group.has(line.hash)) keep(held, line, sizes, patientBytes);
  return held;
}

function keep(
  held: Map<string, Held>,
  { hash, patientId, json }: KeyedLine,
  sizes: ReadonlyMap<string, number>,
  patientBytes: number,
): void {
  const tooLarge = (sizes.get(hash) ?? 0) > patientBytes;
  const own = held.get(hash) ?? { patientId, lines: tooLarge ? undefined : [] };
  // A copy: a part of a segment would keep all of it.
  own.lines?.push(Buffer.from(json));
  held.set(hash, own);
}
