import type { Resource } from 'fhir/r4.js';
import type { ByteBudget } from './limits.js';
import type { MissingReason, Retrieval, RetrievalSource } from './retrieval.js';
import type { Page } from './searchset.js';

/** What a search has brought so far, page by page, from prefetch or the server. */
export class Gathering {
  readonly budget: ByteBudget;
  pages = 0;
  readonly #resources = new Map<string, Resource>();
  readonly #unnamed: Resource[] = [];
  readonly #sources = new Set<'prefetch' | 'fhir-server'>();
  #matches = 0;
  #total = 0;
  #unread = 0;
  #missing: MissingReason | undefined;

  constructor(budget: ByteBudget) {
    this.budget = budget;
  }

  take(page: Page, source: 'prefetch' | 'fhir-server'): void {
    this.pages += 1;
    this.#sources.add(source);
    this.#matches += page.matches;
    this.#total = Math.max(this.#total, page.total ?? 0);
    this.#unread += page.unread;
    this.#missing ??= page.missing;
    for (const resource of page.items) this.#keep(resource);
  }

  // The same resource may stand on two pages when the record changes between them: the newer one counts.
  #keep(resource: Resource): void {
    if (typeof resource.id !== 'string') {
      this.#unnamed.push(resource);
      return;
    }
    const key = keyOf(resource);
    const other = this.#resources.get(key);
    if (!other || compareVersions(resource, other) > 0) this.#resources.set(key, resource);
  }

  /** Something of what came was not there to be read. */
  miss(reason: MissingReason): void {
    this.#missing ??= reason;
  }

  /** Fewer matches than the server counted, or entries without their resource, and no way to the others. */
  get isShort(): boolean {
    return this.#matches < this.#total || this.#unread > 0;
  }

  /** The result, in an order that depends neither on the pages nor on the order within them. */
  end(missing: MissingReason | undefined): Retrieval {
    const reason = missing ?? this.#missing ?? this.#shortage();
    const items = this.#sorted();
    if (reason === undefined) return { status: 'complete', source: this.#source(), items };
    // A first page without a single match, cut off by a refusal, has shown nothing.
    const unread = this.#missing !== undefined || this.#unread > 0;
    const nothing = this.pages === 0 || (items.length === 0 && unread);
    return nothing
      ? { status: 'unavailable', missing: reason }
      : { status: 'partial', source: this.#source(), items, missing: reason };
  }

  #shortage(): MissingReason | undefined {
    if (!this.isShort) return undefined;
    return this.#unread > 0 ? 'unreadable' : 'next-page-not-followed';
  }

  #source(): RetrievalSource {
    if (this.#sources.size > 1) return 'both';
    return this.#sources.has('fhir-server') ? 'fhir-server' : 'prefetch';
  }

  #sorted(): readonly Resource[] {
    const named: Resource[] = [];
    for (const key of [...this.#resources.keys()].sort(compare)) {
      const resource = this.#resources.get(key);
      if (resource) named.push(resource);
    }
    if (this.#unnamed.length === 0) return named;
    const unnamed = this.#unnamed.map((resource) => [JSON.stringify(resource), resource] as const);
    return [...named, ...unnamed.sort(([a], [b]) => compare(a, b)).map(([, resource]) => resource)];
  }
}

function keyOf(resource: Resource): string {
  return `${resource.resourceType}/${resource.id ?? ''}`;
}

/** Above zero when `a` is the newer state of the same resource; told by its text where nothing else tells. */
function compareVersions(a: Resource, b: Resource): number {
  return (
    compare(updatedOf(a), updatedOf(b)) ||
    versionOf(a) - versionOf(b) ||
    compare(JSON.stringify(a), JSON.stringify(b))
  );
}

function updatedOf({ meta }: Resource): number {
  const time = Date.parse(meta?.lastUpdated ?? '');
  return Number.isNaN(time) ? 0 : time;
}

function versionOf({ meta }: Resource): number {
  const version = Number(meta?.versionId);
  return Number.isFinite(version) ? version : 0;
}

function compare<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : Number(a > b);
}
