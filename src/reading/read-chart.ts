import type { ServiceDefinition } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import type { DataKind } from '../evaluation/facts.js';
import type { Retrievals } from '../fhir/retrieval.js';
import type { ReadCall, Retriever } from '../fhir/retriever.types.js';
import { readablePart, type Chart } from '../mapping/chart.js';

interface ReadFor {
  readonly retriever: Retriever;
  readonly definition: ServiceDefinition;
}

/**
 * Reads the chart of a call, by the keys of a service.
 *
 * @throws CdsError ERR_FHIR_DATA_UNAVAILABLE when nothing could be read without which nothing can be said
 */
export async function readChart({ retriever, definition }: ReadFor, call: ReadCall): Promise<Chart> {
  const { request } = call;
  const { prefetch } = definition;
  const retrievals = await retriever.retrieve({ ...call, prefetch });
  refuseIfNothingWasRead(retrievals, definition);
  const ids = request.context.draftOrders.flatMap(({ resource: { id } }) =>
    typeof id === 'string' ? [`ServiceRequest/${id}`] : [],
  );
  return {
    patientId: request.context.patientId,
    fhirServer: request.fhirServer,
    draftOrderIds: new Set(ids),
    parts: Object.entries(prefetch).flatMap(([key, { kind }]) => {
      const part = retrievals[key];
      return part && isDataKind(kind) ? [{ key, kind, part: readablePart(part) }] : [];
    }),
  };
}

/** Without any of these nothing can be said of the patient (PF-1). */
const NEEDED: readonly string[] = ['conditions', 'procedures', 'diagnosticReports'] satisfies DataKind[];

function refuseIfNothingWasRead(retrievals: Retrievals, { prefetch }: ServiceDefinition): void {
  const needed = Object.keys(prefetch).filter((key) => NEEDED.includes(prefetch[key]?.kind ?? ''));
  if (needed.some((key) => retrievals[key]?.status !== 'unavailable')) return;
  throw new CdsError(
    'ERR_FHIR_DATA_UNAVAILABLE',
    `none of the prefetch keys ${needed.join(', ')} was sent, and none could be read from the FHIR server`,
    { expression: `prefetch.${needed[0] ?? ''}` },
  );
}

function isDataKind(kind: string): kind is DataKind {
  return kind.length > 0;
}
