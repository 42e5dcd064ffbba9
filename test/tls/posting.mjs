// Posts on connections of TLS, again as soon as the answer is there, each time with one write of many records; prints how
// often which status came. A process of its own: within the server's, it would answer no sooner than the server has gone on.
import { connect } from 'node:tls';

const [port, connections, times] = process.argv.slice(2).map(Number);
const body = Buffer.alloc(60_000, 'y');
const call = Buffer.concat([
  Buffer.from(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n`),
  body,
]);
const statuses = {};

const postsOnOne = () =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => socket.write(call));
    let got = '';
    let left = times;
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
      const length = Number(/content-length: (\d+)/i.exec(got)?.[1] ?? Infinity);
      if (got.length < got.indexOf('\r\n\r\n') + 4 + length) return;
      const status = got.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      got = '';
      left -= 1;
      if (left > 0) socket.write(call);
      else socket.destroy();
    });
    socket.on('error', () => undefined).on('close', resolve);
  });

await Promise.all(Array.from({ length: connections }, postsOnOne));
console.log(JSON.stringify(statuses));
