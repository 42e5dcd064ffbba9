import type { Coding } from '../cds-hooks/card.types.js';
import type { OrderCodes } from '../cards/dialect.js';
import type { ConceptMap, ConceptMapGroup } from 'fhir/r4.js';
import { StartupError } from '../errors.js';
import { PROPOSED_ORDER_SYSTEM } from './canonical.js';

/** What a ConceptMap of proposed orders may say. */
export interface OrderCodeRules {
  /** Keys of the suggestions in cards.json that propose an order. */
  readonly proposed: ReadonlySet<string>;
  /** Systems by whose codes the EHR finds an order; any, where it is not known to be choosy. */
  readonly systems?: readonly string[];
}

/**
 * The codes by which a site's EHR finds what the cards propose, from the groups of its ConceptMaps whose source is
 * {@link PROPOSED_ORDER_SYSTEM}.
 *
 * @throws StartupError naming file and place: a key that proposes no order, a system that the EHR does not look at
 */
export function toOrderCodes(conceptMaps: readonly ConceptMap[], rules: OrderCodeRules): OrderCodes {
  const codes = new Map<string, readonly Coding[]>();
  for (const { id = '', group = [] } of conceptMaps) {
    for (const [index, one] of group.entries()) {
      if (one.source !== PROPOSED_ORDER_SYSTEM) continue;
      const added = codesOfGroup(one, `ConceptMap-${id}.json#/group/${index}`, rules);
      for (const [key, codings] of added) codes.set(key, [...(codes.get(key) ?? []), ...codings]);
    }
  }
  return codes;
}

function codesOfGroup(
  { target: system = '', element }: ConceptMapGroup,
  place: string,
  { proposed, systems }: OrderCodeRules,
): readonly (readonly [string, readonly Coding[]])[] {
  if (systems && !systems.includes(system))
    throw new StartupError(`${place}/target`, `has to be one of ${systems.join(', ')}`);
  return element.map(({ code: key = '', target = [] }, index) => {
    if (!proposed.has(key))
      throw new StartupError(
        `${place}/element/${index}/code`,
        `has to be one of ${[...proposed].join(', ')}`,
      );
    const mapped = target.filter(
      ({ equivalence }) => equivalence !== 'unmatched' && equivalence !== 'disjoint',
    );
    return [
      key,
      mapped.flatMap(({ code, display }) => (code ? [{ system, code, ...(display && { display }) }] : [])),
    ] as const;
  });
}
