import type {
  Condition,
  DiagnosticReport,
  DocumentReference,
  Observation,
  Procedure,
  Reference,
  Resource,
} from 'fhir/r4.js';
import type { DataKind, PatientFacts } from '../evaluation/facts.js';
import { dataStates, isChartResource, itemsOf, type Chart, type ChartResource } from './chart.js';
import { emptyCollection, exclude, moveAll, type Collected } from './collected.js';
import { mapCondition } from './condition.js';
import { mapDiagnosticReport, supersededReports } from './diagnostic-report.js';
import { mapDocumentReference } from './document-reference.js';
import { joinEvents } from './events.js';
import { linksOf, type LinkedProcedure } from './linked-procedure.js';
import type { MappingContext } from './mapper.js';
import { mapMedicationRequest } from './medication-request.js';
import { mapObservation, type PainScore } from './observation.js';
import { attachRelief } from './observed-relief.js';
import { addComputedRelief } from './pain-scores.js';
import { mapProcedure } from './procedure.js';
import { meaningOf } from './procedure-kind.js';
import { literalReference, referenceTo } from './references.js';
import { mapServiceRequest } from './service-request.js';
import { wellFormed } from './well-formed.js';

/** What the mappers need beside the chart. */
export type MappingTools = Omit<MappingContext, 'collected' | 'draftOrderIds'>;

/** Beside what was collected, `quoted`: findings that notes quote from imaging. */
type Context = MappingContext & { readonly quoted: Collected };

/** Each resource is read into `trial`, which is empty before and after: what is given there is moved, or dropped. */
type GuardedContext = Context & {
  readonly trial: Context;
  /** `Type/id` of resources that could not be read, and the kinds of those that could not be told whose they are. */
  readonly unread: Set<string>;
};

function newContext(chart: Chart, tools: MappingTools): Context {
  const collections = { collected: emptyCollection(), quoted: emptyCollection() };
  return { ...tools, ...collections, draftOrderIds: chart.draftOrderIds };
}

/** A chart that was checked: every resource is the patient's own, of a type that is read. */
interface OwnRecords {
  readonly resources: readonly { readonly resource: ChartResource; readonly reference: string }[];
  readonly counts: ReadonlyMap<DataKind, number>;
  readonly kinds: ReadonlyMap<string, DataKind>;
}

/**
 * The evaluation model of a chart. A resource of someone else is set aside and said so; one that breaks FHIR is set
 * aside as unreadable; nothing throws. In steps, one for each resource: a chart of thousands is mapped with pauses.
 */
export function* patientFactsInSteps(chart: Chart, tools: MappingTools): Generator<void, PatientFacts> {
  const context = { ...newContext(chart, tools), trial: newContext(chart, tools), unread: new Set<string>() };
  const { collected, quoted } = context;
  const own = ownRecords(chart, context);
  const links = yield* linkRecords(own, context);
  const superseded = supersededReports(own.resources.map(({ resource }) => resource).filter(isReport));
  const scores: PainScore[] = [];
  for (const { resource, reference } of own.resources) {
    yield;
    if (superseded.has(reference)) exclude(collected, reference, 'superseded');
    else
      scores.push(
        ...(guarded(resource, reference, context, (one, trial) =>
          mapResource(one, reference, links, trial),
        ) ?? []),
      );
  }
  if (collected.findings.length === 0)
    collected.findings.push(...quoted.findings.filter(({ negated }) => !negated));
  const interventions = joinEvents(addComputedRelief(collected.interventions, scores));
  const { undelivered, ...told } = collected;
  const unread = new Set(
    [...context.unread, ...undelivered].map((reference) => own.kinds.get(reference) ?? reference),
  );
  return { ...told, interventions, data: dataStates(chart, own.counts, unread) };
}

/** Conditions by `Condition/<id>`, for the reasons an order refers to. */
export function conditionsOf(chart: Chart): ReadonlyMap<string, Condition> {
  const conditions = chart.parts.flatMap(({ part }) => itemsOf(part)).filter(isCondition);
  return new Map(
    conditions
      .filter((condition) => belongsTo(condition, chart.patientId) === 'yes')
      .map((condition) => [`Condition/${condition.id ?? ''}`, condition]),
  );
}

function ownRecords(chart: Chart, context: GuardedContext): OwnRecords {
  const { collected } = context;
  const resources = new Map<string, ChartResource>();
  const counts = new Map<DataKind, number>();
  const kinds = new Map<string, DataKind>();
  for (const { kind, part } of chart.parts) {
    for (const resource of itemsOf(part)) {
      const reference = referenceTo(resource);
      if (reference && resources.has(reference)) continue;
      const belongs = belongsTo(resource, chart.patientId);
      if (!reference || belongs === 'unknown') context.unread.add(kind);
      if (!reference) continue;
      kinds.set(reference, kind);
      if (belongs === 'yes') counts.set(kind, (counts.get(kind) ?? 0) + 1);
      else exclude(collected, reference, belongs === 'no' ? 'other-patient' : 'unreadable');
      if (belongs === 'no') setAsideForeign(resource, reference, context);
      if (belongs === 'yes' && isChartResource(resource)) resources.set(reference, resource);
    }
  }
  const sorted = [...resources].sort(([a], [b]) => (a < b ? -1 : 1));
  return { resources: sorted.map(([reference, resource]) => ({ reference, resource })), counts, kinds };
}

