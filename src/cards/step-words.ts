import type { Assessment } from '../evaluation/evaluate.js';
import type { Step } from '../evaluation/evaluation.js';
import { fill } from '../evaluation/sentences.js';
import type { Words } from './words.js';

/** The state of a step in a word or two: that of its answer where it has one, else that of its state. */
export function stateWord({ id, state, because, attempts }: Step, { states }: Words): string {
  const word = states[id].answers?.[because] ?? states[id][state];
  return fill(word, { counted: attempts?.counted ?? 0 });
}

/** The assessment with the state of each step in the words of the cards, for pages that show the steps beside them. */
export function withStateWords(assessment: Assessment, words: Words): Assessment {
  const { evaluation } = assessment;
  const orders = evaluation.orders.map((order) => ({
    ...order,
    steps: order.steps.map((step) => ({ ...step, label: stateWord(step, words) })),
  }));
  return { ...assessment, evaluation: { ...evaluation, orders } };
}
