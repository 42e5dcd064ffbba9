import type { Card } from '../cds-hooks/card.types.js';
import { generatorsCard } from './generators-card.js';
import { infoCard } from './info-card.js';
import { pathwayCard } from './pathway-card.js';
import type { Subject } from './subject.js';

export { withStateWords } from './step-words.js';

/**
 * At most three cards, the most pressing first: the decision with its evidence, other pain generators, and what does
 * not line up. A red flag stands alone with what has to be minded; other generators would distract from it.
 */
export function toCards(subject: Subject): readonly Card[] {
  const urgent = subject.order.decision === 'urgent-evaluation';
  const cards = [pathwayCard(subject), urgent ? undefined : generatorsCard(subject), infoCard(subject)];
  return cards.filter((card) => card !== undefined);
}
