import type { ServiceRequest } from 'fhir/r4.js';
import { evidenceOf } from './evidence.js';
import { labelOf, lateralityOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { meaningOf } from './procedure-kind.js';
import { clip, validDate } from './references.js';

const PENDING: ReadonlySet<string> = new Set(['active', 'on-hold', 'draft']);

/** An order on the chart: planned, never done. Revoked, completed and erroneous ones say nothing. */
export function mapServiceRequest(request: ServiceRequest, reference: string, context: MappingContext): void {
  if (context.draftOrderIds.has(reference) || !PENDING.has(request.status)) return;
  const sites = request.bodySite ?? [];
  const meaning = meaningOf(request.code, sites, context);
  if (!meaning) return;
  if (request.doNotPerform === true) {
    if (meaning.intervention === 'sacral-lateral-branch-rfa') addProhibition(request, reference, context);
    return;
  }
  const date = validDate(request.occurrenceDateTime ?? request.occurrencePeriod?.start ?? request.authoredOn);
  const label = labelOf(request.code);
  const evidence = evidenceOf(reference, date, label);
  if (meaning.care)
    context.collected.conservativeCare.push({ care: meaning.care, status: 'planned', evidence });
  if (!meaning.intervention) return;
  const laterality = lateralityOf([request.code, ...sites], context.terminology);
  context.collected.interventions.push({
    kind: meaning.intervention,
    status: 'planned',
    ...(date && { date }),
    ...(laterality && { laterality }),
    levels: [],
    toldBy: 'record',
    evidence,
  });
}

/** An order not to do an ablation speaks against it, as a note would; why, where it says so. */
function addProhibition(request: ServiceRequest, reference: string, context: MappingContext): void {
  const date = validDate(request.authoredOn);
  const laterality = lateralityOf([request.code, ...(request.bodySite ?? [])], context.terminology);
  const reasons = [...(request.note ?? []), ...(request.reasonCode ?? [])].map(({ text }) => text);
  const said = [`Do not perform: ${labelOf(request.code)}`, ...reasons].filter(Boolean);
  context.collected.statements.push({
    id: 'rfa-advised-against',
    ...(date && { date }),
    ...(laterality && { laterality }),
    evidence: evidenceOf(reference, date, clip(said.join('. '))),
  });
}
