import type { IncomingMessage, ServerResponse } from 'node:http';

/** Milliseconds that the rest of a body which nobody reads is still taken. */
const LINGER_MS = 5_000;

/**
 * Ends an answer whose headers are set, its length among them. Where its connection ends with it while the body still
 * arrives, the rest is taken and thrown away first: a connection that is closed on unread bytes is reset, and the
 * answer lost with it (RFC 9112, 9.6).
 */
export function endAnswer(
  request: IncomingMessage,
  response: ServerResponse,
  body: string | undefined,
): void {
  if (request.complete || response.shouldKeepAlive || body === undefined) {
    response.end(body);
    return;
  }
  response.write(body);
  const late = setTimeout(() => response.end(), LINGER_MS).unref();
  request.once('close', () => {
    clearTimeout(late);
    response.end();
  });
  request.resume();
}
