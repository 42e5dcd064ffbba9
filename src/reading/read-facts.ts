import type { PatientFacts } from '../evaluation/facts.js';
import type { Chart } from '../mapping/chart.js';
import type { MappingTools } from '../mapping/guarded.js';
import { patientFactsInSteps } from '../mapping/patient-facts.js';
import { inSlices, type Clock } from './slices.js';

/** What a chart says, as much of it as can be read in time; what was not is said to be unread. Never throws. */
export function readFacts(chart: Chart, tools: MappingTools, clock: Clock): Promise<PatientFacts> {
  return inSlices(patientFactsInSteps(chart, tools), clock);
}
