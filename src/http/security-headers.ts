import type { Headers } from './cors.js';

const EVERYWHERE: Headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

// A year; only where the public address is https, for a browser that saw it refuses http from then on.
const HTTPS_ONLY: Headers = { 'strict-transport-security': 'max-age=31536000' };

/** Headers of every answer, also of pages; pages bring a content security policy of their own. */
export function securityHeaders(publicUrl: string): Headers {
  return publicUrl.startsWith('https:') ? { ...EVERYWHERE, ...HTTPS_ONLY } : EVERYWHERE;
}

/** Beside those, headers of answers that are JSON or text and no page: nothing in them is ever run or framed. */
export const NO_PAGE: Headers = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};
