import { referenceTo, stamp, type IdentifiedResource, type StoredResource } from './resource.js';

/** What a search or a read looks into. Reading never changes it. */
export interface ResourceStore {
  /** `deleted` for one that was there and is gone. */
  read(type: string, id: string): StoredResource | 'deleted' | undefined;
  /** In the order of insertion. */
  ofType(type: string): readonly StoredResource[];
}

/**
 * The synthetic patients as they were loaded; nothing changes it afterwards.
 * @throws Error when two resources share type and id
 */
export class ChartStore implements ResourceStore {
  readonly #byReference = new Map<string, StoredResource>();
  readonly #byType = new Map<string, StoredResource[]>();

  constructor(resources: Iterable<IdentifiedResource>, lastUpdated: string) {
    for (const resource of resources)
      this.#add(stamp(resource, '1', resource.meta?.lastUpdated ?? lastUpdated));
  }

  #add(resource: StoredResource): void {
    const reference = referenceTo(resource);
    if (this.#byReference.has(reference)) throw new Error(`synthetic charts hold ${reference} twice`);
    this.#byReference.set(reference, resource);
    const sameType = this.#byType.get(resource.resourceType);
    if (sameType) sameType.push(resource);
    else this.#byType.set(resource.resourceType, [resource]);
  }

  read(type: string, id: string): StoredResource | undefined {
    return this.#byReference.get(`${type}/${id}`);
  }

  ofType(type: string): readonly StoredResource[] {
    return this.#byType.get(type) ?? [];
  }
}

/** One browser's changes laid over the charts: put and deleted resources hide what lies below them. */
export class Overlay implements ResourceStore {
  readonly #below: ResourceStore;
  readonly #changes = new Map<string, StoredResource | 'deleted'>();

  constructor(below: ResourceStore) {
    this.#below = below;
  }

  /** Number of resources that were put or deleted. */
  get size(): number {
    return this.#changes.size;
  }

  read(type: string, id: string): StoredResource | 'deleted' | undefined {
    return this.#changes.get(`${type}/${id}`) ?? this.#below.read(type, id);
  }

  ofType(type: string): readonly StoredResource[] {
    const untouched = this.#below.ofType(type).filter((one) => !this.#changes.has(referenceTo(one)));
    const put = [...this.#changes.values()].filter((one) => one !== 'deleted');
    return [...untouched, ...put.filter((one) => one.resourceType === type)];
  }

  /** Creates or replaces; the version counts up from what is there. */
  put(resource: IdentifiedResource, lastUpdated: string): { stored: StoredResource; created: boolean } {
    const before = this.read(resource.resourceType, resource.id);
    const known = before === undefined || before === 'deleted' ? undefined : before;
    const stored = stamp(resource, String(Number(known?.meta.versionId ?? 0) + 1), lastUpdated);
    this.#changes.set(referenceTo(resource), stored);
    return { stored, created: known === undefined };
  }

  delete(type: string, id: string): void {
    this.#changes.set(`${type}/${id}`, 'deleted');
  }
}
