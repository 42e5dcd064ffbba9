import { getHeapStatistics } from 'node:v8';
import type { AppParts } from '../app.js';
import type { Surroundings } from './services.js';
import { composeRecords, recorderOf } from './records.js';
import type { CheckedConfig } from '../config/config.js';
import { createAdmission } from '../http/load/admission.js';
import { createBodyRoom } from '../http/load/body-room.js';
import { createRateLimit } from '../http/load/rate-limit.js';
import type { Mount } from '../http/mounts.js';
import { ownTokenUses } from '../http/trust/replay.js';
import type { Records } from '../records/records.js';

export interface OperationSurroundings extends Surroundings {
  readonly config: CheckedConfig;
  readonly platform: NodeJS.Platform;
}

/**
 * Of the heap's limit one part in so many is the room for bodies: one of nothing but empty objects becomes 24 times its
 * size, and what the service itself needs has to fit beside them.
 */
const HEAP_PER_BODY = 40;

/** What stands round the services: who is let in, and what is kept. */
export interface Operation {
  /** For the services. */
  readonly review: Pick<Surroundings, 'recorder' | 'clientOf' | 'agreedFhirServers'>;
  /** For the app. */
  readonly app: Pick<
    AppParts,
    'admission' | 'bodyRoom' | 'gates' | 'discoveryGated' | 'storeFeedback' | 'keepCall'
  >;
  readonly mounts: readonly Mount[];
  readonly notReady: () => readonly string[];
  close(): Promise<void>;
}

/** @throws StartupError when the file of trusted clients is wrong */
export async function composeOperation(surroundings: OperationSurroundings): Promise<Operation> {
  const { config, ambient } = surroundings;
  const { heap_size_limit: heapBytes } = getHeapStatistics();
  // Loaded where there are trusted clients: a start without them is faster.
  const trusting = config.clientsFile === undefined ? undefined : await import('./trust.js');
  const clients = trusting?.loadClients(config.clientsFile ?? '', config.production) ?? [];
  // Tokens have to be remembered from the first call on; other records can wait for the first of them.
  const records = composeRecords({ ...surroundings, openNow: clients.length > 0, clients });
  const tokenUses = records.tokenUses(ownTokenUses(() => ambient.date().getTime()));
  const trust = trusting?.composeTrust(clients, { ...surroundings, tokenUses });
  const admission = createAdmission({
    callsInFlight: config.callsInFlight,
    lagMs: config.deadlineMs / 2,
    now: ambient.now,
  });
  return {
    review: {
      recorder: recorderOf(records, ambient.newUuid),
      ...(trust && { clientOf: trust.clientOf }),
      agreedFhirServers: clients.flatMap(({ fhirServers }) => fhirServers),
    },
    app: {
      admission,
      bodyRoom: createBodyRoom(Math.max(config.bodyLimit, heapBytes / HEAP_PER_BODY)),
      gates: trust ? [trust.gate, createRateLimit({ perSecond: config.rateLimit, now: ambient.now })] : [],
      discoveryGated: config.discoveryToken,
      storeFeedback: records.feedback,
      ...(config.crdCalls === 'store' && {
        keepCall: (call) => {
          records.called(call);
        },
      }),
    },
    mounts: await operatorMounts(records, surroundings),
    notReady: records.notReady,
    close: () => {
      admission.close();
      return records.close();
    },
  };
}

/** The operators' page, loaded only where the site has set a token for it. */
async function operatorMounts(
  { report }: Pick<Records, 'report'>,
  { config, log, metrics, ambient }: OperationSurroundings,
): Promise<readonly Mount[]> {
  if (config.operatorToken === undefined) return [];
  const { operatorMount } = await import('../web/operator.js');
  const onRefused = (): void => {
    metrics.refused('operator-token');
    log.warn('an operator was not let in', { event: 'operator.refused' });
  };
  return [operatorMount({ token: config.operatorToken, readReport: report, date: ambient.date, onRefused })];
}
