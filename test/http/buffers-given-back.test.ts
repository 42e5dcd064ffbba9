/** TR-6: however a body ends, each buffer that was taken for it is given back once, and its call is over. */
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { ArrivingBody } from '../../src/http/arriving-body.js';
import { readJson } from '../../src/http/body.js';
import { createBodyRoom } from '../../src/http/load/body-room.js';
import { createReceiveBuffers, type ReceiveBuffers } from '../../src/http/receive-buffers.js';
import { until } from '../until.js';

const LIMIT = 500_000;
const GATE_MS = 40;
/** Milliseconds after which a call hangs. */
const IN_TIME = 60_000;

const closings: (() => void)[] = [];
afterEach(() => {
  for (const close of closings.splice(0)) close();
});

/** Buffers, and which of them someone has. */
function watched() {
  const buffers = createReceiveBuffers();
  const out = new Set<Buffer>();
  let taken = 0;
  const watching: ReceiveBuffers = {
    take: (bytes) => {
      const buffer = buffers.take(bytes);
      if (out.has(buffer)) throw new Error('it is taken already');
      taken += 1;
      out.add(buffer);
      return buffer;
    },
    giveBack: (buffer, used) => {
      if (!out.delete(buffer)) throw new Error('it was given back before');
      buffers.giveBack(buffer, used);
    },
  };
  return { watching, out, taken: () => taken };
}

/** A server that reads bodies as the service does: held while a gate is asked, then read, or refused there. */
async function reading(refused: boolean) {
  const { watching, out, taken } = watched();
  const room = createBodyRoom(LIMIT);
  const ends: string[] = [];
  let begun = 0;
  const server = createServer((request, response) => {
    begun += 1;
    const [body, claim] = [new ArrivingBody(request, watching), room.claim()];
    body.hold();
    const answered = async (): Promise<string> => {
      await sleep(GATE_MS);
      if (refused) return 'refused';
      const value = await readJson({ request, body, claim }, LIMIT);
      return `read ${JSON.stringify(value).length}`;
    };
    void answered()
      .catch((thrown: unknown) => (thrown as { code: string }).code)
      .then((end) => {
        body.release();
        claim.release();
        ends.push(end);
        response.end(end);
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closings.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const connections = (): Promise<number> =>
    new Promise((resolve) => {
      server.getConnections((_error, count) => {
        resolve(count);
      });
    });
  /** Whether no call is under way. */
  const idle = (): boolean => ends.length === begun;
  return { port, out, taken, ends, connections, idle };
}

const json = (length: number): Buffer => Buffer.from(JSON.stringify('x'.repeat(length - 2)));
const zipped = (length: number): Buffer => gzipSync(json(length));

function withLength(body: Buffer, head = ''): Buffer {
  return Buffer.concat([Buffer.from(`${head}Content-Length: ${body.length}\r\n\r\n`), body]);
}
function inChunks(body: Buffer, size: number): Buffer {
  const parts: Buffer[] = [Buffer.from('Transfer-Encoding: chunked\r\n\r\n')];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

const START = Buffer.from('POST / HTTP/1.1\r\nHost: x\r\n');
const GZIP = 'Content-Encoding: gzip\r\n';

/** What is sent, and how the call ends where it is let in. */
const CALLS: readonly (readonly [string, Buffer, string])[] = [
  ['a small body', withLength(json(100)), 'read 100'],
  ['one larger than what is held', withLength(json(200_000)), 'read 200000'],
  ['one of the limit', withLength(json(LIMIT)), `read ${LIMIT}`],
  ['one over the limit', withLength(json(LIMIT + 1)), 'ERR_BODY_TOO_LARGE'],
  ['small chunks', inChunks(json(3_000), 7), 'read 3000'],
  ['large chunks', inChunks(json(300_000), 70_000), 'read 300000'],
  ['chunks of the limit', inChunks(json(LIMIT), 65_536), `read ${LIMIT}`],
  ['chunks over the limit', inChunks(json(LIMIT + 1), 65_536), 'ERR_BODY_TOO_LARGE'],
  ['nothing', withLength(Buffer.alloc(0)), 'ERR_BODY_NOT_JSON'],
  ['no JSON', withLength(Buffer.alloc(100_000, '{')), 'ERR_BODY_NOT_JSON'],
  ['gzip', withLength(zipped(LIMIT), GZIP), `read ${LIMIT}`],
  ['gzip that grows over the limit', withLength(zipped(LIMIT * 10), GZIP), 'ERR_BODY_TOO_LARGE'],
  ['gzip that is none', withLength(Buffer.alloc(90_000, 'x'), GZIP), 'ERR_BODY_NOT_JSON'],
  [
    'another type',
    withLength(Buffer.alloc(90_000, 'x'), 'Content-Type: text/plain\r\n'),
    'ERR_MEDIA_TYPE_UNSUPPORTED',
  ],
];

async function connected(port: number): Promise<net.Socket> {
  const socket = net.connect(port, '127.0.0.1').on('error', () => undefined);
  await new Promise((resolve) => socket.once('connect', resolve));
  return socket.resume();
}

describe.each([
  ['let in', false],
  ['refused at the gate', true],
])('%s', (_name, refused) => {
  test('all calls on one connection, in order', async () => {
    const server = await reading(refused);
    const socket = await connected(server.port);
    for (const [index, [, bytes]] of CALLS.entries()) {
      socket.write(Buffer.concat([START, bytes]));
      await until(() => server.ends.length === index + 1, IN_TIME);
      expect(server.out.size).toBe(0);
    }
    expect(server.ends).toEqual(CALLS.map(([, , end]) => (refused ? 'refused' : end)));
    expect(server.taken()).toBeGreaterThanOrEqual(CALLS.length - 1);
    socket.destroy();
  });

  test.each([
    ['with the headers', 0, 0],
    ['while the gate is asked', 0.5, GATE_MS / 4],
    ['while the gate is asked, when nearly all has come', 0.99, GATE_MS / 4],
    ['when the gate was asked', 0.5, 2 * GATE_MS],
    ['when all has come', 1, GATE_MS / 4],
  ])('each call broken off %s', async (_when, share, pauseMs) => {
    const server = await reading(refused);
    for (const end of ['destroy', 'resetAndDestroy', 'end'] as const)
      await Promise.all(
        CALLS.map(async ([, bytes]) => {
          const socket = await connected(server.port);
          const head = bytes.indexOf('\r\n\r\n') + 4;
          socket.write(Buffer.concat([START, bytes.subarray(0, head)]));
          socket.write(bytes.subarray(head, head + Math.floor((bytes.length - head) * share)));
          await sleep(pauseMs);
          socket[end]();
        }),
      );
    await until(async () => (await server.connections()) === 0 && server.idle(), IN_TIME);
    expect(server.out.size).toBe(0);
  });
});
