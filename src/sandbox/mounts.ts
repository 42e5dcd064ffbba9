import { setTimeout as wait } from 'node:timers/promises';
import express, { type Request } from 'express';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import { createSandbox, type Sandbox } from './sandbox.js';
import { smartLauncher } from './smart-launcher.js';

export interface SandboxMountOptions {
  readonly publicUrl: string;
  readonly prefetch: Readonly<Record<string, PrefetchKey>>;
  readonly now: () => number;
  readonly randomId: () => string;
}

export interface SandboxMounts {
  readonly sandbox: Sandbox;
  readonly mounts: readonly { readonly path: string; readonly router: express.Router }[];
  /** GET gives the order-sign request of the article's patient. */
  readonly exampleRequest: string;
}

const FHIR_PATH = '/sandbox/fhir';
const REQUEST_PATH = '/sandbox/order-sign';
const SMART_PATH = '/sandbox/smart';

/** The sandbox's FHIR server, and beside it the order-sign request of each synthetic patient, to try the service with. */
export function sandboxMounts({ publicUrl, prefetch, now, randomId }: SandboxMountOptions): SandboxMounts {
  const sandbox = createSandbox({ now, randomId, wait });
  const requests = express.Router();
  requests.get('/:patient', (request: Request<{ patient: string }>, response, next) => {
    const { patient } = request.params;
    if (!sandbox.charts.some(({ patientId }) => patientId === patient)) {
      next();
      return;
    }
    const sandboxUrl = `${request.protocol}://${request.get('host') ?? new URL(publicUrl).host}${FHIR_PATH}`;
    const withPrefetch = request.query['prefetch'] === 'all';
    response.json(
      sandbox.orderSign(patient, { sandboxUrl, hookInstance: randomId(), ...(withPrefetch && { prefetch }) }),
    );
  });
  const { launcher, configuration } = smartLauncher({
    patientIds: sandbox.charts.map(({ patientId }) => patientId),
    fhirPath: FHIR_PATH,
    smartPath: SMART_PATH,
    randomId,
  });
  return {
    sandbox,
    mounts: [
      { path: `${FHIR_PATH}/.well-known/smart-configuration`, router: configuration },
      { path: `${FHIR_PATH}/s/:session/.well-known/smart-configuration`, router: configuration },
      { path: `${FHIR_PATH}/faults/:fault/.well-known/smart-configuration`, router: configuration },
      { path: SMART_PATH, router: launcher },
      { path: FHIR_PATH, router: sandbox.router },
      { path: REQUEST_PATH, router: requests },
    ],
    exampleRequest: `${REQUEST_PATH}/article`,
  };
}
