import type { Observation } from 'fhir/r4.js';
import type { MappingContext } from './mapper.js';
import { procedureOf, reliefOf } from './observation.js';

/** Relief that an Observation gives for the Procedure it points to. */
export function attachRelief(observations: readonly Observation[], context: MappingContext): void {
  const { interventions } = context.collected;
  const places = new Map<string, number>();
  for (const [index, { toldBy, evidence }] of interventions.entries()) {
    const [{ reference }] = evidence;
    if (toldBy === 'record' && !places.has(reference)) places.set(reference, index);
  }
  for (const observation of observations) {
    const index = places.get(procedureOf(observation, context.whose) ?? '') ?? -1;
    const fact = interventions[index];
    const seen = fact && !fact.relief ? reliefOf(observation, fact.date, context) : undefined;
    if (!fact || !seen) continue;
    const evidence = [...fact.evidence, { reference: `Observation/${observation.id ?? ''}` }] as const;
    interventions[index] = { ...fact, ...seen, evidence: [fact.evidence[0], ...evidence.slice(1)] };
  }
}
