/**
 * The types of the pages, from the server's own.
 *
 * @typedef {import('../../../evaluation/evaluation.js').Evaluation} Evaluation
 * @typedef {import('../../../evaluation/evaluation.js').OrderEvaluation} OrderEvaluation
 * @typedef {import('../../../evaluation/evaluation.js').Step} Step
 * @typedef {import('../../../evaluation/evaluation.js').PainGenerator} PainGenerator
 * @typedef {import('../../../evaluation/evaluation.js').Intervention} Intervention
 * @typedef {import('../../../evaluation/evidence.js').Evidence} Evidence
 * @typedef {import('../../../cds-hooks/card.types.js').Card} Card
 * @typedef {import('../../../cds-hooks/card.types.js').Link} CardLink
 * @typedef {import('../../../cds-hooks/card.types.js').Suggestion} Suggestion
 * @typedef {import('../../../cds-hooks/card.types.js').CdsResponse} CdsResponse
 * @typedef {import('../../../report-text/reading.js').ReportReading & { readonly cues: readonly import('../../../report-text/findings/cues.js').Cue[] }} ReportReading
 * @typedef {import('fhir/r4.js').FhirResource} FhirResource
 * @typedef {Readonly<Record<string, unknown>>} Prefetch
 * @typedef {{ readonly id: string, readonly title: string, readonly prefetch: Readonly<Record<string, {template: string, kind: string}>> }} Service
 * @typedef {Readonly<Record<string, any>>} AnyResource a FHIR resource as some server sent it: every member may be missing
 * @typedef {{ hook: string, hookInstance: string, fhirServer?: string, context: { userId: string, patientId: string, encounterId?: string, draftOrders: { resourceType: string, type: string, entry: { fullUrl?: string, resource: AnyResource }[] } }, prefetch?: Record<string, unknown> }} OrderSignRequest
 */
export {};
