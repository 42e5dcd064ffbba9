import type { OverrideReason, Source } from '../cds-hooks/card.types.js';
import type { Subject } from './subject.js';

const TOPIC_SYSTEM = 'https://stepwise-cds.example/fhir/CodeSystem/card-topic';

/** The source, with a topic code that stays the same for the same advice: EHRs remember overrides by it. */
export function sourceOf({ words, policy }: Subject, topic: string): Source {
  const { label, url, topicPrefix } = words.source;
  return {
    label,
    ...(url && { url }),
    topic: { system: TOPIC_SYSTEM, code: `${topicPrefix}.${topic}`, display: policy.title },
  };
}

/** Override reasons by the codes of cards.json (CARD-7, COD-1). */
export function overrideReasons({ words }: Subject, codes: readonly string[]): readonly OverrideReason[] {
  const { system, displays } = words.overrideReasons;
  return codes.map((code) => ({ system, code, display: displays[code] ?? code }));
}
