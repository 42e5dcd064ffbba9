import type { Bundle, FhirResource } from 'fhir/r4.js';
import { CANONICAL_BASE } from './canonical.js';
import type { FhirMappings } from './fhir-mappings.js';
import { toPlanDefinition } from './plan-definition.js';
import type { LoadedService } from './services.js';

/** The policies in force as PlanDefinitions, and every list of codes and words they use, for reading by others. */
export function fhirExport(
  services: readonly LoadedService[],
  mappings: FhirMappings,
): readonly FhirResource[] {
  return [
    ...services.map(toPlanDefinition),
    ...mappings.valueSets,
    ...mappings.conceptMaps,
    ...mappings.codeSystems,
    ...mappings.namingSystems,
  ];
}

/** Resources as one collection, each under its canonical URL. */
export function fhirBundle(resources: readonly FhirResource[]): Bundle {
  return {
    resourceType: 'Bundle',
    type: 'collection',
    entry: resources.map((resource) => ({
      fullUrl: `${CANONICAL_BASE}/${resource.resourceType}/${resource.id ?? ''}`,
      resource,
    })),
  };
}
