import { fileURLToPath } from 'node:url';
import { loadFhirMappings, type FhirMappings } from '../artifacts/fhir-mappings.js';
import { loadCoverage } from '../artifacts/coverage.js';
import { loadServices, type LoadedService } from '../artifacts/services.js';
import { compileTerminology, idsOf } from '../artifacts/terminology.js';
import { createService, type ClientAgreement, type Recorder, type ServiceParts } from '../call-service.js';
import { lintTemplates } from '../cds-hooks/prefetch-template.js';
import type { Caller, ServedService } from '../cds-hooks/service.types.js';
import type { Config } from '../config/config.types.js';
import { CRD_PROFILES } from '../crd/profile.js';
import { createCrdService, type CrdParts } from '../crd-service.js';
import { composeWeb } from './web.js';
import { allowList } from '../fhir/fhir-base.js';
import { serverNames } from '../fhir/server-name.js';
import { createRetriever } from '../fhir/retrieve.js';
import type { RetrieverOptions } from '../fhir/retriever.types.js';
import type { Retriever } from '../fhir/retriever.types.js';
import type { Mount } from '../http/mounts.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';
import { compilePhraseBook } from '../report-text/index.js';
import { BRIEFLY, rehearse, type Pause } from './rehearse.js';
import type { SandboxMounts } from '../sandbox/mounts.js';
import type { Tracing } from '../tracing.js';

/** What is served, put together from artifacts and settings. */
export interface Composed {
  readonly services: readonly ServedService[];
  readonly mounts: readonly Mount[];
  /** Path on this server of a request to try the first service with, where there is one. */
  readonly exampleRequest?: string;
  /**
   * Makes the first call as fast as those after it; to be run once, as soon as calls are taken.
   *
   * @param pause before each rehearsed call; brief where nobody else calls
   */
  rehearse(pause?: Pause): Promise<void>;
  close(): Promise<void>;
}

/** The clock and chance of the process, read only by those that start it. */
export interface Ambient {
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly date: () => Date;
  readonly random: () => number;
  readonly newUuid: () => string;
}

/** What everything that is composed is handed. */
export interface Surroundings {
  readonly config: Config;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ambient: Ambient;
  readonly recorder?: Recorder;
  /** Only where trusted clients are set. */
  readonly clientOf?: (caller: Caller) => ClientAgreement | undefined;
  /** FHIR servers agreed with trusted clients, which the evidence page may read with the user's own token. */
  readonly agreedFhirServers?: readonly string[];
  /** Where the cards' link to the evidence page leads; without it they have none. */
  readonly evidenceUrl?: string;
  /** Only where the site has its calls traced. */
  readonly tracing?: Tracing;
}

/** The services, and what they were made from. */
export interface ComposedServices extends Pick<Composed, 'services' | 'rehearse' | 'close'> {
  readonly loaded: readonly LoadedService[];
  readonly mappings: FhirMappings;
  readonly retriever: Retriever;
}

export type Compose = (surroundings: Surroundings) => Promise<Composed>;

const ROOT = new URL('../../', import.meta.url);
export const HOOKS = fileURLToPath(new URL('hooks', ROOT));
export const FHIR_MAPPINGS = fileURLToPath(new URL('fhir-mappings', ROOT));

/** The services, and in development the sandbox beside them. @throws StartupError naming the file that is wrong */
export const compose: Compose = async (surroundings) => {
  const { config, ambient, agreedFhirServers = [] } = surroundings;
  const evidenceUrl = `${config.publicUrl}/evidence`;
  const { loaded, mappings, services, rehearse, close } = composeServices({ ...surroundings, evidenceUrl });
  const composed = { services, rehearse, close };
  const fhirServers = [...config.fhirServers, ...agreedFhirServers];
  const web = { config: { ...config, fhirServers }, loaded, mappings, services, now: ambient.now };
  if (!config.sandbox) return { ...composed, mounts: composeWeb(web) };
  const { mounts, exampleRequest, sandbox } = await composeSandbox(surroundings, services);
  return { ...composed, exampleRequest, mounts: [...mounts, ...composeWeb({ ...web, sandbox })] };
};

