import type { CapabilityStatement, CapabilityStatementRestResource } from 'fhir/r4.js';
import { COMMON_PARAMETERS, SEARCH_PARAMETERS, isKnownType, type ResourceType } from './search-parameters.js';

/** What `GET /metadata` answers. */
export function capabilityStatement(base: string): CapabilityStatement {
  return {
    resourceType: 'CapabilityStatement',
    status: 'active',
    date: '2026-03-20',
    kind: 'instance',
    software: { name: 'Stepwise CDS sandbox' },
    implementation: { description: 'Synthetic patients for development; no real person', url: base },
    fhirVersion: '4.0.1',
    format: ['application/fhir+json', 'json'],
    rest: [
      {
        mode: 'server',
        resource: Object.keys(SEARCH_PARAMETERS).filter(isKnownType).map(resourceCapability),
      },
    ],
  };
}

function resourceCapability(type: ResourceType): CapabilityStatementRestResource {
  const parameters = Object.entries({ ...COMMON_PARAMETERS, ...SEARCH_PARAMETERS[type] });
  const includes = parameters
    .filter(([, { kind }]) => kind === 'reference')
    .map(([name]) => `${type}:${name}`);
  return {
    type,
    interaction: [
      { code: 'read' },
      { code: 'search-type' },
      { code: 'create' },
      { code: 'update' },
      { code: 'delete' },
    ],
    versioning: 'versioned',
    updateCreate: true,
    searchParam: parameters.map(([name, { kind }]) => ({ name, type: kind })),
    ...(includes.length > 0 ? { searchInclude: includes } : {}),
  };
}
