import { isJsonObject } from '../../cds-hooks/json.js';
import type { Json, JsonObject } from '../../cds-hooks/hook-request.types.js';
import { textOf } from '../../cds-hooks/members.js';
import { toWhen, type When } from './when.js';

export interface ResourceDates {
  /** When it happened or began: the thing itself. */
  readonly happened?: When;
  /** When it was written down, as the resource's own element says. */
  readonly recorded?: When;
  /** `meta.lastUpdated`. */
  readonly changed?: When;
}

interface Places {
  readonly happened: readonly string[];
  readonly recorded: readonly string[];
}

/** R5's element on R4 resources, as FHIR's cross-version extensions have it. */
const PROCEDURE_RECORDED = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Procedure.recorded';

/**
 * By type: the elements that say when, the first that is there counts. An order is dated by its writing alone: what
 * it is for lies ahead. `issued` is of the version at hand, `recordedDate` of the first.
 */
const PLACES: Readonly<Record<string, Places>> = {
  Condition: { happened: ['onsetDateTime', 'onsetPeriod.start'], recorded: ['recordedDate'] },
  Procedure: {
    happened: ['performedDateTime', 'performedPeriod.start', 'performedPeriod.end'],
    recorded: [],
  },
  DiagnosticReport: { happened: ['effectiveDateTime', 'effectivePeriod.start'], recorded: ['issued'] },
  Observation: {
    happened: ['effectiveDateTime', 'effectivePeriod.start', 'effectiveInstant'],
    recorded: ['issued'],
  },
  MedicationRequest: { happened: [], recorded: ['authoredOn'] },
  ServiceRequest: { happened: [], recorded: ['authoredOn'] },
  DocumentReference: { happened: ['context.period.start'], recorded: ['date'] },
};

export function datesOf(resource: JsonObject): ResourceDates {
  const { happened = [], recorded = [] } = PLACES[textOf(resource, 'resourceType')] ?? {};
  const found = {
    happened: firstWhen(resource, happened),
    recorded: firstWhen(resource, recorded) ?? extensionWhen(resource),
    changed: toWhen(at(resource, 'meta.lastUpdated')),
  };
  return {
    ...(found.happened && { happened: found.happened }),
    ...(found.recorded && { recorded: found.recorded }),
    ...(found.changed && { changed: found.changed }),
  };
}

function firstWhen(resource: JsonObject, places: readonly string[]): When | undefined {
  for (const place of places) {
    const when = toWhen(at(resource, place));
    if (when) return when;
  }
  return undefined;
}

function extensionWhen({ resourceType, extension }: JsonObject): When | undefined {
  if (resourceType !== 'Procedure' || !Array.isArray(extension)) return undefined;
  const own: unknown = extension.find((one) => isJsonObject(one) && one['url'] === PROCEDURE_RECORDED);
  return isJsonObject(own) ? toWhen(own['valueDateTime']) : undefined;
}

/** The value at a path of member names. */
export function at(resource: JsonObject, path: string): Json | undefined {
  let value: Json | undefined = resource;
  for (const name of path.split('.')) {
    if (!isJsonObject(value)) return undefined;
    value = value[name];
  }
  return value;
}
