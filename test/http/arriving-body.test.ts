/** TR-6: a body begins to arrive while the gates are asked, and is read when they have let the call in. */
import { createServer, request as httpRequest, Agent, type IncomingMessage } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { CdsError } from '../../src/errors.js';
import type { Gate } from '../../src/http/exchange.js';
import { createReceiveBuffers } from '../../src/http/receive-buffers.js';
import { orderSign } from '../cds-hooks/calls.js';
import { CALL, serve, serviceThat } from './served.js';

const slowly: Gate = () => sleep(30);
const untrusted: Gate = async () => {
  await sleep(30);
  throw new CdsError('ERR_CLIENT_UNTRUSTED', 'the caller is not trusted');
};

/** A call with a text of so many letters in its prefetch. */
function callOf(length: number): string {
  const patient = { resourceType: 'Patient', id: 'article', note: 'é'.repeat(length) };
  return JSON.stringify({ ...orderSign(), prefetch: { patient } });
}

async function listening(gate: Gate) {
  const service = serviceThat(() => Promise.resolve({ cards: [] }));
  const { app } = serve({ services: [service], gates: [gate] });
  const server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const sockets = new Set<unknown>();
  const post = (pieces: readonly (string | Buffer)[], pauseMs = 0): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const headers = {
        'content-type': 'application/json',
        'content-length': pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
      };
      const asked = httpRequest(
        { port, agent, path: CALL, method: 'POST', headers },
        (answer: IncomingMessage) => {
          sockets.add(answer.socket);
          answer.resume().once('end', () => {
            resolve(answer.statusCode);
          });
        },
      ).once('error', reject);
      void (async () => {
        for (const piece of pieces) {
          asked.write(piece);
          await sleep(pauseMs);
        }
        asked.end();
      })();
    });
  const close = (): void => {
    agent.destroy();
    server.close();
  };
  return { port, post, sockets, service, close };
}

const SIZES = [10, 40_000, 60_000, 200_000, 1_500_000];

test('bodies of any size are whole, one after the other on one connection, the shorter after the longer too', async () => {
  const { post, sockets, service, close } = await listening(slowly);
  const sizes = [...SIZES, ...SIZES.toReversed()];
  for (const size of sizes) expect(await post([callOf(size)])).toBe(200);
  close();
  expect(sockets.size).toBe(1);
  const received = service.calls.map(({ request }) => ({ patient: request.prefetch['patient'] }));
  expect(received).toEqual(
    sizes.map((size) => ({
      patient: { resourceType: 'Patient', id: 'article', note: 'é'.repeat(size) },
    })),
  );
});

test('a body that comes in pieces, before and after the gates were asked', async () => {
  const { post, close } = await listening(slowly);
  const body = Buffer.from(callOf(120_000));
  const pieces = Array.from({ length: 8 }, (_, n) => {
    const from = Math.floor((body.length * n) / 8);
    return body.subarray(from, Math.floor((body.length * (n + 1)) / 8));
  });
  expect(await post(pieces, 10)).toBe(200);
  close();
});

test.each(SIZES)('after a refusal the connection takes the next call: %d letters', async (size) => {
  const { post, sockets, close } = await listening(untrusted);
  expect(await post([callOf(size)])).toBe(401);
  expect(await post([callOf(10)])).toBe(401);
  close();
  expect(sockets.size).toBe(1);
});

test('a call that breaks off while the gates are asked is the end of nothing', async () => {
  const { port, post, service, close } = await listening(slowly);
  const socket = net.connect(port, '127.0.0.1');
  socket.write(
    `POST ${CALL} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 999\r\n\r\n{`,
  );
  await sleep(10);
  socket.destroy();
  await sleep(60);
  expect(await post([callOf(10)])).toBe(200);
  close();
  expect(service.calls).toHaveLength(1);
});

describe('buffers that bodies are received into', () => {
  test('are used again, and keep nothing of what was received', () => {
    const buffers = createReceiveBuffers();
    const first = buffers.take(10);
    first.fill('x', 0, 10);
    buffers.giveBack(first, 10);
    const second = buffers.take(60_000);
    expect(second).toBe(first);
    expect(second.subarray(0, 10)).toEqual(Buffer.alloc(10));
    expect(buffers.take(10)).not.toBe(second);
  });

  test('are as large as is asked, and a few of them are kept', () => {
    const buffers = createReceiveBuffers();
    const sizes = [1, 65_536, 65_537, 900_000, 5_000_000];
    for (const size of sizes) expect(buffers.take(size).length).toBeGreaterThanOrEqual(size);
    const many = Array.from({ length: 10 }, () => buffers.take(1_000_000));
    for (const one of many) buffers.giveBack(one, 0);
    const again = Array.from({ length: 10 }, () => buffers.take(1_000_000));
    expect(again.filter((one) => many.includes(one))).toHaveLength(2);
    const huge = buffers.take(5_000_000);
    buffers.giveBack(huge, 0);
    expect(buffers.take(5_000_000)).not.toBe(huge);
  });
});
