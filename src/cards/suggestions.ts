import type { Action, Suggestion } from '../cds-hooks/card.types.js';
import type { Values } from '../evaluation/criterion.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isFhirId } from '../cds-hooks/members.js';
import type { DataKind } from '../evaluation/facts.js';
import { fill } from '../evaluation/sentences.js';
import { proposedOrder } from './proposed-order.js';
import {
  coversDecidingSides,
  decidingSides,
  isOfDecidingSides,
  isUnread,
  plannedNote,
  sideAdjective,
  type Subject,
} from './subject.js';
import type { SuggestionWords } from './words.js';
import { allOf } from '../lists.js';

const ABLATION = /^replace-by-rfa/;
const ALREADY_ORDERED = 'already-ordered';
const ORDERED = /^(?:ServiceRequest|Procedure|Appointment)\//;

/** The suggestions of a card that apply to this patient, in the order the words give them. */
export function toSuggestions(
  subject: Subject,
  ids: readonly string[],
  values: Values = {},
): readonly Suggestion[] {
  const applying = ids.filter((id) => applies(id, subject)).map((id) => alreadyOrdered(id, subject) ?? id);
  return allOf(applying, (id) => {
    const words = subject.words.suggestions[id];
    return words ? toSuggestion(subject, { id, ...words }, values) : [];
  });
}

/** A second block is offered while fewer were positive than the policy recommends. */
function applies(id: string, { order, policy }: Subject): boolean {
  if (id !== 'second-block') return true;
  const recommended =
    policy.criteria.find((criterion) => criterion.kind === 'block-relief')?.params.recommendedPositive ?? 1;
  const counted = order.steps
    .filter((step) => step.id === 'diagnostic-blocks')
    .map((step) => step.attempts?.counted ?? 0);
  return Math.min(...counted) < recommended;
}

/** Where an ablation is ordered or prepared already, a second order of it would be a duplicate; a plan in a note is none. */
function alreadyOrdered(id: string, subject: Subject): string | undefined {
  const note = plannedNote(subject);
  const ordered = note?.evidence?.some(({ reference }) => ORDERED.test(reference)) === true;
  return ordered && ABLATION.test(id) && isOfDecidingSides(note, subject) ? ALREADY_ORDERED : undefined;
}

type Suggested = SuggestionWords & { readonly id: string };

function toSuggestion(subject: Subject, words: Suggested, values: Values): readonly Suggestion[] {
  const side = sideAdjective(decidingSides(subject));
  const all = { side, ...values };
  const actions = allOf(words.actions, (type) =>
    type === 'delete' ? deletions(subject, words) : creations(subject, words, all),
  );
  if (words.actions.includes('delete') && !subject.drafts.every(({ id }) => isFhirId(id))) return [];
  const recommended =
    words.recommended === true &&
    mayRecommend(subject) &&
    !isWithheld(words.id, subject) &&
    isWhole(words.id, subject);
  return [{ label: fill(words.label, all), ...(recommended && { isRecommended: true }), actions }];
}

/** An ablation that is ordered for one side does not take the place of an order for both. */
function isWhole(id: string, subject: Subject): boolean {
  const note = plannedNote(subject);
  return id !== ALREADY_ORDERED || (note !== undefined && coversDecidingSides(note, subject));
}

/** What a reader has to weigh first: with one of these nothing is pre-selected. */
const WEIGHED_FIRST: ReadonlySet<string> = new Set([
  'rfa-denied-by-plan',
  'pregnancy',
  'report-unreadable',
  'si-fusion-same-side',
]);

/** Never pre-selected on an unknown: a side nobody ordered, unread red-flag sources, a step that is not known. */
function mayRecommend(subject: Subject): boolean {
  const { order, rationale, policy } = subject;
  if (!order.laterality && decidingSides(subject)) return false;
  // What is proposed for one side would take the place of the order for both.
  if (order.decisionBySide) return false;
  if (isUnreadWhereTold(subject)) return false;
  const minded = (order.notes ?? []).some(({ id }) => WEIGHED_FIRST.has(id));
  const gates = policy.criteria.filter(({ step }) => step === undefined).map(({ id }) => id);
  const unread = rationale.some(({ answers }) => gates.some((id) => isUnread(answers.get(id))));
  return !minded && !unread && !restsOnUnknown(subject);
}

/**
 * What the patient declined, what else the policy wants weighed before this is proposed, and an ablation of which a note
 * says that it is planned: it may be ordered already where nobody here can see.
 */
function isWithheld(id: string, subject: Subject): boolean {
  const { order, policy } = subject;
  if (ABLATION.test(id) && plannedNote(subject)) return true;
  const stated = new Set((order.considerations ?? []).map((one) => one.id));
  return policy.considerations
    .filter((definition) => stated.has(definition.id))
    .some(({ withholds }) => withholds === undefined || withholds.includes(id));
}

/** Whether a block or ablation may stand in records that were not read. */
function isUnreadWhereTold({ evaluation, policy }: Subject): boolean {
  const toldIn = allOf(policy.criteria, (criterion): readonly DataKind[] =>
    criterion.kind === 'block-relief' || criterion.kind === 'ablation-outcome' ? criterion.params.toldIn : [],
  );
  return evaluation.data.some(({ kind, state }) => state !== 'complete' && toldIn.includes(kind));
}

/** Whether a step is unknown up to the one that the decision asks for; one that a gate takes rests on no step. */
function restsOnUnknown({ order, rationale, policy }: Subject): boolean {
  const isGated = policy.criteria.some(
    ({ id, step }) =>
      step === undefined && rationale.some(({ answers }) => answers.get(id)?.because === 'found'),
  );
  if (isGated) return false;
  return rationale
    .filter(({ decision }) => decision === order.decision)
    .some(({ answers }) => {
      const states = allOf(policy.criteria, ({ id, step }) => (step ? (answers.get(id)?.state ?? []) : []));
      const open = states.indexOf('not-met');
      return states.slice(0, open < 0 ? states.length : open).includes('unknown');
    });
}

/**
 * Each draft of the intent: the order, its units and companions (ACT-4), each once. Where one side decides, the order
 * for the other goes with it, and whoever accepts is told.
 */
function deletions(subject: Subject, { deleteDescription = '' }: SuggestionWords): readonly Action[] {
  const { drafts, order, words } = subject;
  const isMore = order.laterality === 'bilateral' && decidingSides(subject) !== 'bilateral';
  const description = isMore ? words.phrases.removesBothSides : deleteDescription;
  return [...new Set(drafts.map(({ id }) => id).filter(isFhirId))].map((id) => ({
    ...{ type: 'delete', description, resourceId: `ServiceRequest/${id}` },
  }));
}

function creations(subject: Subject, words: Suggested, values: Values): readonly Action[] {
  if (!words.order) return [];
  const resource: JsonObject = proposedOrder(subject, words.order, {
    text: fill(words.order.text, values),
    withSite: words.withoutSite !== true,
    siteCodes: subject.orderCodes?.get(words.id) ?? [],
  });
  return [{ type: 'create', description: fill(words.createDescription ?? words.label, values), resource }];
}
