import type { Card } from '../cds-hooks/card.types.js';
import type { Conflict, Note } from '../evaluation/evaluation.js';
import type { SomeEvidence } from '../evaluation/evidence.js';
import { fill } from '../evaluation/sentences.js';
import { sourceOf } from './card-parts.js';
import { codeSpan, fitSummary } from './markdown.js';
import { quote } from './quotation.js';
import { sideAdjective, type Subject } from './subject.js';

/** The third card: what does not line up, and what to mind. None where there is neither. */
export function infoCard(subject: Subject): Card | undefined {
  const { infoCard: words } = subject.words;
  const { conflicts = [], notes = [] } = subject.order;
  if (conflicts.length + notes.length === 0) return undefined;
  const topics = [
    ...conflicts.map(({ id }) => words.conflicts[id]),
    ...notes.map(({ id }) => words.notes[id]),
  ];
  return {
    summary: fitSummary(
      fill(conflicts.length > 0 ? words.summary : words.summaryNotes, { topics: topics.join(', ') }),
    ),
    indicator: words.indicator,
    detail: [...conflicts.map(conflictLine), ...notes.map((note) => noteLine(note, subject))].join('\n'),
    source: sourceOf(subject, 'what-does-not-line-up'),
  };
}

function conflictLine({ reason, evidence }: Conflict): string {
  return `- ${reason}${references(evidence)}`;
}

/** Its sentence may name the {side} of the procedures that it is about. */
function noteLine({ id, laterality, evidence }: Note, { policy }: Subject): string {
  const sentence = policy.notes.find((note) => note.id === id)?.sentence ?? id;
  return `- ${fill(sentence, { side: sideAdjective(laterality) })}${references(evidence)}`;
}

const SHOWN = 4;

/** The records it rests on, and their words where all say the same. */
function references(evidence: SomeEvidence | undefined): string {
  if (!evidence) return '';
  const distinct = [...new Set(evidence.map(({ reference }) => reference))];
  const more = distinct.length > SHOWN ? ', …' : '';
  const [words, ...others] = new Set(evidence.map(({ excerpt }) => excerpt));
  const quoted = words && others.length === 0 ? `${quote(words)} ` : '';
  return ` (${quoted}${distinct.slice(0, SHOWN).map(codeSpan).join(', ')}${more})`;
}
