import path from 'node:path';
import { compileTerminology } from '../artifacts/terminology.js';
import { composeServices, type Ambient } from './services.js';
import type { Config } from '../config/config.types.js';
import type { PolicyConfig } from '../config/config.js';
import { StartupError } from '../errors.js';
import { silentLog } from '../log.js';
import { reviewedOrders } from '../mapping/order.js';
import { createMetrics } from '../metrics.js';
import type { ReplayPlan } from '../replay/plan.js';
import { replayBucket } from '../replay/replay-bucket.js';
import type { ReplayedService } from '../replay/replay-patient.js';
import type { Task } from '../replay/replay.js';
import { openFolderStore } from '../replay/spill/folder-store.js';
import { spillSource } from '../replay/spill/spill-source.js';
import type { ReplayStore } from '../replay/spill/store.types.js';
import { typeOf } from '../replay/to-request.js';

/** Where a replay's work is kept. */
export type StorePlace =
  | { readonly kind: 'folder'; readonly folder: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly run: string };

/** What a thread or another process needs to take part in a replay. */
export interface ReplaySetup {
  readonly plan: ReplayPlan;
  readonly store: StorePlace;
  /** Of the export; only who sorts its files needs it. */
  readonly folder: string;
  /** The site's key. */
  readonly key: string;
  readonly config: PolicyConfig;
}

export interface ReplayServices {
  readonly services: readonly ReplayedService[];
  /** Resource types that one of them reads. */
  readonly types: ReadonlySet<string>;
  readonly digests: ReplayPlan['services'];
  close(): Promise<void>;
}

/** Bytes. A line longer than this is no record that a chart needs; a segment is what one thread holds while it sorts. */
const LIMITS = {
  longestLine: 16 * 1024 * 1024,
  segmentBytes: 32 * 1024 * 1024,
  patientBytes: 64 * 1024 * 1024,
  heldBytes: 64 * 1024 * 1024,
};

/** The very services that are served, without anybody to record for and without a FHIR server. @throws StartupError */
export function composeReplayServices(config: PolicyConfig, ambient: Ambient): ReplayServices {
  const { services, loaded, mappings, close } = composeServices({
    config: { ...NOWHERE, ...config },
    log: silentLog(),
    metrics: createMetrics({ processMetrics: false }),
    ambient,
  });
  const terminology = compileTerminology(mappings);
  return {
    services: loaded.flatMap(({ policy }, index) => {
      const service = services[index];
      const isReviewed: ReplayedService['isReviewed'] = (drafts, patientId) => {
        const entries = drafts.map((resource) => ({ resource }));
        return reviewedOrders(entries, { patientId }, policy.policy.order, terminology) !== undefined;
      };
      return service ? [{ service, isReviewed }] : [];
    }),
    types: new Set(
      loaded.flatMap(({ definition }) =>
        Object.values(definition.prefetch).map(({ template }) => typeOf(template)),
      ),
    ),
    digests: loaded.map(({ definition, policy }) => ({ id: definition.id, sha256: policy.sha256 })),
    close,
  };
}

/** Nothing is served: no address of these is ever used. */
const NOWHERE: Config = {
  ...{ production: false, host: '127.0.0.1', port: 0, publicUrl: 'http://127.0.0.1' },
  ...{ fhirServers: [], corsOrigins: [], deadlineMs: 600_000, bodyLimit: 1024 },
  ...{ logLevel: 'error', sandbox: false },
};

/** @throws DatabaseError when Postgres cannot be reached */
export async function openStore(place: StorePlace): Promise<ReplayStore> {
  if (place.kind === 'folder') return openFolderStore(place.folder);
  const { openPostgresStore } = await import('../replay/queue/postgres-store.js');
  return openPostgresStore(place.url, place.run);
}

/** Does tasks of one replay. */
export interface TaskWorker {
  work(task: Task): Promise<void>;
  close(): Promise<void>;
}

/** @throws StartupError when the services of this process are not those of the plan */
export async function composeTaskWorker(setup: ReplaySetup, ambient: Ambient): Promise<TaskWorker> {
  const { plan, key, folder } = setup;
  const composed = composeReplayServices(setup.config, ambient);
  if (JSON.stringify(composed.digests) !== JSON.stringify(plan.services))
    throw new StartupError('replay', 'the policies of this process are not those the replay was begun with');
  const store = await openStore(setup.store);
  const tools = {
    ...{ services: composed.services, lastUpdated: plan.lastUpdated, now: ambient.now },
    ...(plan.until !== undefined && { until: plan.until }),
  };
  return {
    work: async (task) => {
      if (task.kind === 'spill') {
        const file = path.join(folder, plan.sources[task.source]?.name ?? '');
        const options = { ...LIMITS, buckets: plan.buckets, key, types: composed.types };
        await spillSource({ index: task.source, path: file }, store, options);
        return;
      }
      const { types, brokenTypes } = task.types;
      const options = { ...LIMITS, key, types: new Set(types), brokenTypes: new Set(brokenTypes) };
      await store.putResult(task.bucket, await replayBucket(task.bucket, store, tools, options));
    },
    close: async () => {
      await store.close();
      await composed.close();
    },
  };
}
