import type { Question } from './criterion.js';
import { isWithin } from './dates.js';
import type { Evidence } from './evidence.js';
import type { InterventionFact } from './facts.js';
import type { Note } from './evaluation.js';
import { shareOne } from './grouping.js';
import type { NoteDefinition } from './policy.js';
import { covers, sidesOf } from './sides.js';

/** Things to mind that change no step. */
export function notes(question: Question, definitions: readonly NoteDefinition[]): readonly Note[] {
  const found: Note[] = [];
  for (const definition of definitions) {
    const [first, ...more] = evidenceOf(question, definition);
    if (first) found.push({ id: definition.id, evidence: [first, ...more] });
    else if (definition.orderWithoutCode && question.order.recognisedBy === 'text')
      found.push({ id: definition.id });
  }
  return found;
}

/** What shows it, each resource once; of each kind of record only what a definition asks for is looked at. */
function evidenceOf(question: Question, definition: NoteDefinition): readonly Evidence[] {
  const { facts, asOf } = question;
  const { lookback, conditions, statements, provocation, medications, records } = definition;
  const evidence: Evidence[] = [];
  const add = (fact: Shown): void => {
    if (lookback === undefined || isWithin(fact.date, lookback, asOf)) addEvidence(fact, evidence);
  };
  if (conditions) for (const fact of facts.conditions) if (shareOne(fact.concepts, conditions)) add(fact);
  if (statements) for (const fact of facts.statements) if (statements.includes(fact.id)) add(fact);
  addProcedures(question, definition, add);
  if (provocation)
    for (const fact of facts.provocation)
      if (fact.result === 'positive' && provocation.includes(fact.test)) add(fact);
  if (medications)
    for (const fact of facts.medications)
      if (fact.current && shareOne(fact.concepts, medications)) addEvidence(fact, evidence);
  if (records)
    for (const note of facts.recordNotes) if (note.id === definition.id) addEvidence(note, evidence);
  return evidence;
}

interface Shown {
  readonly date?: string;
  readonly evidence: readonly Evidence[];
}

function addEvidence({ evidence }: Pick<Shown, 'evidence'>, to: Evidence[]): void {
  for (const one of evidence) if (!to.some(({ reference }) => reference === one.reference)) to.push(one);
}

function addProcedures(
  { facts, order }: Question,
  { procedures: wanted }: NoteDefinition,
  add: (fact: Shown) => void,
): void {
  if (!wanted) return;
  const sides = sidesOf(order.laterality);
  const isOnSide = ({ laterality }: InterventionFact): boolean =>
    !wanted.onOrderedSide || sides.length === 0 || sides.some((side) => covers(laterality, side));
  for (const fact of facts.interventions)
    if (wanted.kinds.includes(fact.kind) && fact.status === wanted.status)
      if (!fact.contradictedByText && isOnSide(fact)) add(fact);
}
