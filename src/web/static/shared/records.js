import { html, nothing } from './lit.js';
import { dayOf } from './names.js';

/** @typedef {import('./types.js').AnyResource} AnyResource */

/** The groups of a chart, as a clinician looks for them. */
const GROUPS = [
  { title: 'Problems', types: ['Condition'] },
  { title: 'Procedures', types: ['Procedure'] },
  { title: 'Reports and notes', types: ['DiagnosticReport', 'DocumentReference'] },
  { title: 'Orders and visits', types: ['ServiceRequest', 'Appointment', 'Encounter', 'Coverage'] },
  { title: 'Medicines', types: ['MedicationRequest', 'MedicationStatement'] },
  { title: 'Examination', types: ['Observation', 'FamilyMemberHistory'] },
];

/**
 * The chart, newest first in each group.
 * @param {readonly AnyResource[]} resources
 * @param {(resource: AnyResource) => unknown} [extra] what to show beside a record
 */
export function records(resources, extra = () => nothing) {
  return GROUPS.map(({ title, types }) => {
    const own = resources.filter(({ resourceType }) => types.includes(resourceType));
    const sorted = own.toSorted((a, b) => (dateOf(b) ?? '').localeCompare(dateOf(a) ?? ''));
    if (sorted.length === 0) return nothing;
    return html`<section>
      <h3>${title} <span class="quiet">${sorted.length}</span></h3>
      <ul class="records">
        ${sorted.map((one) => record(one, extra))}
      </ul>
    </section>`;
  });
}

/**
 * @param {AnyResource} resource
 * @param {(resource: AnyResource) => unknown} extra
 */
function record(resource, extra) {
  const evidence = JSON.stringify([[`${resource.resourceType}/${resource.id}`]]);
  const status = statusOf(resource);
  return html`<li data-record tabindex="0" data-evidence=${evidence}>
    <span class="record-head"
      ><span class="record-title">${titleOf(resource)}</span>
      <time>${dayOf(dateOf(resource)) ?? ''}</time></span
    >
    ${codesOf(resource).map((/** @type {string} */ code) => html`<code>${code}</code> `)}
    ${status ? html`<em class="quiet">${status}</em>` : nothing}
    ${textsOf(resource).map((text) => html`<p class="record-text">${text}</p>`)} ${extra(resource)}
  </li>`;
}

/** @param {AnyResource} resource */
export function titleOf(resource) {
  const concept =
    resource.code ?? resource.type ?? resource.vaccineCode ?? resource.medicationCodeableConcept;
  const first = Array.isArray(concept) ? concept[0] : concept;
  return (
    first?.text ??
    first?.coding?.[0]?.display ??
    resource.medicationCodeableConcept?.text ??
    resource.medicationCodeableConcept?.coding?.[0]?.display ??
    resource.medicationReference?.display ??
    resource.resourceType
  );
}

/** @param {AnyResource} resource */
export function codesOf({ code }) {
  const system = (/** @type {any} */ one) => /cpt|icd-10|hcpcs/i.test(one.system ?? '');
  return (code?.coding ?? []).filter(system).map((/** @type {any} */ one) => String(one.code));
}

/** @param {AnyResource} resource */
export function dateOf(resource) {
  return (
    resource.performedDateTime ??
    resource.performedPeriod?.start ??
    resource.effectiveDateTime ??
    resource.effectivePeriod?.start ??
    resource.onsetDateTime ??
    resource.recordedDate ??
    resource.authoredOn ??
    resource.start ??
    resource.period?.start ??
    resource.date
  );
}

const EXPECTED = ['completed', 'final', 'active', 'current'];

/** The status, where it is not the usual one. @param {AnyResource} resource */
function statusOf(resource) {
  const status = resource.status ?? resource.clinicalStatus?.coding?.[0]?.code;
  return typeof status === 'string' && !EXPECTED.includes(status) ? status : undefined;
}

/** The words of a record: notes, conclusion, result, plain attachments. @param {AnyResource} resource */
function textsOf(resource) {
  const attachments = [
    ...(resource.presentedForm ?? []),
    ...(resource.content ?? []).map((/** @type {any} */ one) => one?.attachment),
  ];
  return [
    resource.conclusion,
    resource.outcome?.text,
    resource.valueString,
    resource.valueCodeableConcept?.text,
    quantityText(resource.valueQuantity) ?? resource.valueInteger?.toString(),
    ...(resource.note ?? []).map((/** @type {any} */ one) => one?.text),
    ...attachments.map(attachmentText),
  ].filter((text) => typeof text === 'string' && text !== '');
}

/** @param {any} quantity */
function quantityText(quantity) {
  return quantity?.value === undefined ? undefined : `${quantity.value} ${quantity.unit ?? ''}`;
}

/** Plain text is shown; of other files, what they are. @param {any} attachment */
function attachmentText(attachment) {
  if (!attachment) return undefined;
  const { contentType = '', data, title } = attachment;
  if (!/^text\/plain/.test(contentType) || typeof data !== 'string')
    return `${title ?? 'File'} (${contentType})`;
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(data), (one) => one.charCodeAt(0)));
  } catch {
    return `${title ?? 'File'}: not readable`;
  }
}
