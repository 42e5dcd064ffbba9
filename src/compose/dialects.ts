import { EPIC_CARDS, STANDARD_CARDS, type CardDialect } from '../cards/dialect.js';
import type { ClientPolicy } from '../fhir/retriever.types.js';
import type { Dialect } from '../http/trust/trusted-client.types.js';

/** How one make of EHR is read, and how it is answered. */
export interface DialectProfile {
  readonly reading: Pick<ClientPolicy, 'profile' | 'foreignKeys'>;
  readonly cards: CardDialect;
}

/** The dialects a trusted client may be given. All that differs between them is said here, or in what is named here. */
export const DIALECT_PROFILES: Readonly<Record<Dialect, DialectProfile>> = {
  // How its server wants to be asked is learnt from the server itself.
  standard: { reading: {}, cards: STANDARD_CARDS },
  // Does not read discovery: its analysts type prefetch in, under keys of their own.
  epic: { reading: { profile: 'epic', foreignKeys: true }, cards: EPIC_CARDS },
  oracle: { reading: { profile: 'oracle' }, cards: STANDARD_CARDS },
};
