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
  const { asOf } = question;
  const { lookback } = definition;
  const evidence: Evidence[] = [];
  const addRecent = (fact: Shown): void => {
    if (lookback === undefined || isWithin(fact.date, lookback, asOf)) addEvidence(fact, evidence);
  };
  addTold(question, definition, addRecent);
  addProcedures(question, definition, addRecent);
  addExamined(question, definition, addRecent);
  addStanding(question, definition, (fact) => {
    addEvidence(fact, evidence);
  });
  return evidence;
}

interface Shown {
  readonly date?: string;
  readonly evidence: readonly Evidence[];
}

function addEvidence({ evidence }: Pick<Shown, 'evidence'>, to: Evidence[]): void {
  for (const one of evidence) if (!to.some(({ reference }) => reference === one.reference)) to.push(one);
}

type Add = (fact: Shown) => void;

function addTold({ facts }: Question, { conditions, statements }: NoteDefinition, add: Add): void {
  if (conditions) for (const fact of facts.conditions) if (shareOne(fact.concepts, conditions)) add(fact);
  if (statements) for (const fact of facts.statements) if (statements.includes(fact.id)) add(fact);
}

function addExamined({ facts }: Question, { provocation }: NoteDefinition, add: Add): void {
  if (!provocation) return;
  for (const fact of facts.provocation)
    if (fact.result === 'positive' && provocation.includes(fact.test)) add(fact);
}

/** What stands today, whenever it began. */
function addStanding({ facts }: Question, { id, medications, records }: NoteDefinition, add: Add): void {
  if (medications)
    for (const fact of facts.medications) if (fact.current && shareOne(fact.concepts, medications)) add(fact);
  if (records) for (const note of facts.recordNotes) if (note.id === id) add(note);
}

function addProcedures({ facts, order }: Question, { procedures: wanted }: NoteDefinition, add: Add): void {
  if (!wanted) return;
  const sides = sidesOf(order.laterality);
  const isOnSide = ({ laterality }: InterventionFact): boolean =>
    !wanted.onOrderedSide || sides.length === 0 || sides.some((side) => covers(laterality, side));
  for (const fact of facts.interventions)
    if (wanted.kinds.includes(fact.kind) && fact.status === wanted.status)
      if (!fact.contradictedByText && isOnSide(fact)) add(fact);
}
