import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { compileTerminology, idsOf } from './artifacts/terminology.js';
import { loadFhirMappings, type FhirMappings } from './artifacts/fhir-mappings.js';
import { loadPolicy, valueSetsOf } from './artifacts/policy.js';
import { loadService, serviceIdsIn } from './artifacts/service.js';
import { loadWords } from './artifacts/words.js';
import { createService, type ServiceParts } from './call-service.js';
import { lintTemplates } from './cds-hooks/prefetch-template.js';
import type { ServedService } from './cds-hooks/service.types.js';
import type { Config } from './config.types.js';
import { StartupError } from './errors.js';
import { allowList } from './fhir/fhir-base.js';
import { createRetriever } from './fhir/retrieve.js';
import type { Mount } from './http/mounts.js';
import type { Log } from './log.js';
import type { Metrics } from './metrics.js';
import { compilePhraseBook } from './report-text/index.js';

/** What is served, put together from artifacts and settings. */
export interface Composed {
  readonly services: readonly ServedService[];
  readonly mounts: readonly Mount[];
  /** Path on this server of a request to try the first service with, where there is one. */
  readonly exampleRequest?: string;
  close(): Promise<void>;
}

export type Compose = (config: Config, log: Log, metrics: Metrics) => Promise<Composed>;

const ROOT = new URL('../', import.meta.url);
const HOOKS = fileURLToPath(new URL('hooks', ROOT));
const FHIR_MAPPINGS = fileURLToPath(new URL('fhir-mappings', ROOT));

/** The services, and in development the sandbox beside them. @throws StartupError naming the file that is wrong */
export const compose: Compose = async (config, log, metrics) => {
  const composed = composeServices(config, log, metrics);
  if (!config.sandbox) return { ...composed, mounts: [] };
  return { ...composed, ...(await composeSandbox(config, composed.services)) };
};

/** Loads what the services need and makes them. @throws StartupError naming the file that is wrong */
export function composeServices(
  config: Config,
  log: Log,
  metrics: Metrics,
): Pick<Composed, 'services' | 'close'> {
  const mappings = loadFhirMappings(FHIR_MAPPINGS);
  const retriever = createRetriever({
    allowed: allowList(config.fhirServers, config.production ? 'never' : 'listed'),
    now: () => performance.now(),
    random: () => Math.random(),
    publicAddressesOnly: config.production,
    log: ({ event, ...fields }) => {
      log.debug('fhir read', { event, ...fields });
    },
  });
  const shared = {
    terminology: compileTerminology(mappings),
    phraseBook: compilePhraseBook(mappings.codeSystems),
    retriever,
    today: () => new Date().toISOString().slice(0, 10),
    now: () => performance.now(),
  };
  const services = serviceIdsIn(HOOKS).map((id) =>
    createService({ ...shared, ...loadParts(id, mappings), ...observed(metrics) }),
  );
  return { services, close: () => retriever.close() };
}

/** Policy, words and discovery of one service, checked against each other and the value sets. */
function loadParts(
  id: string,
  mappings: FhirMappings,
): Pick<ServiceParts, 'definition' | 'policy' | 'words'> {
  const definition = loadService(HOOKS, id);
  lintTemplates(id, definition.prefetch);
  const policy = loadPolicy(HOOKS, id);
  const known = idsOf(mappings.valueSets);
  const unknown = [...valueSetsOf(policy.policy)].find((valueSet) => !known.has(valueSet));
  if (unknown) throw new StartupError(`hooks/${id}/policy.json`, `there is no value set ${unknown}`);
  return { definition, policy, words: loadWords(HOOKS, policy.policy) };
}

function observed(metrics: Metrics): Pick<ServiceParts, 'onReviewed'> {
  return {
    onReviewed: ({ evaluation }) => {
      for (const { decision } of evaluation.orders) metrics.decided(evaluation.policy.id, decision);
      for (const { kind, state } of evaluation.data) metrics.dataRead(kind, state);
    },
  };
}

/** The embedded FHIR server and its patients; loaded only where it is served. */
async function composeSandbox(
  config: Config,
  services: readonly ServedService[],
): Promise<{ readonly mounts: readonly Mount[]; readonly exampleRequest: string }> {
  const { sandboxMounts } = await import('./sandbox/mounts.js');
  return sandboxMounts({
    publicUrl: config.publicUrl,
    prefetch: services[0]?.definition.prefetch ?? {},
    now: () => Date.now(),
    randomId: () => randomUUID(),
  });
}
