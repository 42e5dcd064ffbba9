import type { OrderEvaluation, Step } from './evaluation.js';
import type { Draft } from './draft.js';
import type { Evidence, SomeEvidence } from './evidence.js';

const TYPE_AND_ID = /^[A-Za-z]+\/[A-Za-z0-9\-.]{1,64}$/;

/**
 * An order's evaluation without evidence that nobody could find: readers were promised that it is `Type/id`, and a
 * draft without an id has none. What needs evidence goes with it; a red flag is told beside the others.
 */
export function citableOnly(order: OrderEvaluation): OrderEvaluation {
  const { redFlags = [], interventions = [], considerations } = order;
  const sent: Draft<OrderEvaluation> = { ...order, steps: order.steps.map(citableStep) };
  if (considerations) sent.considerations = considerations.map(withCitable);
  const told = citable(interventions);
  if (told.length > 0) sent.interventions = told;
  else delete sent.interventions;
  const flags = citable(redFlags);
  if (flags.length > 0) sent.redFlags = flags;
  else delete sent.redFlags;
  const ofDraft = redFlags.filter((flag) => !isShown(flag)).map(({ id }) => id);
  if (ofDraft.length > 0) sent.redFlagsOfDraft = ofDraft;
  return sent;
}

const isCitable = ({ reference }: Evidence): boolean => TYPE_AND_ID.test(reference);

const isShown = ({ evidence }: { readonly evidence: SomeEvidence }): boolean => evidence.some(isCitable);

/** Those that something shows which can be found, with that alone. */
function citable<T extends { readonly evidence: SomeEvidence }>(all: readonly T[]): readonly T[] {
  return all.filter(isShown).map(withCitable);
}

/** As it is, where all of its evidence can be found. */
function withCitable<T extends { readonly evidence?: SomeEvidence }>(one: T): T {
  const { evidence, ...bare } = one;
  if (evidence === undefined || evidence.every(isCitable)) return one;
  const [first, ...more] = evidence.filter(isCitable);
  return (first ? { ...one, evidence: [first, ...more] } : bare) as T;
}

function citableStep(step: Step): Step {
  const whole = withCitable(step);
  const { notCounted, ...bare } = whole;
  if (notCounted === undefined) return whole;
  const cited = notCounted.filter(({ evidence }) => isCitable(evidence));
  return cited.length > 0 ? { ...whole, notCounted: cited } : bare;
}
