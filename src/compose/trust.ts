import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ClientAgreement } from '../call-service.js';
import type { Caller } from '../cds-hooks/service.types.js';
import type { Ambient } from './services.js';
import type { Config } from '../config/config.types.js';
import type { TrustConfig } from '../config/config.js';
import { createSites, type Site } from './sites.js';
import { DIALECT_PROFILES } from './dialects.js';
import { StartupError } from '../errors.js';
import { FhirBase } from '../fhir/fhir-base.js';
import type { Gate } from '../http/exchange.js';
import { fetchJwks } from '../http/trust/fetch-jwks.js';
import { readClients } from '../http/trust/read-clients.js';
import type { TokenUses } from '../http/trust/replay.js';
import { createTrustGate } from '../http/trust/trust-gate.js';
import type { TrustedClient } from '../http/trust/trusted-client.types.js';
import type { Log } from '../log.js';
import type { Metrics } from '../metrics.js';

export interface TrustSurroundings {
  readonly config: Pick<Config, 'production' | 'publicUrl'> & Omit<TrustConfig, 'clientsFile'>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly ambient: Ambient;
  readonly tokenUses: TokenUses;
}

/** Who is let in, and what is agreed with each. */
export interface Trust {
  readonly gate: Gate;
  readonly clientOf: (caller: Caller) => ClientAgreement | undefined;
}

/** Reads the file of trusted clients. @throws StartupError that tells all that is wrong, and no value of it */
export function loadClients(path: string, production: boolean): readonly TrustedClient[] {
  const clients = readClients(readText(path), 'the file of STEPWISE_CLIENTS', production);
  const beside = (folder: string): string => resolve(dirname(path), folder);
  return clients.map(({ mappings, ...client }) => ({
    ...client,
    ...(mappings !== undefined && { mappings: beside(mappings) }),
  }));
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const code = typeof error === 'object' && error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartupError('STEPWISE_CLIENTS', `the file it names cannot be read (${code})`);
  }
}

/** The gate that checks tokens, and the policies of the clients it lets in. */
export function composeTrust(clients: readonly TrustedClient[], surroundings: TrustSurroundings): Trust {
  const { config, log, metrics, ambient, tokenUses } = surroundings;
  const agreements = agreementsWith(clients, log);
  const gate = createTrustGate({
    clients,
    publicUrl: config.publicUrl,
    ...(config.tokenReplay === 'refuse' && { tokenUses }),
    serviceAudienceForFeedback: config.feedbackAudience === 'service',
    fetchJwks,
    now: ambient.now,
    wallClock: () => ambient.date().getTime(),
    onRefused: ({ requestId, reason }) => {
      metrics.refused(reason);
      log.warn('caller not trusted', { event: 'trust.refused', requestId, reason });
    },
    onKeysFailed: ({ issuer }, thrown) => {
      metrics.keysFailed();
      log.error('key set not fetched', { event: 'trust.keys-failed', client: issuer, err: thrown });
    },
  });
  return { gate, clientOf: ({ client }) => agreements.get(client) };
}

function agreementsWith(clients: readonly TrustedClient[], log: Log): ReadonlyMap<string, ClientAgreement> {
  const sites = createSites();
  return new Map(
    clients.map((client, index) => {
      const { reading, cards } = DIALECT_PROFILES[client.dialect];
      const site = sites.of(client, `STEPWISE_CLIENTS [${index}].mappings`);
      if (cards.orderSystems) warnOfUnmapped(client, sites.proposed(), site, log);
      return [client.issuer, { ...reading, ...allowing(client), cards, ...site }];
    }),
  );
}

/** Its clinicians would be offered orders that their EHR does not find. */
function warnOfUnmapped(
  { issuer }: TrustedClient,
  proposed: ReadonlySet<string>,
  site: Site | undefined,
  log: Log,
): void {
  const count = [...proposed].filter((key) => !site?.orderCodes.has(key)).length;
  if (count > 0)
    log.warn(
      'the EHR of a client finds not all orders that are proposed: its mappings have no code for them',
      {
        ...{ event: 'client.orders-unmapped', client: issuer, count },
      },
    );
}

/** @param client who speaks for its own FHIR servers and for no other */
function allowing({ fhirServers }: TrustedClient): Pick<ClientAgreement, 'allowed' | 'checkAlways'> {
  const bases = fhirServers.map((server) => FhirBase.parse(server)).filter((base) => base !== undefined);
  return { allowed: (url) => bases.some((base) => base.contains(url)), checkAlways: true };
}
