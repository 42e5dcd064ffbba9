import type { Database, Row } from './database.types.js';
import type { Period } from './report.types.js';

/** A FHIR R4 AuditEvent, as JSON. */
export type AuditEvent = Readonly<Record<string, unknown>>;

/** Rows read at once. */
const PAGE = 500;

const DECISIONS = `
  select id, at, at::text as exact, request_id, service, hook, client, tenant, shadow, policy_id, policy_version, policy_sha256, orders
  from decision where at >= $1 and at < $2 and (at, id) > ($3, $4) order by at, id limit ${PAGE}`;

const FIRST_ID = '00000000-0000-0000-0000-000000000000';

/**
 * The decisions of a period as AuditEvents, oldest first, a page at a time: who asked, when, what was decided by which
 * policy, on which records, as the site keeps their references. @throws DatabaseError
 */
export async function* auditEvents(
  database: Database,
  { since, until }: Period,
): AsyncGenerator<readonly AuditEvent[]> {
  let after = { at: new Date(0).toISOString(), id: FIRST_ID };
  for (;;) {
    const rows = await database.query(DECISIONS, [since, until, after.at, after.id]);
    if (rows.length > 0) yield rows.map(toAuditEvent);
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = { at: String(last['exact']), id: String(last['id']) };
  }
}

const DICOM = 'http://dicom.nema.org/resources/ontology/DCM';
const EVENT_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-event-type';
const INTERACTION = 'http://hl7.org/fhir/restful-interaction';

function toAuditEvent(row: Row): AuditEvent {
  const client = String(row['client']);
  return {
    resourceType: 'AuditEvent',
    id: String(row['id']),
    type: { system: EVENT_TYPE, code: 'rest', display: 'RESTful Operation' },
    subtype: [{ system: INTERACTION, code: 'operation', display: 'operation' }],
    action: 'E',
    recorded: instantOf(row),
    outcome: '0',
    agent: [
      {
        type: { coding: [{ system: DICOM, code: '110153', display: 'Source Role ID' }] },
        who: { identifier: { value: client === '' ? 'no trusted client' : client } },
        requestor: true,
      },
    ],
    source: { observer: { display: 'Stepwise CDS' } },
    entity: [decisionEntity(row), ...evidenceOf(row['orders']).map(evidenceEntity)],
  };
}

function decisionEntity(row: Row): object {
  const details: Readonly<Record<string, unknown>> = {
    service: row['service'],
    hook: row['hook'],
    policy: `${String(row['policy_id'])}|${String(row['policy_version'])}`,
    'policy-sha256': row['policy_sha256'],
    decision: decisionsOf(row['orders']),
    tenant: row['tenant'],
    'request-id': row['request_id'],
    shadow: row['shadow'] === true ? 'true' : undefined,
  };
  return {
    name: 'decision',
    detail: Object.entries(details).flatMap(([type, value]) =>
      typeof value === 'string' && value !== '' ? [{ type, valueString: value }] : [],
    ),
  };
}

// A clear reference is one; a digest is an identifier that only the site can tell the record of.
function evidenceEntity(evidence: string): object {
  const isReference = /^[A-Z][A-Za-z]+\/[\w.-]{1,64}$/.test(evidence);
  return {
    name: 'evidence',
    what: isReference ? { reference: evidence } : { identifier: { value: evidence } },
  };
}

function decisionsOf(orders: unknown): string {
  return rowsIn(orders)
    .map(({ decision }) => String(decision))
    .join(' ');
}

function evidenceOf(orders: unknown): readonly string[] {
  const found = rowsIn(orders)
    .flatMap(({ steps }) => rowsIn(steps))
    .flatMap(({ evidence }): readonly unknown[] => (Array.isArray(evidence) ? evidence : []));
  return [...new Set(found.filter((one) => typeof one === 'string'))];
}

function rowsIn(list: unknown): readonly Row[] {
  const isRow = (one: unknown): one is Row => typeof one === 'object' && one !== null;
  return Array.isArray(list) ? list.filter(isRow) : [];
}

function instantOf({ at }: Row): string {
  return (at instanceof Date ? at : new Date(String(at))).toISOString();
}
