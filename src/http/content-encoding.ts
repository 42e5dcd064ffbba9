import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, inflateRaw } from 'node:zlib';
import { CdsError } from '../errors.js';

type Decode = (body: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const gunzipped: Decode = promisify(gunzip);
const inflated: Decode = promisify(inflate);
const inflatedRaw: Decode = promisify(inflateRaw);

// Some clients send raw DEFLATE where zlib's frame is meant; the frame begins with method 8.
const deflated: Decode = (body, options) =>
  ((body[0] ?? 0) & 0x0f) === 8 ? inflated(body, options) : inflatedRaw(body, options);

const DECODERS: ReadonlyMap<string, Decode> = new Map([
  ['gzip', gunzipped],
  ['x-gzip', gunzipped],
  ['deflate', deflated],
  ['br', promisify(brotliDecompress)],
]);

/**
 * Undoes one Content-Encoding (gzip, deflate, br), off the main thread.
 *
 * @param limit bytes of the decoded body; decoding stops there, so a small body cannot grow without bound
 * @throws CdsError ERR_MEDIA_TYPE_UNSUPPORTED, ERR_BODY_TOO_LARGE, or ERR_BODY_NOT_JSON when it is no such encoding
 */
export async function decodeContent(body: Buffer, encoding: string, limit: number): Promise<Buffer> {
  const decode = decoderOf(encoding);
  try {
    return await decode(body, { maxOutputLength: limit });
  } catch (error) {
    throw isTooLarge(error)
      ? new CdsError('ERR_BODY_TOO_LARGE', `the decoded body is larger than ${limit} bytes`)
      : new CdsError('ERR_BODY_NOT_JSON', 'the body is not encoded as Content-Encoding says');
  }
}

function decoderOf(encoding: string): Decode {
  const decode = DECODERS.get(encoding.trim().toLowerCase());
  if (decode !== undefined) return decode;
  throw new CdsError('ERR_MEDIA_TYPE_UNSUPPORTED', 'send the body plain, or as gzip, deflate or br', {
    expression: 'http.content-encoding',
  });
}

function isTooLarge(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE'
  );
}
