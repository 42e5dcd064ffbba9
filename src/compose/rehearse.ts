import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { readJson } from '../artifacts/read-checked.js';
import { createService, type ServiceParts } from '../call-service.js';
import { checkHookRequest } from '../cds-hooks/hook-request.js';
import { finishResponse } from '../cds-hooks/response.js';

/** Calls after which a call costs what it will cost from then on: the engine compiles what runs often. */
const CALLS = 2;
/** Milliseconds for one of them, on a machine however slow. */
const PATIENCE_MS = 10_000;

/** A service without anybody to tell of its reviews. */
type Rehearsed = Omit<ServiceParts, 'onReviewed' | 'recorder' | 'clientOf'>;

/**
 * Runs a service on a made-up patient, hooks/<service>/rehearsal.json, everything prefetched: the first call of a
 * process costs five times as much processor time as later ones, and would be late behind a slow FHIR server.
 * Nothing is recorded or counted, and nobody is asked. A service without the file is not rehearsed.
 */
export async function rehearse(parts: Rehearsed, hooksFolder: string, newUuid: () => string): Promise<void> {
  const path = join(hooksFolder, parts.definition.id, 'rehearsal.json');
  if (!existsSync(path)) return;
  const { request } = checkHookRequest(readJson(path), parts.definition.hooks);
  for (let call = 0; call < CALLS; call++) {
    // Another one each time: a service remembers what it has read.
    const response = await createService(parts).call(request, { deadlineAt: parts.now() + PATIENCE_MS });
    JSON.stringify(finishResponse(response, newUuid));
    // Calls that have come meanwhile go first.
    await setImmediate();
  }
}
