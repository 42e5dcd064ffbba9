import { createHash, timingSafeEqual } from 'node:crypto';
import type { RequestHandler } from 'express';

/**
 * Lets in who sends the operators' token as the password of HTTP Basic, under any name: every browser can ask for it,
 * and no other origin can make a browser read the answer. Everyone else gets one 401, whatever was wrong.
 *
 * @param onRefused told of each request that was turned away
 */
export function operatorsOnly(token: string, onRefused: () => void): RequestHandler {
  const expected = digestOf(token);
  return (request, response, next) => {
    const password = passwordOf(request.headers.authorization);
    // Digests have one length, and how much of one fits says nothing of the token.
    if (password !== undefined && timingSafeEqual(digestOf(password), expected)) {
      next();
      return;
    }
    onRefused();
    response
      .status(401)
      .set({
        'www-authenticate': 'Basic realm="Stepwise CDS operation", charset="UTF-8"',
        'cache-control': 'no-store',
      })
      .end();
  };
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function passwordOf(header: string | undefined): string | undefined {
  const [, credentials] = /^basic +([\w+/]+={0,2}) *$/i.exec(header ?? '') ?? [];
  if (credentials === undefined) return undefined;
  const text = Buffer.from(credentials, 'base64').toString();
  const colon = text.indexOf(':');
  return colon === -1 ? undefined : text.slice(colon + 1);
}
