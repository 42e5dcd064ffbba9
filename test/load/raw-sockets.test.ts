/**
 * Bytes as no client library sends them, on raw sockets of the real process: requests that two readers could take for
 * two different ones, that never end, or that nobody waits for. Each gets the one right answer, and the next caller too.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { reviewedRequest, SERVICE, startService, type ServiceProcess } from '../records/service-process.js';
import { until } from '../until.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-sockets-'));
let service: ServiceProcess;
let port: number;
let order: string;

beforeAll(async () => {
  service = await startService({ DATA_DIR: folder });
  port = Number(new URL(service.url).port);
  order = JSON.stringify(await reviewedRequest(service));
});
afterAll(async () => {
  await service.stop();
  rmSync(folder, { recursive: true, force: true });
});
/** Whatever was sent before, the process is up and answers an order with its cards. */
afterEach(async () => {
  expect(service.child.exitCode).toBeNull();
  const { status, text } = await service.post(SERVICE, JSON.parse(order));
  expect(status).toBe(200);
  expect(JSON.parse(text).cards.length).toBeGreaterThan(0);
});

interface Answer {
  readonly status: number;
  readonly headers: string;
  readonly body: string;
}

/** An open connection, and what came over it. */
class Wire {
  readonly socket: net.Socket;
  #received = '';
  #closed = false;

  constructor(allowHalfOpen = false) {
    this.socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen });
    this.socket.on('data', (chunk: Buffer) => {
      this.#received += chunk.toString('latin1');
    });
    this.socket.on('error', () => undefined);
    this.socket.once('close', () => {
      this.#closed = true;
    });
  }

  /** Whole answers with a Content-Length, in their order. */
  get answers(): readonly Answer[] {
    const answers: Answer[] = [];
    for (let rest = this.#received; ;) {
      const end = rest.indexOf('\r\n\r\n');
      if (end < 0) return answers;
      const headers = rest.slice(0, end);
      const length = Number(/content-length: (\d+)/i.exec(headers)?.[1] ?? 0);
      const body = rest.slice(end + 4, end + 4 + length);
      if (body.length < length) return answers;
      answers.push({ status: Number(headers.split(' ')[1]), headers, body });
      rest = rest.slice(end + 4 + length);
    }
  }

  get closed(): boolean {
    return this.#closed;
  }

  async answered(count = 1): Promise<readonly Answer[]> {
    await until(() => this.answers.length >= count || this.#closed);
    return this.answers;
  }
}

async function send(bytes: string): Promise<Wire> {
  const wire = new Wire();
  await new Promise((resolve) => wire.socket.once('connect', resolve));
  wire.socket.write(bytes, 'latin1');
  return wire;
}

const CALL = `POST ${SERVICE} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
/** What would be answered in its own right, were it taken for a request. */
const SMUGGLED = 'GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n';

describe('requests that two readers could tell apart differently are refused, and end their connection', () => {
  test.each<[string, string]>([
    [
      'a length and chunks (CL.TE)',
      `${CALL}Content-Length: ${SMUGGLED.length + 5}\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'chunks and a length (TE.CL)',
      `${CALL}Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2d\r\n${SMUGGLED}\r\n0\r\n\r\n`,
    ],
    [
      'two lengths that differ',
      `${CALL}Content-Length: 0\r\nContent-Length: ${SMUGGLED.length}\r\n\r\n${SMUGGLED}`,
    ],
    ['two lengths that agree', `${CALL}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    ['a list of lengths', `${CALL}Content-Length: 2, 2\r\n\r\n{}${SMUGGLED}`],
    ['a length with a sign', `${CALL}Content-Length: +2\r\n\r\n{}${SMUGGLED}`],
    ['a length in hexadecimal', `${CALL}Content-Length: 0x2\r\n\r\n{}${SMUGGLED}`],
    [
      'chunked that is not the last coding',
      `${CALL}Transfer-Encoding: chunked, x\r\n\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    ['a coding nobody knows', `${CALL}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ['a header that is folded (obs-fold)', `${CALL}Content-Length:\r\n 2\r\n\r\n{}${SMUGGLED}`],
    ['a blank before the colon', `${CALL}Content-Length : 2\r\n\r\n{}${SMUGGLED}`],
    ['a line that ends with a line feed alone', `${CALL}X: y\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    ['a carriage return in a value', `${CALL}X: y\rContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    ['a zero byte in a value', `${CALL}X: \0\r\nContent-Length: 2\r\n\r\n{}${SMUGGLED}`],
    [
      'a size of a chunk that is none',
      `${CALL}Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'a size of a chunk beyond 64 bits',
      `${CALL}Transfer-Encoding: chunked\r\n\r\n10000000000000002\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    [
      'a chunk longer than it says',
      `${CALL}Transfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    ],
    ['no Host', `GET /health/live HTTP/1.1\r\n\r\n${SMUGGLED}`],
    ['two Hosts', `GET /health/live HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n${SMUGGLED}`],
    ['an HTTP version nobody knows', `GET /health/live HTTP/9.9\r\nHost: x\r\n\r\n${SMUGGLED}`],
  ])('%s', async (_name, bytes) => {
    const wire = await send(bytes);
    await until(() => wire.closed);
    expect(wire.answers.map(({ status }) => status)).toEqual([400]);
    const [{ headers, body } = { headers: '', body: '' }] = wire.answers;
    expect(headers).toMatch(/connection: close/i);
    expect(JSON.parse(body)).toMatchObject({ resourceType: 'OperationOutcome' });
  });

  test.each<[string, string]>([
    ['one header of 20 kB', `X: ${'x'.repeat(20_000)}\r\n`],
    ['headers of 20 kB in all', `X: ${'x'.repeat(99)}\r\n`.repeat(200)],
    ['an address of 20 kB', ''],
  ])('%s: 431', async (name, headers) => {
    const target = name.includes('address') ? `/${'x'.repeat(20_000)}` : '/health/live';
    const wire = await send(`GET ${target} HTTP/1.1\r\nHost: x\r\n${headers}\r\n`);
    await until(() => wire.closed);
    expect(wire.answers.map(({ status }) => status)).toEqual([431]);
  });
});

