import type {
  InterventionFact,
  InterventionKind,
  PatientFacts,
  StatementFact,
  StatementId,
} from '../evaluation/facts.js';
import type { MappingContext } from './mapper.js';
import type { ReviewedDraft, ReviewedOrders } from './order.types.js';
import { excerptAround } from './references.js';
import { allOf } from '../lists.js';

/** What an order is mostly argued with: an earlier ablation that no record shows. */
const CLAIMED: readonly InterventionKind[] = ['sacral-lateral-branch-rfa'];

const STATED: ReadonlySet<StatementId> = new Set([
  'ablation-without-target',
  'rfa-declined',
  'rfa-advised-against',
  'block-declined',
  'rehabilitation-declined',
]);

/**
 * The facts with what the orders' own words say was done ("failed RFA at an outside clinic"), where no record of it
 * was read. It is the claim of the order, not evidence: whether it was carried out is not known.
 */
export function withClaimsOf(
  orders: ReviewedOrders,
  facts: PatientFacts,
  read: MappingContext['read'],
): PatientFacts {
  const wanted = CLAIMED.filter(
    (kind) => !facts.interventions.some((fact) => fact.kind === kind && fact.status === 'completed'),
  );
  const told = allOf(orders.drafts, (draft) => toldBy(draft, read));
  const statements = allOf(told, statementsOf);
  const stated =
    statements.length === 0 ? facts : { ...facts, statements: [...facts.statements, ...statements] };
  if (wanted.length === 0) return stated;
  const claims = allOf(told, (one) => claimsOf(one, wanted));
  const first = claims.filter(
    ({ kind, laterality }, index) =>
      claims.findIndex((one) => one.kind === kind && one.laterality === laterality) === index,
  );
  return first.length === 0 ? stated : { ...stated, interventions: [...facts.interventions, ...first] };
}

/** Words of an order, and what the reader reads in them. */
interface Told {
  readonly reference: string;
  readonly text: string;
  readonly reading: ReturnType<MappingContext['read']>;
}

function toldBy({ request, reference }: ReviewedDraft, read: MappingContext['read']): readonly Told[] {
  return wordsIn(request).map((text) => ({ reference, text, reading: read(text) }));
}

/** What the order says without naming a target ("failed RFA x2"), and what it says that the patient declines. */
function statementsOf({ reference, text, reading }: Told): readonly StatementFact[] {
  return reading.statements
    .filter(({ id }) => STATED.has(id))
    .map(({ id, date, ...span }) => ({
      id,
      ...(date && { eventDate: date }),
      evidence: [{ reference, excerpt: excerptAround(text, span) }],
    }));
}

function claimsOf(
  { reference, text, reading }: Told,
  wanted: readonly InterventionKind[],
): readonly InterventionFact[] {
  return reading.interventions
    .filter(({ kind, status }) => status === 'completed' && wanted.includes(kind))
    .map(({ kind, laterality, levels, ...span }): InterventionFact => {
      const evidence = [{ reference, excerpt: excerptAround(text, span) }] as const;
      return { ...{ kind, levels, status: 'unknown', evidence }, ...(laterality && { laterality }) };
    });
}

function wordsIn({ note = [], reasonCode = [] }: ReviewedDraft['request']): readonly string[] {
  return allOf([...note, ...reasonCode], ({ text }) =>
    typeof text === 'string' && text !== '' ? [text] : [],
  );
}
