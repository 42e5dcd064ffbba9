/** TR-6: a refusal can be read by a client that sends all of its body first, also where no connection is kept. */
import { createServer } from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { CALL, serve } from './served.js';

const MEGABYTE = 1024 * 1024;

/** The answer to a request whose sender looks at it only when all is sent. */
async function answerTo(head: string, bytes: number): Promise<string> {
  const server = createServer(serve().app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1').pause();
  let answer = '';
  socket.on('data', (chunk: Buffer) => (answer += chunk.toString()));
  const closed = new Promise<void>((resolve, reject) => socket.once('close', resolve).once('error', reject));
  socket.write(`${head}Host: x\r\nConnection: close\r\nContent-Length: ${bytes}\r\n\r\n`);
  socket.write(Buffer.alloc(bytes, ' '), () => socket.resume());
  await closed.finally(() => server.close());
  return answer;
}

test.each([
  ['too large', `POST ${CALL} HTTP/1.1\r\nContent-Type: application/json\r\n`, 413],
  ['of another type', `POST ${CALL} HTTP/1.1\r\nContent-Type: text/plain\r\n`, 415],
  ['for no service', `POST /cds-services/nope HTTP/1.1\r\nContent-Type: application/json\r\n`, 404],
  ['for what nobody serves', `POST /nope HTTP/1.1\r\nContent-Type: application/json\r\n`, 404],
  ['too large, of HTTP/1.0', `POST ${CALL} HTTP/1.0\r\nContent-Type: application/json\r\n`, 413],
])('a body %s', async (_name, head, status) => {
  const answer = await answerTo(head, 20 * MEGABYTE);
  expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} [^]*OperationOutcome`));
});
