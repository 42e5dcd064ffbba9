import { StartupError } from '../errors.js';
import type { JsonObject, ServedHook } from './hook-request.types.js';
import type { ServiceDefinition } from './service.types.js';

/** One entry of the discovery document: a hook of a service (DISC-4 to DISC-7). */
export interface DiscoveryEntry {
  readonly hook: ServedHook;
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly usageRequirements?: string;
  readonly prefetch?: Readonly<Record<string, string>>;
  readonly extension?: JsonObject;
}

export interface Discovery {
  readonly services: readonly DiscoveryEntry[];
}

/**
 * The discovery document: an entry for each hook of each service; several may share one id (DISC-10). Without
 * services it is `{"services":[]}` (DISC-3).
 *
 * @throws StartupError when an id cannot stand in a URL path, a text is empty, or an (id, hook) comes twice
 */
export function toDiscovery(definitions: readonly ServiceDefinition[]): Discovery {
  const services = definitions.flatMap(toEntries);
  const seen = new Set<string>();
  for (const { id, hook } of services) {
    if (seen.has(`${id} ${hook}`)) throw new StartupError(`service ${id}`, `hook ${hook} is served twice`);
    seen.add(`${id} ${hook}`);
  }
  return { services };
}

// Unreserved characters alone, so that the path of a service is its id, character for character (DISC-4).
const URL_SAFE_ID = /^(?!\.{1,2}$)[\w.~-]+$/;

function toEntries(definition: ServiceDefinition): readonly DiscoveryEntry[] {
  checkDefinition(definition);
  const { id, title, description, usageRequirements, extension } = definition;
  const templates = Object.entries(definition.prefetch).map(
    ([key, { template }]) => [key, template] as const,
  );
  return definition.hooks.map((hook) => ({
    hook,
    id,
    title,
    description,
    ...(usageRequirements !== undefined && { usageRequirements }),
    ...(templates.length > 0 && { prefetch: Object.fromEntries(templates) }),
    ...(extension && { extension }),
  }));
}

function checkDefinition({
  id,
  title,
  description,
  usageRequirements,
  hooks,
  prefetch,
}: ServiceDefinition): void {
  const where = `service ${id}`;
  if (!URL_SAFE_ID.test(id)) throw new StartupError(where, 'the id has to stand in a URL path as it is');
  if (hooks.length === 0) throw new StartupError(where, 'serves no hook');
  const texts = [
    title,
    description,
    usageRequirements ?? 'none',
    ...Object.values(prefetch).map((key) => key.template),
  ];
  if (texts.includes('')) throw new StartupError(where, 'title, description and templates are not empty');
}
