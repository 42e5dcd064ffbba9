/** The service as main.ts puts it together, in this process, with its clock and its home of records given. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import type { Express } from 'express';
import { createApp } from '../../src/app.js';
import type { ServedService } from '../../src/cds-hooks/service.types.js';
import { compose } from '../../src/compose/services.js';
import { composeOperation } from '../../src/compose/operation.js';
import { readConfig } from '../../src/config/config.js';
import { createLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { until } from '../until.js';

export interface ComposedApp {
  readonly app: Express;
  /** Prometheus text. */
  readonly metrics: () => Promise<string>;
  /** Everything that was logged. */
  readonly logged: () => string;
  /** Resolves when the database is open and up to date. */
  recording(): Promise<void>;
  close(): Promise<void>;
}

export interface ComposeChanges {
  readonly settings: Readonly<Record<string, string>>;
  /** What stands in the file of trusted clients; there is none without it. */
  readonly clients?: readonly object[];
  /** In place of the real services. */
  readonly services?: readonly ServedService[];
  /** Milliseconds since 1970. */
  readonly wallClock?: () => number;
}

/** Milliseconds: an embedded database is made in four seconds of processor time, which a busy machine may not have. */
export const PATIENCE_MS = 300_000;

export async function composeApp({
  settings,
  clients,
  services,
  wallClock,
}: ComposeChanges): Promise<ComposedApp> {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-composed-'));
  const file = path.join(folder, 'clients.json');
  if (clients) writeFileSync(file, JSON.stringify(clients));
  const config = readConfig({
    ...settings,
    DEADLINE_MS: '60000',
    ...(clients && { STEPWISE_CLIENTS: file }),
  });
  const metrics = createMetrics({ processMetrics: false });
  const ambient = {
    now: () => performance.now(),
    date: () => new Date(wallClock?.() ?? Date.now()),
    random: () => 0.5,
    newUuid: () => crypto.randomUUID(),
  };
  const written: string[] = [];
  const stream = new PassThrough().on('data', (chunk: Buffer) => written.push(chunk.toString()));
  const log = createLog({ level: config.logLevel, stream, now: ambient.date });
  const surroundings = { config, metrics, ambient, log, platform: process.platform };
  const operation = await composeOperation(surroundings);
  const real = services ? undefined : await compose({ ...surroundings, ...operation.review });
  const app = createApp({
    ...{ ...operation.app, ...surroundings, services: services ?? real?.services ?? [] },
    ...{ clock: performance, newUuid: ambient.newUuid, notReady: operation.notReady },
    mounts: [...operation.mounts, ...(real?.mounts ?? [])],
  });
  return {
    app,
    metrics: () => metrics.render(),
    logged: () => written.join(''),
    recording: () => until(() => written.some((line) => line.includes('records.ready')), PATIENCE_MS),
    close: async () => {
      await operation.close();
      await real?.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
