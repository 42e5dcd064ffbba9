import { loadFhirMappings } from '../artifacts/fhir-mappings.js';
import { toOrderCodes } from '../artifacts/order-codes.js';
import { loadPolicy } from '../artifacts/policy.js';
import { serviceIdsIn } from '../artifacts/service.js';
import { compileTerminology } from '../artifacts/terminology.js';
import { loadWords } from '../artifacts/words.js';
import type { ClientAgreement } from '../call-service.js';
import { FHIR_MAPPINGS, HOOKS } from './services.js';
import { DIALECT_PROFILES } from './dialects.js';
import { StartupError } from '../errors.js';
import type { TrustedClient } from '../http/trust/trusted-client.types.js';

/** What a site means by its own codes and words, and by which codes its EHR finds an order. */
export type Site = Required<Pick<ClientAgreement, 'terminology' | 'orderCodes'>>;

export interface Sites {
  /**
   * What the client's folder adds to the product's own mappings; undefined where it has none.
   *
   * @param place the setting that names the folder, for the message
   * @throws StartupError naming setting, file and place in it
   */
  of(client: Pick<TrustedClient, 'mappings' | 'dialect'>, place: string): Site | undefined;
  /** Keys of the suggestions, of all services, that propose an order. */
  proposed(): ReadonlySet<string>;
}

/** Loads the folders of clients, each once: clients of one site share it. */
export function createSites(): Sites {
  const sites = new Map<string, Site>();
  let known: ReadonlySet<string> | undefined;
  const proposed = (): ReadonlySet<string> => (known ??= proposedOrders());
  return {
    proposed,
    of: ({ mappings, dialect }, place) => {
      if (mappings === undefined) return undefined;
      const key = `${dialect} ${mappings}`;
      const site = sites.get(key) ?? atPlace(place, () => loadSite(mappings, dialect, proposed()));
      sites.set(key, site);
      return site;
    },
  };
}

function loadSite(folder: string, dialect: TrustedClient['dialect'], proposed: ReadonlySet<string>): Site {
  const mappings = loadFhirMappings(FHIR_MAPPINGS, folder);
  const { orderSystems } = DIALECT_PROFILES[dialect].cards;
  return {
    terminology: compileTerminology(mappings),
    orderCodes: toOrderCodes(mappings.conceptMaps, {
      proposed,
      ...(orderSystems && { systems: orderSystems }),
    }),
  };
}

function proposedOrders(): ReadonlySet<string> {
  const suggestions = serviceIdsIn(HOOKS).flatMap((id) =>
    Object.entries(loadWords(HOOKS, loadPolicy(HOOKS, id).policy).suggestions),
  );
  return new Set(suggestions.filter(([, { order }]) => order).map(([key]) => key));
}

function atPlace<T>(place: string, load: () => T): T {
  try {
    return load();
  } catch (error) {
    throw error instanceof StartupError ? new StartupError(place, error.message) : error;
  }
}
