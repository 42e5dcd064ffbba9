/**
 * The chart of a patient, read over FHIR with the service's own prefetch templates: what an EHR would send along.
 *
 * @typedef {Readonly<Record<string, { readonly template: string }>>} Templates
 * @typedef {{ readonly prefetch: Record<string, unknown>, readonly failed: readonly Failure[] }} ReadChart
 * @typedef {{ readonly key: string, readonly reason: string, readonly status?: number }} Failure
 * @typedef {{ readonly base: string, readonly patientId: string, readonly encounterId?: string, readonly userId?: string, readonly token?: string }} ChartAddress
 */

/** Pages of one search that are read. */
const MAXIMUM_PAGES = 50;
/** Milliseconds for one answer, after which nobody would wait any longer. */
export const PATIENCE_MS = 30_000;

/**
 * Reads every template; what fails is told, and left out of the prefetch.
 * @param {Templates} templates
 * @param {ChartAddress} address
 * @returns {Promise<ReadChart>}
 */
export async function readChart(templates, address) {
  const read = await Promise.all(
    Object.entries(templates).map(async ([key, { template }]) => {
      try {
        const query = fill(template, address);
        return query === undefined ? undefined : { key, resource: await readWhole(query, address) };
      } catch (error) {
        return { key, failure: failureOf(key, error) };
      }
    }),
  );
  return {
    prefetch: Object.fromEntries(
      read.flatMap((one) => (one && 'resource' in one ? [[one.key, one.resource]] : [])),
    ),
    failed: read.flatMap((one) => (one && 'failure' in one && one.failure ? [one.failure] : [])),
  };
}

/**
 * @param {string} key
 * @param {unknown} error
 * @returns {Failure}
 */
function failureOf(key, error) {
  const reason = error instanceof Error ? error.message : String(error);
  return { key, reason, ...(error instanceof Refusal && { status: error.status }) };
}

/** The FHIR server answered, but not with the resource. */
class Refusal extends Error {
  /** @param {number} status of HTTP */
  constructor(status) {
    super(`the FHIR server answered ${status}`);
    this.status = status;
  }
}

/**
 * A template with its context tokens filled in; undefined when the context lacks one.
 * @param {string} template
 * @param {ChartAddress} address
 */
export function fill(template, { patientId, encounterId, userId }) {
  const tokens = {
    'context.patientId': patientId,
    'context.encounterId': encounterId,
    'context.userId': userId,
  };
  let complete = true;
  const filled = template.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_all, name) => {
    const value = tokens[/** @type {keyof tokens} */ (name)];
    complete &&= value !== undefined;
    return encodeURIComponent(value ?? '');
  });
  return complete ? filled : undefined;
}

/**
 * A resource, or a searchset with the entries of all its pages.
 * @param {string} query
 * @param {ChartAddress} address
 */
async function readWhole(query, address) {
  const first = await readOne(`${address.base}/${query}`, address);
  const entry = [...(first.entry ?? [])];
  let page = first;
  for (let pages = 1; nextOf(page) && pages < MAXIMUM_PAGES; pages += 1) {
    page = await readOne(nextPage(nextOf(page), address.base), address);
    if (page.resourceType !== 'Bundle') throw new Error('a page of the search could not be read');
    entry.push(...(page.entry ?? []));
  }
  if (first.resourceType !== 'Bundle') return first;
  const link = linksOf(first, page);
  return { ...first, link: link.length > 0 ? link : undefined, ...(entry.length > 0 && { entry }) };
}

/**
 * Its own link, and what is left to read where there are too many pages or the way to the next is not said: what is
 * cut off must not look whole.
 * @param {Record<string, any>} first
 * @param {Record<string, any>} last
 */
function linksOf(first, last) {
  return [linkOf(first, 'self'), linkOf(last, 'next')].filter((link) => link !== undefined);
}

/** @param {Record<string, any>} bundle */
function nextOf(bundle) {
  return linkOf(bundle, 'next')?.url;
}

/**
 * @param {Record<string, any>} bundle
 * @param {string} wanted
 */
function linkOf({ link }, wanted) {
  return link?.find((/** @type {{ relation: string }} */ { relation }) => relation === wanted);
}

/**
 * @param {string} url
 * @param {string} base
 */
function nextPage(url, base) {
  const next = underBase(url, base);
  if (next === undefined) throw new Error('the next page is on another server');
  return next;
}

/**
 * An address under the base of a FHIR server; undefined for any other: the token goes to the server it is for, and a
 * host may have several, of other tenants too.
 * @param {string} url relative to the base, or absolute
 * @param {string} base
 */
export function underBase(url, base) {
  const root = new URL(`${base.replace(/\/+$/, '')}/`, location.href);
  if (!URL.canParse(url, root.href)) return undefined;
  const { origin, pathname, username, password, href } = new URL(url, root);
  const isBelow = pathname === root.pathname.slice(0, -1) || pathname.startsWith(root.pathname);
  // Some servers take an escaped slash for one.
  const climbs = /(?:\.|%2e){2}(?:%2f|%5c)/i.test(pathname);
  const isOwn = origin === root.origin && username + password === '' && isBelow && !climbs;
  return isOwn ? href : undefined;
}

/**
 * @param {string} url
 * @param {ChartAddress} address
 * @returns {Promise<Record<string, any>>}
 */
async function readOne(url, { token }) {
  const response = await fetch(url, {
    headers: { accept: 'application/fhir+json', ...(token && { authorization: `Bearer ${token}` }) },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).catch(() => {
    throw new Error('the FHIR server does not answer, or does not let this page read it (CORS)');
  });
  // 202 promises an answer, 206 is a part of one.
  if (response.status !== 200) throw new Refusal(response.status);
  return response.json().catch(() => {
    throw new Error('the answer of the FHIR server broke off, or is not JSON');
  });
}

/**
 * The resources of a prefetch, each once.
 * @param {Record<string, any>} prefetch
 * @returns {readonly import('./types.js').AnyResource[]}
 */
export function resourcesIn(prefetch) {
  const all = Object.values(prefetch).flatMap((value) =>
    value?.resourceType === 'Bundle'
      ? (value.entry ?? []).flatMap((/** @type {any} */ { resource }) => resource ?? [])
      : (value ?? []),
  );
  return [...new Map(all.map((one) => [`${one.resourceType}/${one.id}`, one])).values()];
}
