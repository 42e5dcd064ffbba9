import { join } from 'node:path';
import { StartupError } from '../errors.js';
import { checked, readChecked } from './read-checked.js';
import { serviceIdsIn } from './service.js';

/** A part of a JSON file, as it was read. */
export type Tree = Readonly<Record<string, unknown>>;

/** What a site sets in place of the product's numbers and words for one file of a service. */
export interface Override {
  /** The file of the site and the place in it, for messages. */
  readonly place: string;
  readonly changes: Tree;
}

export interface ServiceOverrides {
  readonly policy?: Override;
  readonly cards?: Override;
}

/** By service id. */
export type SiteOverrides = Readonly<Record<string, ServiceOverrides>>;

type OverridesFile = Readonly<Record<string, { readonly policy?: Tree; readonly cards?: Tree }>>;

/**
 * Loads the file that POLICY_OVERRIDES names: numbers and words of policy.json and cards.json, by service id.
 *
 * @throws StartupError with path and place when it is not as hooks/overrides.schema.json asks, or names a service that
 *   does not exist
 */
export function loadOverrides(path: string | undefined, hooksFolder: string): SiteOverrides {
  if (path === undefined) return {};
  const file = readChecked<OverridesFile>(path, join(hooksFolder, 'overrides.schema.json'));
  const services = serviceIdsIn(hooksFolder);
  const entries = Object.entries(file).filter(([id]) => id !== '$schema');
  const unknown = entries.find(([id]) => !services.includes(id));
  if (unknown) throw new StartupError(`${path}#${pointer(unknown[0])}`, 'there is no such service');
  return Object.fromEntries(
    entries.map(([id, { policy, cards }]) => {
      const place = `${path}#${pointer(id)}`;
      return [
        id,
        {
          ...(policy && { policy: { place: `${place}/policy`, changes: policy } }),
          ...(cards && { cards: { place: `${place}/cards`, changes: cards } }),
        },
      ];
    }),
  );
}

/**
 * Reads a file of the product and puts the site's numbers and words in it; checked before and after.
 *
 * @returns the content, and how messages call the file
 * @throws StartupError with path and place
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the schema file vouches for the shape
export function readOverridden<T>(
  file: string,
  schemaPath: string,
  override: Override | undefined,
): { readonly content: T; readonly path: string } {
  const content = readChecked<T>(file, schemaPath);
  if (!override) return { content, path: file };
  const path = `${override.place} in ${file}`;
  return { content: checked<T>(overlay(content, override.changes, override.place), schemaPath, path), path };
}

/**
 * The content with the site's numbers and words in it. Items of lists are named by their id, decision or generator.
 *
 * @throws StartupError naming the place of what does not exist, has another type, or would change a unit
 */
export function overlay(base: unknown, changes: unknown, place: string): unknown {
  if (Array.isArray(base)) return overlayList(base, changes, place);
  if (isTree(base)) return overlayTree(base, changes, place);
  if (typeof base !== typeof changes)
    throw new StartupError(place, `has to be a ${typeof base}, as in the product`);
  if (place.endsWith('/unit') && base !== changes)
    throw new StartupError(place, `has to stay ${String(base)}: the sentences name it`);
  return changes;
}

/** A file may add an address where the product has none; everything else has to be there already. */
const MAY_BE_ADDED: ReadonlySet<string> = new Set(['url']);

function overlayTree(base: Tree, changes: unknown, place: string): Tree {
  if (!isTree(changes)) throw new StartupError(place, 'has to be an object, as in the product');
  const changed = Object.entries(changes).map(([name, change]): [string, unknown] => {
    const at = `${place}${pointer(name)}`;
    if (Object.hasOwn(base, name)) return [name, overlay(base[name], change, at)];
    if (MAY_BE_ADDED.has(name)) return [name, change];
    throw new StartupError(at, 'is not known there');
  });
  return { ...base, ...Object.fromEntries(changed) };
}

function overlayList(base: readonly unknown[], changes: unknown, place: string): readonly unknown[] {
  if (!isTree(changes)) throw new StartupError(place, 'has to be an object, by the names of its items');
  const names = base.map(nameOf);
  const unknown = Object.keys(changes).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new StartupError(`${place}${pointer(unknown)}`, 'is not known there');
  return base.map((item, index) => {
    const name = names[index];
    return name !== undefined && Object.hasOwn(changes, name)
      ? overlay(item, changes[name], `${place}${pointer(name)}`)
      : item;
  });
}

function nameOf(item: unknown): string | undefined {
  if (!isTree(item)) return undefined;
  const name = item['id'] ?? item['decision'] ?? item['generator'];
  return typeof name === 'string' ? name : undefined;
}

function pointer(name: string): string {
  return `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The places that a site has set, and to what: `criteria/diagnostic-blocks/params/minimumRelief/value`, 80. */
export function placesIn(changes: unknown, place = ''): readonly (readonly [string, string | number])[] {
  if (isTree(changes))
    return Object.entries(changes).flatMap(([name, change]) => placesIn(change, `${place}${pointer(name)}`));
  return typeof changes === 'number' || typeof changes === 'string' ? [[place.slice(1), changes]] : [];
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
