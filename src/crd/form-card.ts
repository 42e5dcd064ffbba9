import type { Action, Card } from '../cds-hooks/card.types.js';
import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import { ownReference } from '../mapping/references.js';
import type { Form, Payer } from './coverage-rules.types.js';
import type { PatientCoverage } from './payer-coverage.js';
import { SDC_CODES, type CrdProfile } from './profile.js';

/** What a form is to be completed for. */
export interface FormOccasion {
  readonly request: HookRequest;
  /** YYYY-MM-DD. */
  readonly today: string;
  readonly payer: Payer;
  readonly coverage: PatientCoverage;
  /** `Type/id`. */
  readonly orders: readonly string[];
}

/**
 * Request Form Completion (section 23 of the guide): a task, and the form itself where the EHR does not have it. Its
 * source, and the orders it is about, are added by whoever makes all cards.
 *
 * @param missing whether the EHR was asked and does not have it
 */
export function formCard(
  form: Form,
  missing: boolean,
  occasion: FormOccasion,
  profile: CrdProfile,
): Omit<Card, 'source'> {
  const { title } = form.questionnaire;
  const task = taskFor(form, occasion, profile);
  const actions: readonly Action[] = [
    ...(missing ? [conditionalCreate(form)] : []),
    { type: 'create', description: `Add a task: complete the form "${title}"`, resource: task },
  ];
  return {
    summary: form.summary,
    indicator: 'info',
    detail: form.detail,
    suggestions: [{ label: `Have the form "${title}" completed`, actions }],
    selectionBehavior: 'at-most-one',
  };
}

/** dev-19: created only where that version of it is still not there when the suggestion is taken. */
function conditionalCreate({ questionnaire }: Form): Action {
  const { url, version, title } = questionnaire;
  return {
    type: 'create',
    description: `Add the form "${title}", version ${version}, to the EHR`,
    resource: questionnaire,
    extension: { 'davinci-crd.if-none-exist': `url=${url}&version=${version}` },
  };
}

/** In the form of profile-taskquestionnaire; who is to do it is the EHR's to say. */
function taskFor(form: Form, occasion: FormOccasion, profile: CrdProfile): JsonObject {
  const { url, version } = form.questionnaire;
  const { patientId, encounterId } = occasion.request.context;
  // Inferno looks for the text, SDC's profile for the code.
  const type = { coding: [{ system: SDC_CODES, code: 'questionnaire' }], text: 'questionnaire' };
  return {
    resourceType: 'Task',
    basedOn: occasion.orders.map((reference) => ({ reference })),
    status: 'ready',
    intent: 'order',
    code: { coding: [{ system: SDC_CODES, code: 'complete-questionnaire' }] },
    for: { reference: `Patient/${patientId}` },
    ...(encounterId !== undefined && { encounter: { reference: `Encounter/${encounterId}` } }),
    authoredOn: occasion.today,
    requester: requesterOf(occasion),
    reasonCode: { text: form.reason },
    input: [{ type, valueCanonical: `${url}|${version}` }, ...profile.taskInputs(form)],
  };
}

/** The payer, as the EHR's own Coverage refers to it on the EHR's own server; else by identifier. */
function requesterOf({ request, coverage, payer }: FormOccasion): JsonObject {
  const { payor } = coverage.coverage;
  const own = Array.isArray(payor) ? payor.map((one) => ownReference(one, request)) : [];
  const organization = own.find((reference) => reference?.startsWith('Organization/'));
  const [identifier] = payer.identifiers;
  return {
    ...(organization === undefined
      ? { type: 'Organization', ...(identifier && { identifier: { ...identifier } }) }
      : { reference: organization }),
    display: payer.label,
  };
}