describe('many requests on one connection', () => {
  test('are answered in their order, whatever each takes', async () => {
    const post = `${CALL}Content-Length: ${Buffer.byteLength(order)}\r\n\r\n${Buffer.from(order).toString('latin1')}`;
    const bad = `${CALL}Content-Length: 2\r\n\r\n[]`;
    const live = 'GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n';
    const unknown = 'GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n';
    const wire = await send(post + live + bad + unknown + post + live);
    const answers = await wire.answered(6);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 404, 200, 200]);
    expect(JSON.parse(answers[1]!.body)).toMatchObject({ status: 'live' });
    wire.socket.destroy();
  });

  test('none of them is lost behind one whose body is refused', async () => {
    const refused = `POST ${SERVICE} HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello`;
    const wire = await send(`${refused}GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect((await wire.answered(2)).map(({ status }) => status)).toEqual([415, 200]);
    wire.socket.destroy();
  });
});

describe('callers who do not go on, or do not stay', () => {
  const begun: readonly (readonly [string, string])[] = [
    ['half a request line', 'POST /cds'],
    ['headers without their end', CALL],
    ['half a body', `${CALL}Content-Length: 1000\r\n\r\n{"hook":`],
    ['a chunk that does not come', `${CALL}Transfer-Encoding: chunked\r\n\r\n3e8\r\n{"hook":`],
  ];

  test.each(begun)('200 connections with %s take nobody else’s place', async (_name, bytes) => {
    const wires = await Promise.all(Array.from({ length: 200 }, () => send(bytes)));
    expect((await service.get('/health/ready')).status).toBe(200);
    expect((await service.post(SERVICE, JSON.parse(order))).status).toBe(200);
    for (const { socket } of wires) socket.destroy();
  });

  test.each(begun)('%s, then a reset: nothing is answered for it', async (_name, bytes) => {
    const wire = await send(bytes);
    wire.socket.resetAndDestroy();
    await until(() => wire.closed);
    expect(wire.answers).toEqual([]);
  });

  test('a request whose sender has closed its half is answered', async () => {
    const wire = new Wire(true);
    await new Promise((resolve) => wire.socket.once('connect', resolve));
    wire.socket.end('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    expect((await wire.answered()).map(({ status }) => status)).toEqual([200]);
    wire.socket.destroy();
  });

  test('a body that ends before its length is refused, not waited for', async () => {
    const wire = new Wire(true);
    await new Promise((resolve) => wire.socket.once('connect', resolve));
    wire.socket.end(`${CALL}Content-Length: 1000\r\n\r\n{"hook":`);
    await until(() => wire.closed || wire.answers.length > 0);
    expect(wire.answers.map(({ status }) => status)).toEqual([400]);
    wire.socket.destroy();
  });

  test('an answer that nobody reads any more costs nobody else theirs', async () => {
    const post = `${CALL}Content-Length: ${Buffer.byteLength(order)}\r\n\r\n${Buffer.from(order).toString('latin1')}`;
    const wires = await Promise.all(Array.from({ length: 20 }, () => send(post)));
    for (const { socket } of wires) socket.destroy();
    expect((await service.get('/health/live')).status).toBe(200);
  });
});
