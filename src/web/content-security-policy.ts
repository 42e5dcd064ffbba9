/** Where a page may connect, and who may frame it; everything else comes from this host alone. */
export interface PagePolicy {
  /** Origins beside our own that scripts may call: FHIR servers, another CDS Hooks service. */
  readonly connectTo?: readonly string[];
  /** Default: nobody. An EHR shows the evidence page in a frame of its own. */
  readonly frameAncestors?: string;
}

/**
 * The Content-Security-Policy of a page: no inline script, no inline style, no other host, and markup only from the
 * templates of lit-html (Trusted Types), so that no text of a chart can ever become an element.
 */
export function contentSecurityPolicy({ connectTo = [], frameAncestors = "'none'" }: PagePolicy): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    `connect-src ${["'self'", ...connectTo].join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');
}

/** The origin of an http(s) address; undefined for anything else, so that nothing else gets into a header. */
export function originOf(address: unknown): string | undefined {
  if (typeof address !== 'string' || !URL.canParse(address)) return undefined;
  const { protocol, origin } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
}
