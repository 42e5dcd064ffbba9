import { fileURLToPath } from 'node:url';
import { loadFhirMappings } from '../../src/artifacts/fhir-mappings.js';
import { compileTerminology } from '../../src/artifacts/terminology.js';

export const mappingsFolder = fileURLToPath(new URL('../../fhir-mappings', import.meta.url));
export const hooksFolder = fileURLToPath(new URL('../../hooks', import.meta.url));

/** What the product ships, loaded as at start-up. */
export const mappings = loadFhirMappings(mappingsFolder);
export const terminology = compileTerminology(mappings);

export const system = {
  cpt: 'http://www.ama-assn.org/go/cpt',
  hcpcs: 'http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets',
  icd: 'http://hl7.org/fhir/sid/icd-10-cm',
  pcs: 'http://www.cms.gov/Medicare/Coding/ICD10',
  snomed: 'http://snomed.info/sct',
  loinc: 'http://loinc.org',
  rxnorm: 'http://www.nlm.nih.gov/research/umls/rxnorm',
  atc: 'http://www.whocc.no/atc',
} as const;
