import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import express from 'express';
import { createSandbox } from '../../src/sandbox/sandbox.js';
import { freePort } from '../free-port.mjs';

const CALENDAR = Date.UTC(2026, 2, 20);

export interface BenchFhirServer {
  /** Base URL. */
  readonly base: string;
  readonly stop: () => void;
}

/** The sandbox's FHIR server in this process, with a latency that is set from outside. */
export async function startFhirServer(latency: { ms: number }): Promise<BenchFhirServer> {
  const { router } = createSandbox({ now: () => CALENDAR, randomId: () => crypto.randomUUID(), wait });
  const app = express();
  app.use('/fhir', async (_request, _response, next) => {
    if (latency.ms > 0) await wait(latency.ms);
    next();
  });
  app.use('/fhir', router);
  const port = await freePort();
  const server = app.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const stop = (): void => {
    server.closeAllConnections();
    server.close();
  };
  return { base: `http://127.0.0.1:${port}/fhir`, stop };
}
