import type { InterventionDetail, TextInterventionKind, TextRelief } from '../reading.js';
import { detailOf, type InterventionEvent } from './merge.js';
import { ABLATIONS } from './procedure-kinds.js';
import { fitted, joinedAcrossSides } from './relief-sides.js';
import { spanOf, type ClinicSentence } from './sentence.js';
import { drugIn, techniqueIn } from './technique.js';
import { reliefAimedAt } from './unchanged-pain.js';

/** Sections of a procedure note that tell of other times. */
export const OTHER_TIMES: ReadonlySet<string> = new Set([
  'indication',
  'past-history',
  'plan',
  'family-history',
  'risks',
]);

/** What the note of one procedure says of it without naming it: how it was done, and what it brought. */
export class OwnNote {
  private readonly about: TextInterventionKind | undefined;
  private said: Partial<InterventionDetail> = {};

  constructor(about: TextInterventionKind | undefined) {
    this.about = about;
  }

  /** A sentence, and the procedures it names; where it names another, it does not speak of this one. */
  add(sentence: ClinicSentence, events: readonly InterventionEvent[]): void {
    const { about, said } = this;
    const { first, end, section } = sentence.placed;
    const ofOther = events.some(({ kind, status }) => kind !== about || status === 'planned');
    if (about === undefined || OTHER_TIMES.has(section) || ofOther) return;
    const technique = ABLATIONS.has(about) ? techniqueIn(sentence, first, end) : undefined;
    const drug = ABLATIONS.has(about) ? undefined : drugIn(sentence, first, end);
    this.said = {
      ...(technique !== undefined && { technique }),
      ...said,
      ...(drug !== undefined && { drug: said.drug === 'steroid' ? 'steroid' : drug }),
    };
  }

  relieved(relief: TextRelief): void {
    const { relief: before } = this.said;
    this.said = { ...this.said, relief: joinedAcrossSides(before, relief) ?? before ?? relief };
  }

  stopped(sentence: ClinicSentence): void {
    const { first, end } = sentence.placed;
    this.said = { endedAt: spanOf(sentence, first, end - 1), ...this.said, notCarriedThrough: true };
  }

  /** @param own tellings of this procedure by its name, in order */
  detail(own: readonly InterventionEvent[]): InterventionDetail {
    const told = own.reduceRight<Partial<InterventionDetail>>(
      (sum, event) => ({ ...sum, ...detailOf(event) }),
      {},
    );
    const stopped = own.find(({ status }) => status === 'stopped');
    const relief = told.relief ?? this.said.relief;
    return {
      ...told,
      ...this.said,
      ...(relief !== undefined && { relief: fitted(reliefAimedAt(this.about, relief), told.laterality) }),
      ...(stopped && {
        notCarriedThrough: true,
        endedAt: this.said.endedAt ?? { start: stopped.start, end: stopped.end },
      }),
      levels: [...new Set(own.flatMap(({ levels }) => levels))],
    };
  }
}