/** Of someone else's record nothing is read but what procedure it claims to be, so that the step can name it. */
function setAsideForeign(resource: Resource, reference: string, context: GuardedContext): void {
  const evidence = [{ reference }] as const;
  context.collected.recordNotes.push({ id: 'other-patient-record', evidence });
  if (!isChartResource(resource) || !isProcedure(resource)) return;
  guarded(resource, reference, context, ({ code, bodySite = [] }, trial) => {
    const kind = meaningOf(code, bodySite, trial)?.intervention;
    if (kind) trial.collected.setAside.push({ kind, why: 'other-patient', evidence });
  });
}

/** Whether a resource is the patient's. One without a readable subject cannot be told, and is not used. */
function belongsTo(resource: Resource, patientId: string): 'yes' | 'no' | 'unknown' {
  if (resource.resourceType === 'Patient') return resource.id === patientId ? 'yes' : 'no';
  const { subject, patient } = resource as { readonly subject?: Reference; readonly patient?: Reference };
  const reference = literalReference(subject ?? patient);
  if (reference === undefined) return 'unknown';
  return reference === `Patient/${patientId}` ? 'yes' : 'no';
}

interface Links {
  readonly procedures: ReadonlyMap<string, LinkedProcedure>;
  readonly observations: ReadonlyMap<string, Observation>;
}

/** Procedures are mapped first, so that reports, notes and relief that belong to one find it. */
function* linkRecords(own: OwnRecords, context: GuardedContext): Generator<void, Links> {
  const told: Parameters<typeof linksOf>[0][number][] = [];
  for (const { resource, reference } of own.resources) {
    if (!isProcedure(resource)) continue;
    yield;
    const before = context.collected.interventions.length;
    guarded(resource, reference, context, (one, trial) => {
      mapProcedure(one, reference, trial);
    });
    const event = context.collected.interventions
      .slice(before)
      .find(({ toldBy, evidence }) => toldBy === 'record' && evidence[0].reference === reference);
    if (!event) continue;
    const { kind, status, date } = event;
    told.push({ reference, resource, kind, status, ...(date && { date }) });
  }
  const resources = own.resources.map(({ resource }) => resource);
  const observations = resources.filter(isObservation);
  attachRelief(observations, context);
  return {
    procedures: linksOf(told, resources.filter(isDocument)),
    observations: new Map(
      observations.map((observation) => [`Observation/${observation.id ?? ''}`, observation]),
    ),
  };
}

function mapResource(
  resource: ChartResource,
  reference: string,
  links: Links,
  context: Context,
): readonly PainScore[] {
  switch (resource.resourceType) {
    case 'Condition':
      mapCondition(resource, reference, context);
      break;
    case 'DiagnosticReport':
      mapDiagnosticReport(resource, reference, links, context);
      break;
    case 'DocumentReference':
      mapDocumentReference(resource, reference, links.procedures.get(reference), context);
      break;
    case 'MedicationRequest':
      mapMedicationRequest(resource, reference, context);
      break;
    case 'Observation':
      return mapObservation(resource, reference, context);
    case 'ServiceRequest':
      mapServiceRequest(resource, reference, context);
      break;
    case 'Procedure':
      break;
  }
  return [];
}

/**
 * A resource that breaks FHIR (a note that is no list, a code that is a string) must not end the call: it is read
 * again without what breaks it, else set aside. Nothing of a failed reading stays.
 */
function guarded<R extends ChartResource, T>(
  resource: R,
  reference: string,
  context: GuardedContext,
  map: (resource: R, context: Context) => T,
): T | undefined {
  const { trial } = context;
  for (const attempt of [() => resource, () => wellFormed(resource)]) {
    try {
      const result = map(attempt(), trial);
      moveAll(trial.collected, context.collected);
      moveAll(trial.quoted, context.quoted);
      return result;
    } catch {
      moveAll(trial.collected, emptyCollection());
      moveAll(trial.quoted, emptyCollection());
    }
  }
  exclude(context.collected, reference, 'unreadable');
  context.unread.add(reference);
  return undefined;
}

const isReport = (resource: ChartResource): resource is DiagnosticReport =>
  resource.resourceType === 'DiagnosticReport';
const isProcedure = (resource: ChartResource): resource is Procedure => resource.resourceType === 'Procedure';
const isObservation = (resource: ChartResource): resource is Observation =>
  resource.resourceType === 'Observation';
const isDocument = (resource: ChartResource): resource is DocumentReference =>
  resource.resourceType === 'DocumentReference';
const isCondition = (resource: Resource): resource is Condition => resource.resourceType === 'Condition';
