import type { AppParts } from './app.js';
import type { Surroundings } from './compose.js';
import { composeRecords, recorderOf } from './compose-records.js';
import { composeTrust, loadClients } from './compose-trust.js';
import type { CheckedConfig } from './config.js';
import { ownTokenUses } from './http/trust/replay.js';

export interface OperationSurroundings extends Surroundings {
  readonly config: CheckedConfig;
  readonly platform: NodeJS.Platform;
}

/** What stands round the services: who is let in, and what is kept. */
export interface Operation {
  /** For the services. */
  readonly review: Pick<Surroundings, 'recorder' | 'clientOf'>;
  /** For the app. */
  readonly app: Pick<AppParts, 'gates' | 'discoveryGated' | 'storeFeedback'>;
  readonly notReady: () => readonly string[];
  close(): Promise<void>;
}

/** @throws StartupError when the file of trusted clients is wrong */
export function composeOperation(surroundings: OperationSurroundings): Operation {
  const { config, ambient } = surroundings;
  const clients = config.clientsFile === undefined ? [] : loadClients(config.clientsFile, config.production);
  // Tokens have to be remembered from the first call on; other records can wait for the first of them.
  const records = composeRecords({ ...surroundings, openNow: clients.length > 0 });
  const tokenUses = records.tokenUses(ownTokenUses(() => ambient.date().getTime()));
  const trust = clients.length > 0 ? composeTrust(clients, { ...surroundings, tokenUses }) : undefined;
  return {
    review: {
      recorder: recorderOf(records, ambient.newUuid),
      ...(trust && { clientOf: trust.clientOf }),
    },
    app: {
      gates: trust ? [trust.gate] : [],
      discoveryGated: config.discoveryToken,
      storeFeedback: (batch) => records.feedback(batch),
    },
    notReady: () => records.notReady(),
    close: () => records.close(),
  };
}
