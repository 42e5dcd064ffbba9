import { checkDeployment } from '../check/deployment.js';
import { checkFhirServer } from '../check/fhir-server.js';
import { ask, outcomeOf } from '../check/probe.js';
import { remarkAsText, summaryOf, wrong, type Remark } from '../check/remark.js';
import type { TestClient } from '../check/test-client.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import type { Retriever } from '../fhir/retriever.types.js';

export interface CheckOptions {
  /** Of a deployment of this service, or of a FHIR server. */
  readonly base: string;
  readonly service: ServedService;
  readonly retriever: Retriever;
  readonly deadlineMs: number;
  readonly patientId?: string;
  /** The FHIR server that a deployment is to read the patient's chart from. */
  readonly fhirServer?: string;
  readonly client?: TestClient;
  /** Access token for the FHIR server that is checked. */
  readonly token?: string;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  /** Seconds since 1970. */
  readonly seconds: () => number;
  readonly newUuid: () => string;
  readonly print: (text: string) => void;
}

/**
 * `stepwise-cds check`: what works and what is missing at a deployment, or at an EHR's FHIR server, in plain words.
 *
 * @returns whether nothing is wrong
 */
export async function check(options: CheckOptions): Promise<boolean> {
  const remarks: Remark[] = [];
  for await (const remark of remarksOn(options)) {
    remarks.push(remark);
    options.print(remarkAsText(remark));
  }
  options.print(`\n${summaryOf(remarks)}`);
  return remarks.every(({ state }) => state !== 'wrong');
}

function isObjectWith(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && name in body;
}

/** A deployment has discovery, if only behind a token; a FHIR server answers for metadata. */
async function* remarksOn(options: CheckOptions): AsyncGenerator<Remark> {
  const { base } = options;
  const [discovery, metadata] = await Promise.all([ask(`${base}/cds-services`), ask(`${base}/metadata`)]);
  if (discovery.status === 0 && metadata.status === 0)
    yield wrong(`nothing answers at ${base} (${outcomeOf(metadata)})`);
  else if (discovery.status === 401 || isObjectWith(discovery.body, 'services')) yield* onDeployment(options);
  else if (isObjectWith(metadata.body, 'resourceType')) yield* onFhirServer(options);
  else
    yield wrong(
      `${base} is neither a CDS Hooks service (${outcomeOf(discovery)}) nor a FHIR server (${outcomeOf(metadata)})`,
    );
}

function onDeployment(options: CheckOptions): AsyncGenerator<Remark> {
  const { base, service, client, patientId, fhirServer, newUuid, seconds } = options;
  const chart = patientId !== undefined && fhirServer !== undefined ? { patientId, fhirServer } : undefined;
  return checkDeployment({
    ...{ base, serviceId: service.definition.id, now: seconds, newUuid },
    ...(client && { client }),
    ...(chart && { chart }),
  });
}

async function* onFhirServer(options: CheckOptions): AsyncGenerator<Remark> {
  const { patientId } = options;
  if (patientId !== undefined) yield* checkFhirServer({ ...options, patientId });
  else yield wrong('this is a FHIR server: name a patient that may be read (--patient=<id>)');
}
