import { BlockList, isIP } from 'node:net';

/** Base URL of a FHIR server, checked and normalized: no user info, query or fragment, no trailing slash. */
export class FhirBase {
  /** Without trailing slash. */
  readonly href: string;
  readonly url: URL;
  readonly #path: string;

  private constructor(url: URL) {
    this.url = url;
    this.#path = url.pathname.replace(/\/+$/, '');
    this.href = url.origin + this.#path;
  }

  /** Undefined for what is no plain http(s) base URL. */
  static parse(text: string): FhirBase | undefined {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    return url && isPlain(url) && url.search === '' && url.hash === '' ? new FhirBase(url) : undefined;
  }

  /** True for URLs of this scheme, host, port and path prefix (whole segments), without user info or encoded slashes. */
  contains(url: URL): boolean {
    if (!isPlain(url) || url.origin !== this.url.origin) return false;
    return url.pathname === this.#path || url.pathname.startsWith(`${this.#path}/`);
  }

  /** The URL of a relative query such as `Condition?patient=1`. */
  join(path: string): URL {
    return new URL(`${this.href}/${path}`);
  }

  /** The same resource under this base, for a URL under `other`, a second name of the same server. */
  adopt(url: URL, other: FhirBase): URL {
    return new URL(this.href + url.href.slice(other.href.length));
  }
}

// WHATWG parsing has resolved `..`, `%2e%2e` and backslashes; an encoded slash is left to the server, who may not agree.
function isPlain(url: URL): boolean {
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && url.username === '' && url.password === '' && !/%2f|%5c/i.test(url.pathname);
}

/**
 * Resolves a link or reference a server sent against where it stood. Relative ones belong to the base, those of a
 * query alone (`?sessionID=…`) to the page that held them. Undefined when it leads outside the base and its aliases.
 */
export function resolveUnder(base: FhirBase, link: string, place: LinkPlace): URL | undefined {
  const origin = link.startsWith('?') ? (place.page?.href ?? `${base.href}/`) : `${base.href}/`;
  if (!URL.canParse(link, origin)) return undefined;
  const url = new URL(link, origin);
  if (base.contains(url)) return url;
  const alias = place.aliases.find((other) => other.contains(url));
  return alias && base.adopt(url, alias);
}

/** Where a link stood: the page that held it, and the other names its server is known to give itself. */
export interface LinkPlace {
  readonly page: URL | undefined;
  readonly aliases: readonly FhirBase[];
}

export type PlainHttp = 'never' | 'loopback' | 'listed';

/**
 * The allow-list of FHIR servers. `plainHttp` says where http is taken: nowhere (production), for any loopback
 * address as well as listed ones of it (development), or wherever a listed base says so. Under `loopback` and
 * `listed` every loopback address is allowed unlisted.
 */
export function allowList(bases: readonly string[], plainHttp: PlainHttp): (url: URL) => boolean {
  const listed = bases.map((base) => FhirBase.parse(base)).filter((base) => base !== undefined);
  return (url) => {
    const loopback = isLoopback(url.hostname);
    if (loopback && plainHttp !== 'never' && isPlain(url)) return true;
    const secure = url.protocol === 'https:' || plainHttp === 'listed';
    return secure && listed.some((base) => base.contains(url));
  };
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** True for `localhost` and literal loopback addresses; a URL's host has its IPv6 address in brackets. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, '');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return isIP(name) !== 0 && LOOPBACK.check(name, isIP(name) === 6 ? 'ipv6' : 'ipv4');
}
