import type { DocumentReference, Procedure } from 'fhir/r4.js';
import type { InterventionKind, InterventionStatus } from '../evaluation/facts.js';
import type { Collected, ToldIntervention } from './collected.js';
import { evidenceOf } from './evidence.js';
import { ownReference, sentenceAround, type Whose } from './references.js';
import { detailOf, evidenceOfSentence, perSide, withScores, type ReadText } from './text-facts.js';
import { allOf } from '../lists.js';

/** The Procedure that a report or note belongs to. */
export interface LinkedProcedure {
  readonly reference: string;
  readonly kind: InterventionKind;
  readonly status: InterventionStatus;
  readonly date?: string;
}

/**
 * By `Type/id` of the report or note: Procedure.report, and DocumentReference.context.related. One that was entered in
 * error takes no report from another.
 */
export function linksOf(
  procedures: readonly (LinkedProcedure & { readonly resource: Procedure })[],
  documents: readonly DocumentReference[],
  whose: Whose,
): ReadonlyMap<string, LinkedProcedure> {
  const byReference = new Map(procedures.map((procedure) => [procedure.reference, procedure]));
  const isMistake = ({ status }: LinkedProcedure) => status === 'entered-in-error';
  const links = new Map<string, LinkedProcedure>();
  for (const procedure of [...procedures.filter(isMistake), ...procedures.filter((one) => !isMistake(one))]) {
    for (const report of procedure.resource.report ?? []) {
      const reference = ownReference(report, whose);
      if (reference) links.set(reference, procedure);
    }
  }
  for (const document of documents) {
    const related = allOf(
      document.context?.related ?? [],
      (reference) => byReference.get(ownReference(reference, whose) ?? '') ?? [],
    );
    const procedure = related.find((one) => !isMistake(one)) ?? related[0];
    if (procedure) links.set(`DocumentReference/${document.id ?? ''}`, procedure);
  }
  return links;
}

/** What the text says of the procedure it belongs to, as another telling of that event. */
export function addOwnDetail(collected: Collected, source: ReadText, linked: LinkedProcedure): void {
  const own = source.reading.about;
  const isCarriedOut = linked.status === 'completed' || linked.status === 'unknown';
  const isEnded = linked.status === 'stopped' && own?.endedAt !== undefined;
  if (!own || !(isCarriedOut || isEnded)) return;
  // Of one that was stopped only why is taken.
  const telling = isEnded ? own.endedAt : (own.relief ?? own.endedAt);
  const words = telling && sentenceAround(source.text, telling.start, telling.end);
  const fact: ToldIntervention = {
    kind: linked.kind,
    status: linked.status,
    ...(linked.date && { date: linked.date }),
    ...(isEnded ? { levels: [] } : detailOf(own)),
    ...(source.preliminary && { preliminary: true }),
    ...(linked.reference === source.reference
      ? { toldBy: 'record' as const }
      : { toldBy: 'text' as const, about: linked.reference }),
    evidence: withScores(
      words
        ? evidenceOfSentence(source, words, source.date)
        : evidenceOf(source.reference, source.date, undefined),
      isEnded ? undefined : own.relief,
    ),
  };
  collected.interventions.push(...perSide(fact, isEnded ? undefined : own.relief));
}
