import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ServiceDefinition } from '../cds-hooks/service.types.js';
import { DATA_KINDS } from '../evaluation/records.js';
import { StartupError } from '../errors.js';
import { readChecked } from './read-checked.js';

/**
 * Names of the folders in hooks/, in order: each is one CDS service.
 *
 * @throws StartupError when hooks/ cannot be read
 */
export function serviceIdsIn(hooksFolder: string): readonly string[] {
  try {
    return readdirSync(hooksFolder)
      .filter((name) => statSync(join(hooksFolder, name)).isDirectory())
      .sort();
  } catch {
    throw new StartupError(hooksFolder, 'is not a folder that can be read');
  }
}

/**
 * Loads hooks/<service>/service.json: the discovery entries of one service and its prefetch (DISC-4 to DISC-7).
 *
 * @throws StartupError with path and JSON Pointer when it is missing or not as hooks/service.schema.json asks
 */
export function loadService(hooksFolder: string, id: string): ServiceDefinition {
  const path = join(hooksFolder, id, 'service.json');
  const service = readChecked<ServiceDefinition>(path, join(hooksFolder, 'service.schema.json'));
  if (service.id !== id) throw new StartupError(`${path}#/id`, 'has to be the name of its folder');
  const kinds: readonly string[] = DATA_KINDS;
  for (const [key, { kind }] of Object.entries(service.prefetch)) {
    if (!kinds.includes(kind))
      throw new StartupError(`${path}#/prefetch/${key}/kind`, `has to be one of ${DATA_KINDS.join(', ')}`);
  }
  return service;
}
