import type { Question } from './criterion.js';
import { isWithin } from './dates.js';
import type { Evidence } from './evidence.js';
import type { InterventionFact } from './facts.js';
import type { Note } from './evaluation.js';
import { shareOne } from './grouping.js';
import type { NoteDefinition } from './policy.js';
import { covers, joinAll, shareSide, sidesOf } from './sides.js';

/** Things to mind that change no step. */
export function notes(question: Question, definitions: readonly NoteDefinition[]): readonly Note[] {
  const found: Note[] = [];
  for (const definition of definitions) {
    const { id, orderWithoutCode } = definition;
    const procedures = proceduresOf(question, definition);
    const [first, ...more] = evidenceOf(question, definition, procedures);
    if (first) found.push({ id, ...sidesTold(procedures), evidence: [first, ...more] });
    else if (orderWithoutCode && question.order.recognisedBy === 'text') found.push({ id });
  }
  return found;
}

function sidesTold(procedures: readonly InterventionFact[]): Pick<Note, 'laterality' | 'sideNotTold'> {
  const sides = procedures.map(({ laterality }) => laterality);
  const laterality = joinAll(sides);
  return { ...(laterality && { laterality }), ...(sides.includes(undefined) && { sideNotTold: true }) };
}

/** What shows it, each resource once; of each kind of record only what a definition asks for is looked at. */
function evidenceOf(
  question: Question,
  definition: NoteDefinition,
  procedures: readonly InterventionFact[],
): readonly Evidence[] {
  const evidence: Evidence[] = [];
  const add = (fact: Shown): void => {
    addEvidence(fact, evidence);
  };
  const addRecent = (fact: Shown): void => {
    if (isRecent(fact, question, definition)) add(fact);
  };
  addTold(question, definition, addRecent);
  for (const fact of procedures) add(fact);
  addExamined(question, definition, addRecent);
  addStanding(question, definition, add);
  return evidence;
}

function isRecent({ date }: Shown, { asOf }: Question, { lookback }: NoteDefinition): boolean {
  return lookback === undefined || isWithin(date, lookback, asOf);
}

interface Shown {
  readonly date?: string;
  readonly evidence: readonly Evidence[];
}

function addEvidence({ evidence }: Pick<Shown, 'evidence'>, to: Evidence[]): void {
  for (const one of evidence) if (!to.some(({ reference }) => reference === one.reference)) to.push(one);
}

type Add = (fact: Shown) => void;

function addTold({ facts, order }: Question, { conditions, statements }: NoteDefinition, add: Add): void {
  if (conditions) for (const fact of facts.conditions) if (shareOne(fact.concepts, conditions)) add(fact);
  if (statements)
    for (const fact of facts.statements)
      if (statements.includes(fact.id) && shareSide(fact.laterality, order.laterality)) add(fact);
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

function proceduresOf(question: Question, definition: NoteDefinition): readonly InterventionFact[] {
  const { procedures: wanted } = definition;
  if (!wanted) return [];
  const sides = sidesOf(question.order.laterality);
  const isOnSide = ({ laterality }: InterventionFact): boolean =>
    !wanted.onOrderedSide || sides.length === 0 || sides.some((side) => covers(laterality, side));
  return question.facts.interventions.filter(
    (fact) =>
      wanted.kinds.includes(fact.kind) &&
      fact.status === wanted.status &&
      !fact.contradictedByText &&
      isOnSide(fact) &&
      isRecent(fact, question, definition),
  );
}
