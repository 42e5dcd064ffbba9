import type { Caller, KeptCall } from '../cds-hooks/service.types.js';
import type { Database } from './database.types.js';
import { toKeptText } from './to-decision-record.js';

/** What was said of one order for one coverage; nothing a patient could be known by. */
export interface AssertedCoverage {
  /** coverage-assertion-id. */
  readonly assertion: string;
  readonly rule: string;
  readonly covered: string;
  readonly paNeeded?: string;
  readonly docNeeded: readonly string[];
}

/** The assertions of one call. */
export interface AssertedCall {
  readonly service: string;
  readonly hook: string;
  readonly hookInstance: string;
  readonly requestId?: string;
  readonly caller?: Caller;
  readonly assertions: readonly AssertedCoverage[];
}

interface LogParts {
  readonly newUuid: () => string;
  readonly date: () => Date;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

/** A row for each assertion. */
export function toAssertionRows(call: AssertedCall, parts: LogParts): readonly object[] {
  const { service, hook, hookInstance, requestId, caller, assertions } = call;
  return assertions.map((assertion) => ({
    ...rowOf(caller, parts),
    ...{ ...assertion, service, hook },
    ...(requestId !== undefined && { requestId }),
    ...(UUID.test(hookInstance) && { hookInstance: hookInstance.toLowerCase() }),
  }));
}

export function toCallRow({ caller, ...call }: KeptCall, parts: LogParts): object {
  return { ...rowOf(caller, parts), ...call };
}

function rowOf(caller: Caller | undefined, { newUuid, date }: LogParts) {
  const { client = '', tenant } = caller ?? {};
  return {
    ...{ id: newUuid(), at: date().toISOString(), client },
    ...(tenant !== undefined && { tenant: toKeptText(tenant) }),
  };
}

const ASSERTIONS = `
insert into coverage_assertion (id, at, assertion, request_id, hook_instance, service, hook, client, tenant, rule,
  covered, pa_needed, doc_needed)
select id, at, assertion, "requestId", "hookInstance", service, hook, client, tenant, rule, covered, "paNeeded",
  "docNeeded"
from jsonb_to_recordset($1::jsonb) as r (id uuid, at timestamptz, assertion text, "requestId" text,
  "hookInstance" text, service text, hook text, client text, tenant text, rule text, covered text, "paNeeded" text,
  "docNeeded" jsonb)
on conflict (id) do nothing`;

const CALLS = `
insert into crd_call (id, at, request_id, service, client, tenant, status, request, response)
select id, at, "requestId", service, client, tenant, status, request, response
from jsonb_to_recordset($1::jsonb) as r (id uuid, at timestamptz, "requestId" text, service text, client text,
  tenant text, status integer, request text, response text)
on conflict (id) do nothing`;

/** Those that are there already stay as they are. */
export async function writeAssertions(database: Database, records: readonly string[]): Promise<void> {
  await database.query(ASSERTIONS, [`[${records.join(',')}]`]);
}

export async function writeCalls(database: Database, records: readonly string[]): Promise<void> {
  await database.query(CALLS, [`[${records.join(',')}]`]);
}
