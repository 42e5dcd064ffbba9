import type { OrderEvaluation } from '../../src/evaluation/evaluation.js';
import {
  bundle,
  draft,
  orderSign,
  PATIENT,
  physicalTherapy,
  prefetched,
  procedure,
  review,
  type ResourceJson,
} from './service.js';

/** A positive block of the left side: with conservative care the chart of someone whose missing step is an ablation. */
export const leftBlock = procedure('lbb', '64451', {
  bodySite: [{ text: 'Left sacral lateral branches' }],
  note: [{ text: 'Left. 85 % relief for 6 hours.' }],
});

export function note(text: string, part: Readonly<Record<string, unknown>> = {}): ResourceJson {
  const data = Buffer.from(text).toString('base64');
  return {
    resourceType: 'DocumentReference',
    id: 'note',
    status: 'current',
    subject: { reference: `Patient/${PATIENT}` },
    date: '2026-03-15T09:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data } }],
    ...part,
  };
}

export function condition(
  id: string,
  icd: string,
  part: Readonly<Record<string, unknown>> = {},
): ResourceJson {
  return {
    resourceType: 'Condition',
    id,
    clinicalStatus: { coding: [{ code: 'active' }] },
    subject: { reference: `Patient/${PATIENT}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10-cm', code: icd }] },
    ...part,
  };
}

export interface LeftChart {
  readonly notes?: readonly object[];
  readonly procedures?: readonly object[];
  readonly conditions?: readonly object[];
  readonly orders?: readonly object[];
  readonly medicines?: readonly object[];
  readonly order?: Readonly<Record<string, unknown>>;
}

/** What the clinician sees of an order for the left side, and what of it is machine-readable. */
export interface Seen {
  readonly decision: OrderEvaluation['decision'] | undefined;
  readonly step: (id: string) => OrderEvaluation['steps'][number] | undefined;
  readonly considerations: readonly string[];
  readonly notes: readonly string[];
  readonly redFlags: OrderEvaluation['redFlags'];
  readonly summary: string;
  readonly detail: string;
  /** Labels of what is pre-selected, on any card. */
  readonly preselected: readonly string[];
}

const LEFT = {
  code: {
    coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
    text: 'Neurectomy of sacral lateral branches, left',
  },
  reasonCode: [{ text: 'Left sacroiliac joint pain' }],
};

/** @param procedures in place of conservative care and a positive block of the left side */
export async function seen({
  notes = [],
  procedures = [physicalTherapy(), leftBlock],
  conditions = [],
  orders = [],
  medicines = [],
  order = {},
}: LeftChart): Promise<Seen> {
  const prefetch = prefetched({
    procedures: bundle(...procedures),
    documents: bundle(...notes),
    conditions: bundle(...conditions),
    serviceRequests: bundle(...orders),
    medicationRequests: bundle(...medicines),
  });
  const { cards, extension } = await review(orderSign([draft({ ...LEFT, ...order })], { prefetch }));
  const evaluation = extension?.['stepwise-cds.evaluation'].orders[0];
  return {
    decision: evaluation?.decision,
    step: (id) => evaluation?.steps.find((one) => one.id === id),
    considerations: (evaluation?.considerations ?? []).map(({ id }) => id),
    notes: (evaluation?.notes ?? []).map(({ id }) => id),
    redFlags: evaluation?.redFlags,
    summary: cards[0]?.summary ?? '',
    detail: cards[0]?.detail ?? '',
    preselected: cards
      .flatMap(({ suggestions = [] }) => suggestions)
      .flatMap(({ label, isRecommended }) => (isRecommended ? [label] : [])),
  };
}

/** {@link seen} of one note beside conservative care and a positive block. */
export function seenWithNote(text: string, part: Readonly<Record<string, unknown>> = {}): Promise<Seen> {
  return seen({ notes: [note(text, part)] });
}
