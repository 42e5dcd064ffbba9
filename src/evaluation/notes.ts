import type { Question } from './criterion.js';
import { isWithin } from './dates.js';
import type { Evidence } from './evidence.js';
import type { InterventionFact } from './facts.js';
import type { Note } from './evaluation.js';
import type { NoteDefinition } from './policy.js';
import { covers, sidesOf } from './sides.js';

interface WithEvidence {
  readonly evidence: readonly Evidence[];
}

/** Things to mind that change no step. */
export function notes(question: Question, definitions: readonly NoteDefinition[]): readonly Note[] {
  return definitions.flatMap((definition) => {
    const evidence = distinct(sources(question, definition).flatMap((fact) => fact.evidence));
    const [first, ...more] = evidence;
    if (first) return [{ id: definition.id, evidence: [first, ...more] }];
    return definition.orderWithoutCode && question.order.recognisedBy === 'text'
      ? [{ id: definition.id }]
      : [];
  });
}

function sources(question: Question, definition: NoteDefinition): readonly WithEvidence[] {
  const { lookback } = definition;
  const isOfNow = ({ date }: { readonly date?: string }) =>
    lookback === undefined || isWithin(date, lookback, question.asOf);
  return [
    ...datedSources(question, definition).filter(isOfNow),
    ...question.facts.medications.filter(
      ({ concepts, current }) => current && has(definition.medications, concepts),
    ),
    ...(definition.records ? question.facts.recordNotes.filter(({ id }) => id === definition.id) : []),
  ];
}

function has(wanted: readonly string[] | undefined, concepts: readonly string[]): boolean {
  return wanted !== undefined && concepts.some((id) => wanted.includes(id));
}

function datedSources(
  question: Question,
  definition: NoteDefinition,
): readonly (WithEvidence & { readonly date?: string })[] {
  const { facts } = question;
  return [
    ...facts.conditions.filter(({ concepts }) => has(definition.conditions, concepts)),
    ...facts.statements.filter(({ id }) => has(definition.statements, [id])),
    ...procedures(question, definition),
    ...facts.provocation.filter(
      ({ test, result }) => result === 'positive' && has(definition.provocation, [test]),
    ),
  ];
}

function procedures(
  { facts, order }: Question,
  { procedures: wanted }: NoteDefinition,
): readonly InterventionFact[] {
  if (!wanted) return [];
  const sides = sidesOf(order.laterality);
  return facts.interventions.filter(
    (fact) =>
      wanted.kinds.includes(fact.kind) &&
      fact.status === wanted.status &&
      !fact.contradictedByText &&
      (!wanted.onOrderedSide || sides.length === 0 || sides.some((side) => covers(fact.laterality, side))),
  );
}

function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const known = new Set<string>();
  return evidence.filter(({ reference }) => !known.has(reference) && known.add(reference));
}
