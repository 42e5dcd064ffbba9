import { checkHookRequest } from '../cds-hooks/hook-request.js';
import type { HookRequest, Json } from '../cds-hooks/hook-request.types.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import type { MissingReason, Retrieval } from '../fhir/retrieval.js';
import type { Retriever } from '../fhir/retriever.types.js';
import { listOf, memberOf } from '../cds-hooks/members.js';
import { missingKinds } from './missing-kinds.js';
import { reviewedCall } from './orders.js';
import { ask, outcomeOf } from './probe.js';
import { note, ok, wrong, type Remark } from './remark.js';

/** What is asked of an EHR's FHIR server, for one patient. */
export interface FhirServerCheck {
  /** Base URL without trailing slash. */
  readonly base: string;
  readonly patientId: string;
  /** Sent to this server alone. */
  readonly token?: string;
  readonly service: ServedService;
  readonly retriever: Retriever;
  /** Milliseconds a call may take at the deployment, DEADLINE_MS. */
  readonly deadlineMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly newUuid: () => string;
}

/** Milliseconds for one search that is looked at by itself. */
const PATIENCE_MS = 10_000;

/**
 * Reads one patient's chart as the service would, each prefetch template by itself and then all in one call, and says
 * what came, what did not, and whether it came in time. Counts and kinds only: nothing of what was read is said.
 */
export async function* checkFhirServer(check: FhirServerCheck): AsyncGenerator<Remark> {
  yield await versionRemark(check);
  const request = requestFor(check);
  for (const [key, template] of Object.entries(check.service.definition.prefetch)) {
    const began = check.now();
    const retrieved = await check.retriever.retrieve({
      ...{ request, prefetch: { [key]: template }, deadlineAt: began + PATIENCE_MS },
    });
    yield searchRemark(template.template, retrieved[key], check.now() - began);
  }
  yield* reviewRemarks(check, request);
}

function requestFor({ base, patientId, token, service, newUuid }: FhirServerCheck): HookRequest {
  const body = {
    ...reviewedCall({ patientId, fhirServer: base, hookInstance: newUuid() }),
    ...(token !== undefined && {
      fhirAuthorization: {
        ...{ access_token: token, token_type: 'Bearer', expires_in: 300 },
        ...{ scope: 'patient/*.rs', subject: 'stepwise-cds' },
      },
    }),
  };
  return checkHookRequest(body, service.definition.hooks).request;
}

async function versionRemark({ base, token }: FhirServerCheck): Promise<Remark> {
  const headers = {
    accept: 'application/fhir+json',
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  const answer = await ask(`${base}/metadata`, { headers });
  const version = memberOf(answer.body, 'fhirVersion');
  if (answer.status !== 200 || typeof version !== 'string')
    return wrong(`there is no CapabilityStatement at ${base}/metadata (${outcomeOf(answer)})`);
  const number = /^[\d.]+/.exec(version)?.[0] ?? 'of another kind';
  return number.startsWith('4.0')
    ? ok(`it speaks FHIR R4 (${number})`)
    : wrong(`it speaks FHIR ${number}; this service reads R4 (4.0.1)`);
}

/** The template as it is published, not the URL: that has the patient in it. */
function searchRemark(template: string, retrieval: Retrieval | undefined, milliseconds: number): Remark {
  const name = template.split('?', 1)[0]?.split('/', 1)[0] ?? template;
  if (!retrieval || retrieval.status === 'unavailable')
    return wrong(`${name} cannot be read: ${WORDS[retrieval?.missing ?? 'no-server']}`);
  const read = `${name}: ${retrieval.items.length} read in ${Math.round(milliseconds)} ms`;
  return retrieval.status === 'complete'
    ? ok(read)
    : note(`${read}, and not all there is: ${WORDS[retrieval.missing]}`);
}

const WORDS: Readonly<Record<MissingReason, string>> = {
  'no-server': 'there was nothing to ask',
  'client-error-reported': 'the EHR gave an error in place of the data',
  'not-authorized': 'the token does not allow it, wholly or in part (scopes, or the user’s own rights)',
  deadline: 'it did not answer in time',
  'server-error': 'it failed, or answered with something that is no FHIR JSON',
  rejected: 'it refuses the search, and every form of it that was tried',
  'too-large': 'there is more than is taken in one call',
  'next-page-not-followed': 'a further page could not be read',
  unreadable: 'its answer, or some entries of it, hold no resource that may be processed',
  abridged: 'its answer is marked as a part of what there is',
};

/** One call as at the deployment: everything at once, within its deadline. */
async function* reviewRemarks(check: FhirServerCheck, request: HookRequest): AsyncGenerator<Remark> {
  const began = check.now();
  const answered = await check.service
    .call(request, { deadlineAt: began + check.deadlineMs, unrecorded: true })
    .catch(() => undefined);
  const took = `${Math.round(check.now() - began)} ms of ${check.deadlineMs}`;
  if (!answered) {
    yield wrong(`in one call no conditions, procedures and reports were had (${took})`);
    return;
  }
  const evaluation = (answered.extension as { readonly [name: string]: Json } | undefined)?.[
    'stepwise-cds.evaluation'
  ];
  const missing = missingKinds(evaluation);
  yield missing.length === 0
    ? ok(`in one call everything came in time (${took})`)
    : note(
        `in one call not all came in time (${took}): ${missing.join(', ')}; give it longer, or prefetch them`,
      );
  if (listOf(evaluation, 'orders').some((order) => hasNote(order, 'report-unreadable')))
    yield note('some reports or notes of this patient have text that could not be read (Binary, scan, size)');
}

function hasNote(order: Json, id: string): boolean {
  return listOf(order, 'notes').some((one) => memberOf(one, 'id') === id);
}
