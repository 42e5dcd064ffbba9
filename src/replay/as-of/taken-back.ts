import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { at } from './resource-dates.js';
import { notAfter, toWhen, type When } from './when.js';

const ACTIVE = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
};

/**
 * A resource without what it says itself to have happened after the moment: a condition that abated later was active,
 * a procedure that ended later was under way. What carries no date of its own cannot be taken back.
 */
export function takenBack(resource: JsonObject, moment: When): JsonObject {
  switch (resource['resourceType']) {
    case 'Condition':
      return isLater(resource, ['abatementDateTime', 'abatementPeriod.start'], moment)
        ? without({ ...resource, clinicalStatus: ACTIVE }, ['abatementDateTime', 'abatementPeriod'])
        : resource;
    case 'Procedure':
      return isLater(resource, ['performedPeriod.end'], moment) ? underWay(resource) : resource;
    default:
      return resource;
  }
}

function underWay(resource: JsonObject): JsonObject {
  const status = resource['status'] === 'completed' ? 'in-progress' : resource['status'];
  return {
    ...without(resource, ['outcome', 'complication']),
    status,
    performedPeriod: { start: at(resource, 'performedPeriod.start') },
  };
}

function isLater(resource: JsonObject, places: readonly string[], moment: When): boolean {
  return places.some((place) => {
    const when = toWhen(at(resource, place));
    return when !== undefined && notAfter(when, moment) !== 'yes';
  });
}

function without(resource: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(resource).filter(([name]) => !names.includes(name)));
}
