import type { ServiceRequest } from 'fhir/r4.js';
import { evidenceOf } from './evidence.js';
import { labelOf, lateralityOf, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { addReasonAgainst } from './not-wanted.js';
import { meaningOf } from './procedure-kind.js';
import { addPutOff, stateInWords } from './put-off.js';
import { validDate } from './references.js';

const PENDING: ReadonlySet<string> = new Set(['active', 'on-hold', 'draft']);

/** An order on the chart: planned, never done. Revoked, completed and erroneous ones say nothing. */
export function mapServiceRequest(request: ServiceRequest, reference: string, context: MappingContext): void {
  if (context.draftOrderIds.has(reference) || !PENDING.has(request.status)) return;
  const sites = request.bodySite ?? [];
  const meaning = meaningOf(request.code, sites, context);
  if (!meaning) return;
  const laterality = lateralityOf([request.code, ...sites], context.terminology);
  const label = labelOf(request.code);
  const state = stateOf(request);
  const words = state ? stateInWords(state, label, reasonsOf(request)) : label;
  if (state) {
    const date = validDate(request.authoredOn);
    addPutOff({ reference, kind: meaning.intervention, date, laterality }, words, context.collected);
    const of = { reference, ...(date && { date }), laterality };
    for (const reason of new Set(reasonsOf(request)))
      addReasonAgainst(meaning.intervention, reason, of, context);
  }
  if (request.doNotPerform === true) return;
  const date = validDate(request.occurrenceDateTime ?? request.occurrencePeriod?.start ?? request.authoredOn);
  const evidence = evidenceOf(reference, date, words);
  if (meaning.care)
    context.collected.conservativeCare.push({ care: meaning.care, status: 'planned', evidence });
  if (!meaning.intervention) return;
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

/** What keeps it from being carried out for now, or at all. */
function stateOf({ status, doNotPerform }: ServiceRequest): string | undefined {
  if (doNotPerform === true) return 'Do not perform';
  return status === 'on-hold' ? 'On hold' : undefined;
}

const STATUS_REASON = 'http://hl7.org/fhir/StructureDefinition/request-statusReason';

/** Why its status is as it is, as an extension says in R4; then its notes. The reason of an order is what it is for. */
function reasonsOf({ doNotPerform, extension = [], note = [], reasonCode = [] }: ServiceRequest) {
  const ofStatus = extension.filter(({ url }) => url === STATUS_REASON);
  return [
    ...ofStatus.map(({ valueCodeableConcept }) => wordsOf(valueCodeableConcept)),
    ...note.map(({ text }) => text),
    ...(doNotPerform === true ? reasonCode.map(({ text }) => text) : []),
  ];
}
