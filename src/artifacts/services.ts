import { join } from 'node:path';
import type { Words } from '../cards/words.js';
import type { ServiceDefinition } from '../cds-hooks/service.types.js';
import { StartupError } from '../errors.js';
import type { FhirMappings } from './fhir-mappings.js';
import { loadOverrides } from './overrides.js';
import { loadPolicy, valueSetsOf, type LoadedPolicy } from './policy.js';
import { loadService, serviceIdsIn } from './service.js';
import { idsOf } from './terminology.js';
import { loadWords } from './words.js';

/** One folder of hooks/, checked against itself and the value sets. */
export interface LoadedService {
  readonly definition: ServiceDefinition;
  readonly policy: LoadedPolicy;
  readonly words: Words;
}

/** What a site chooses: which services, and its own numbers and words. */
export interface SiteChoice {
  /** Ids; absent, all but those that are off by default. */
  readonly services?: readonly string[];
  /** Path of the site's file. */
  readonly policyOverrides?: string;
}

/**
 * Loads the services to serve, in the order of their ids. All of hooks/ is checked, also what is not served.
 *
 * @throws StartupError naming the file and the place that is wrong, or the service that does not exist
 */
export function loadServices(
  hooksFolder: string,
  { valueSets }: Pick<FhirMappings, 'valueSets'>,
  { services, policyOverrides }: SiteChoice,
): readonly LoadedService[] {
  const ids = serviceIdsIn(hooksFolder);
  const unknown = services?.find((id) => !ids.includes(id));
  if (unknown !== undefined) throw new StartupError('SERVICES', `there is no service ${unknown}`);
  const overrides = loadOverrides(policyOverrides, hooksFolder);
  const known = idsOf(valueSets);
  const loaded = ids.map((id) => {
    const definition = loadService(hooksFolder, id);
    const policy = loadPolicy(hooksFolder, id, overrides[id]);
    const missing = [...valueSetsOf(policy.policy)].find((valueSet) => !known.has(valueSet));
    if (missing !== undefined)
      throw new StartupError(join(hooksFolder, id, 'policy.json'), `there is no value set ${missing}`);
    return { definition, policy, words: loadWords(hooksFolder, policy.policy, overrides[id]) };
  });
  return loaded.filter(({ definition }) =>
    services === undefined ? definition.offByDefault !== true : services.includes(definition.id),
  );
}
