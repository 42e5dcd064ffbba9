import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type BrotliDecompress,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import { BodyBuffer } from './body-buffer.js';

type Decoder = Gunzip | Inflate | BrotliDecompress;

const CHUNKS = { chunkSize: 128 * 1024 };
const DECODERS = new Map<string, () => Decoder>([
  ['gzip', () => createGunzip(CHUNKS)],
  ['x-gzip', () => createGunzip(CHUNKS)],
  ['deflate', () => createInflate(CHUNKS)],
  ['br', () => createBrotliDecompress(CHUNKS)],
]);

/**
 * The body as it was before `Content-Encoding`, unpacked off the event loop.
 *
 * @param limit bytes it may come to; undefined is returned when it comes to more
 * @throws Error when the body is not what the header says, or the encoding is not known here
 */
export async function unpack(body: Buffer, header: unknown, limit: number): Promise<Buffer | undefined> {
  const encodings = [header]
    .flat()
    .join(',')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const applied = encodings.filter((name) => name !== '' && name !== 'identity');
  if (applied.length === 0 || body.length === 0) return body;
  // One encoding is what servers send; a chain of them is how a body is made to swell.
  const decoder = applied.length === 1 ? DECODERS.get(applied[0] ?? '') : undefined;
  if (!decoder) throw new Error('content encoding not supported');
  return decode(body, decoder(), limit);
}

async function decode(body: Buffer, decoder: Decoder, limit: number): Promise<Buffer | undefined> {
  const unpacked = new BodyBuffer(limit);
  decoder.end(body);
  for await (const chunk of decoder) {
    if (!Buffer.isBuffer(chunk) || unpacked.length + chunk.length > limit) return undefined;
    unpacked.append(chunk);
  }
  return unpacked.bytes;
}
