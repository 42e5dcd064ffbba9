import type { IncomingMessage } from 'node:http';
import { Untrusted } from './trust-failure.js';

/** Characters; a token of CDS Hooks has a few hundred. */
const TOKEN_LENGTH = 8192;

const BEARER = /^bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;

/**
 * The token of the one Authorization header; the scheme in any case (JWT-2). A token in the query is not looked at.
 *
 * @throws Untrusted no-token, several-tokens or token-malformed
 */
export function bearerOf(request: Pick<IncomingMessage, 'rawHeaders'>): string {
  // Of several headers node's parsed ones show the first, and a proxy before us may have looked at the last.
  const { rawHeaders } = request;
  const sent = rawHeaders.filter(
    (_text, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
  const [header] = sent;
  if (header === undefined) throw new Untrusted('no-token');
  if (sent.length > 1) throw new Untrusted('several-tokens');
  const [, token] = BEARER.exec(header) ?? [];
  if (token === undefined || token.length > TOKEN_LENGTH) throw new Untrusted('token-malformed');
  return token;
}
