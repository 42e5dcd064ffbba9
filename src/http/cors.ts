/** `*`, or exact origins. */
export type CorsOrigins = '*' | readonly string[];

export type Headers = Readonly<Record<string, string>>;

const EXPOSED = { 'access-control-expose-headers': 'X-Request-Id, Retry-After, Allow' };

/**
 * The headers of every answer, errors too (CORS-3), as a function of the request's Origin: CORS and the given ones,
 * put together once. Credentials are never allowed: a client shows its token in a header.
 */
export function headersFor(origins: CorsOrigins, others: Headers): (origin: string | undefined) => Headers {
  if (origins === '*') {
    const toAny = { ...others, ...EXPOSED, 'access-control-allow-origin': '*' };
    return () => toAny;
  }
  const refused = { ...others, vary: 'Origin' };
  const allowed = new Map(
    origins.map((origin) => [origin, { ...refused, ...EXPOSED, 'access-control-allow-origin': origin }]),
  );
  return (origin) => (origin === undefined ? undefined : allowed.get(origin)) ?? refused;
}

/** What a preflight learns, without authentication (CORS-2). `methods` is a list as in Allow. */
export function preflightHeaders(methods: string): Headers {
  return {
    allow: methods,
    'access-control-allow-methods': methods,
    'access-control-allow-headers': 'Authorization, Content-Type, Accept, X-Request-Id, traceparent',
    'access-control-max-age': '600',
  };
}
