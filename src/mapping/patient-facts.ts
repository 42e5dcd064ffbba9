import type { Condition } from 'fhir/r4.js';
import type { PatientFacts } from '../evaluation/facts.js';
import {
  dataStates,
  kindsNotOffered,
  isCondition,
  isDocument,
  isObservation,
  isProcedure,
  isReport,
  itemsOf,
  type Chart,
  type ChartResource,
  type Lack,
} from './chart.js';
import { exclude } from './collected.js';
import { mapCondition } from './condition.js';
import { mapDiagnosticReport, type ReportLinks } from './diagnostic-report.js';
import { mapDocumentReference } from './document-reference.js';
import { joinEvents } from './events.js';
import {
  guarded,
  newGuardedContext,
  type Context,
  type GuardedContext,
  type MappingTools,
} from './guarded.js';
import { linksOf } from './linked-procedure.js';
import { mapMedicationRequest } from './medication-request.js';
import { mapObservation, type PainScore } from './observation.js';
import { attachRelief } from './observed-relief.js';
import { endedElsewhere, type EndedElsewhere } from './over-by-problem-list.js';
import { ownRecords, standingOf } from './own-records.js';
import { addComputedRelief } from './pain-scores.js';
import { mapProcedure } from './procedure.js';
import { inReadingOrder, Reading } from './reading-order.js';
import type { ReasonConditions } from './order-indication.js';
import type { Whose } from './references.js';
import { mapServiceRequest } from './service-request.js';
import { supersededReports } from './superseded.js';
import { allOf } from '../lists.js';

/** Steps of a reading; each is told whether the time for it is over. */
type InSteps<T> = Generator<void, T, boolean>;

/**
 * The evaluation model of a chart. A resource of someone else is set aside and said so; one that breaks FHIR is set
 * aside as unreadable; nothing throws. In steps, one for each resource: a chart of thousands is mapped with pauses, and
 * what there is no time for is unread, its kind not whole.
 */
export function* patientFactsInSteps(chart: Chart, tools: MappingTools): InSteps<PatientFacts> {
  const context = newGuardedContext(chart, tools);
  const { collected, quoted } = context;
  const own = ownRecords(chart, context);
  const reading = new Reading(own);
  const links = yield* linkRecords(reading, chart, context);
  const resources = own.resources.map(({ resource }) => resource);
  const superseded = supersededReports(resources.filter(isReport), tools.terminology);
  const ended = endedElsewhere(resources.filter(isCondition));
  const scores: PainScore[] = [];
  for (const { resource, reference } of inReadingOrder(own.resources)) {
    const isOver = yield;
    if (isProcedure(resource)) continue;
    if (isOver) reading.leave(reference);
    else if (superseded.has(reference)) exclude(collected, reference, 'superseded');
    else if (ended.over.has(reference)) exclude(collected, reference, 'resolved');
    else {
      const read = guarded(resource, reference, context, (one, trial) =>
        mapResource(one, reference, { links, ended }, trial),
      );
      for (const score of read ?? NO_SCORES) scores.push(score);
    }
  }
  reading.restoreOrder(collected);
  if (collected.findings.length === 0)
    collected.findings.push(...quoted.findings.filter(({ negated }) => !negated));
  const interventions = joinEvents(addComputedRelief(collected.interventions, scores));
  const { undelivered, ...told } = collected;
  const unread = [...context.unread, ...undelivered].map(
    (reference) => own.kinds.get(reference) ?? reference,
  );
  const lacking = new Map<string, Lack>([
    ...[...reading.left.keys()].map((kind) => [kind, 'unread'] as const),
    ...[...own.abridged].map((kind) => [kind, 'abridged'] as const),
    ...unread.map((kind) => [kind, 'unreadable'] as const),
  ]);
  const data = dataStates(chart, reading.counts(), lacking);
  return { ...told, interventions, data, notOffered: kindsNotOffered(chart) };
}

/** The conditions of a chart, for the reasons an order refers to. */
export function conditionsOf(chart: Chart): ReasonConditions {
  const [own, ofOthers] = [new Map<string, Condition>(), new Set<string>()];
  for (const condition of allOf(chart.parts, ({ part }) => itemsOf(part)).filter(isCondition)) {
    const [reference, standing] = [`Condition/${condition.id ?? ''}`, standingOf(condition, chart)];
    if (standing === 'own') own.set(reference, condition);
    if (standing === 'other-patient') ofOthers.add(reference);
  }
  const { patientId, fhirServer } = chart;
  return { patientId, fhirServer, own, ofOthers };
}

/** Procedures are mapped first, so that reports, notes and relief that belong to one find it. */
function* linkRecords(reading: Reading, whose: Whose, context: GuardedContext): InSteps<ReportLinks> {
  const { own } = reading;
  const told: Parameters<typeof linksOf>[0][number][] = [];
  for (const { resource, reference } of own.resources) {
    if (!isProcedure(resource)) continue;
    const isOver = yield;
    if (isOver) {
      reading.leave(reference);
      continue;
    }
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
  attachRelief(resources.filter(isObservation), context);
  return {
    whose,
    procedures: linksOf(told, resources.filter(isDocument), whose),
    resources: own.byReference,
  };
}

function mapResource(
  resource: ChartResource,
  reference: string,
  { links, ended }: { readonly links: ReportLinks; readonly ended: EndedElsewhere },
  context: Context,
): readonly PainScore[] {
  switch (resource.resourceType) {
    case 'Condition':
      mapCondition(resource, { reference, ends: ended.ends.get(reference) }, context);
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
  return NO_SCORES;
}

const NO_SCORES: readonly PainScore[] = [];
