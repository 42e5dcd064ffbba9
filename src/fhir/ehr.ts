import { createEhrClient, type EhrClient } from './ehr-client.js';
import type { RetrievalLimits } from './limits.js';
import type { RetrieverOptions } from './retriever.types.js';
import { Servers } from './servers.js';
import { createTransport } from './transport.js';

/** What it takes to ask FHIR servers: sockets, breakers, and what is known of each server. One for the process. */
export interface Ehr {
  readonly client: EhrClient;
  readonly servers: Servers;
  close(): Promise<void>;
}

export function createEhr(options: RetrieverOptions, limits: RetrievalLimits): Ehr {
  const { publicAddressesOnly = false, lookup, log, traceHeaders } = options;
  const transport = createTransport({
    ...{ limits, publicAddressesOnly },
    ...(lookup && { lookup }),
    ...(traceHeaders && { traceHeaders }),
  });
  return {
    client: createEhrClient(transport),
    servers: new Servers(limits, (base, event) => log?.({ event, server: base.href })),
    close: () => transport.close(),
  };
}