/** Loads what the services need and makes them. @throws StartupError naming the file that is wrong */
export function composeServices({
  config,
  log,
  metrics,
  ambient,
  tracing,
  ...operation
}: Surroundings): ComposedServices {
  const mappings = loadFhirMappings(FHIR_MAPPINGS);
  const loaded = loadServices(HOOKS, mappings, config);
  for (const { definition } of loaded) lintTemplates(definition.id, definition.prefetch);
  const retriever = createRetriever({
    allowed: allowList(config.fhirServers, config.production ? 'never' : 'listed'),
    now: ambient.now,
    random: ambient.random,
    publicAddressesOnly: config.production,
    ...readsTold(metrics, [...config.fhirServers, ...(operation.agreedFhirServers ?? [])], tracing),
    ...(log.debugs && {
      log: ({ event, ...fields }) => {
        log.debug('fhir read', { event, ...fields });
      },
    }),
  });
  const shared = {
    terminology: compileTerminology(mappings),
    phraseBook: compilePhraseBook(mappings.codeSystems),
    retriever,
    today: () => ambient.date().toISOString().slice(0, 10),
    instant: () => ambient.date().getTime(),
    now: ambient.now,
  };
  const step = tracing && { step: tracing.step };
  const crdOf = crdParts(config, mappings, loaded);
  return {
    services: loaded.map((own) => {
      const parts = { ...shared, ...operation, ...own, ...observed(metrics), ...step };
      const crd = crdOf(parts.definition.id);
      return crd ? createCrdService(parts, crd) : createService(parts);
    }),
    rehearse: async (pause = BRIEFLY) => {
      await pause();
      await retriever.prepare?.();
      const stage = { newUuid: ambient.newUuid, pause };
      for (const parts of loaded) await rehearse({ ...shared, ...parts }, HOOKS, stage);
    },
    ...{ loaded, mappings, retriever },
    close: () => retriever.close(),
  };
}

/** What each service says of coverage, where CRD is spoken and it has rules. */
function crdParts(
  { crd, crdCoverage, recordsKey = '' }: Config & { readonly recordsKey?: string },
  { valueSets }: FhirMappings,
  loaded: readonly LoadedService[],
): (service: string) => CrdParts | undefined {
  if (!crd) return () => undefined;
  const rules = loadCoverage(HOOKS, {
    served: loaded.map(({ definition }) => definition.id),
    concepts: idsOf(valueSets),
    decisions: new Set(
      loaded.flatMap(({ policy }) => policy.policy.decisions.map(({ decision }) => decision)),
    ),
    ...(crdCoverage !== undefined && { siteFile: crdCoverage }),
  });
  return (service) => {
    const own = rules[service];
    return own && { profile: CRD_PROFILES[crd], rules: own, assertionKey: recordsKey };
  };
}

function readsTold(
  metrics: Metrics,
  agreed: readonly string[],
  tracing: Tracing | undefined,
): Pick<RetrieverOptions, 'onRead' | 'onDeadline' | 'traceHeaders'> {
  const nameOf = serverNames(agreed);
  return {
    ...(tracing && { traceHeaders: () => tracing.headers() }),
    onRead: ({ base, ...read }) => {
      const server = nameOf(base);
      metrics.fhirRequest(server, read.outcome, read.durationMs / 1000);
      tracing?.fhirRead({ server, ...read });
    },
    onDeadline: () => {
      metrics.deadlineHit();
    },
  };
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
  { config, ambient }: Surroundings,
  services: readonly ServedService[],
): Promise<SandboxMounts> {
  const { sandboxMounts } = await import('../sandbox/mounts.js');
  return sandboxMounts({
    publicUrl: config.publicUrl,
    prefetch: Object.fromEntries(services.flatMap(({ definition }) => Object.entries(definition.prefetch))),
    now: () => ambient.date().getTime(),
    randomId: ambient.newUuid,
  });
}
