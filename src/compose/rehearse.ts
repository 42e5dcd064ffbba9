import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { readJson } from '../artifacts/read-checked.js';
import { createService, type ServiceParts } from '../call-service.js';
import { checkHookRequest } from '../cds-hooks/hook-request.js';
import { finishResponse } from '../cds-hooks/response.js';

/** Calls after which a call costs what it will cost from then on: the engine compiles what runs often. */
const CALLS = 2;
/** Milliseconds for one of them, on a machine however slow. */
const PATIENCE_MS = 10_000;

/** Milliseconds in which a call may come, before each rehearsed one. */
const PAUSE_MS = 30;
/** Pauses in a row: where calls come without end, they do what the rehearsal is for. */
const PAUSES = 50;

/** What a rehearsal waits for before each of its calls, so that those of others go first. */
export type Pause = () => Promise<unknown>;

/** @param callsUnderWay calls of others that are not answered yet */
export function untilQuiet(callsUnderWay: () => number): Pause {
  return async () => {
    for (let pause = 0; pause < PAUSES; pause++) {
      await sleep(PAUSE_MS);
      if (callsUnderWay() === 0) return;
    }
  };
}

/** Others have a turn of the event loop, no more. */
export const BRIEFLY: Pause = () => setImmediate();

/** A service without anybody to tell of its reviews. */
type Rehearsed = Omit<ServiceParts, 'onReviewed' | 'recorder' | 'clientOf'>;

/**
 * Runs a service on a made-up patient, hooks/<service>/rehearsal.json, everything prefetched: the first call of a
 * process costs five times as much processor time as later ones, and would be late behind a slow FHIR server.
 * Nothing is recorded or counted, and nobody is asked. A service without the file is not rehearsed.
 */
export async function rehearse(
  parts: Rehearsed,
  hooksFolder: string,
  { newUuid, pause }: { readonly newUuid: () => string; readonly pause: Pause },
): Promise<void> {
  const path = join(hooksFolder, parts.definition.id, 'rehearsal.json');
  if (!existsSync(path)) return;
  const { request } = checkHookRequest(readJson(path), parts.definition.hooks);
  for (let call = 0; call < CALLS; call++) {
    await pause();
    // Another one each time: a service remembers what it has read.
    const response = await createService(parts).call(request, { deadlineAt: parts.now() + PATIENCE_MS });
    JSON.stringify(finishResponse(response, newUuid));
  }
}
