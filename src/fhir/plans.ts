import { followPages } from './pages.js';
import type { Plan } from './prefetched.js';
import type { Retrieval } from './retrieval.js';
import { ask } from './search.js';
import type { Session } from './session.js';

/** True when nothing is left to do for it. */
export function isDone(plan: Plan): boolean {
  return plan.kind === 'done';
}

/** True when a FHIR server could do something for it. */
export function needsServer(plan: Plan): boolean {
  return plan.kind === 'continue' || (plan.kind === 'ask' && plan.query !== undefined);
}

/**
 * Carries a key's plan out. Never throws.
 *
 * @param asked the call's questions so far, by query: two keys with one template are asked once
 */
export async function carryOut(
  plan: Plan,
  session: Session | undefined,
  asked: Map<string, Promise<Retrieval>>,
): Promise<Retrieval> {
  if (plan.kind === 'done') return plan.retrieval;
  if (plan.kind === 'ask') return askOrFallBack(plan, session, asked);
  const { gathering } = plan;
  return session
    ? followPages(session, { ...plan, page: undefined })
    : gathering.end('next-page-not-followed');
}

async function askOrFallBack(
  { query, fallback, trusted }: Extract<Plan, { kind: 'ask' }>,
  session: Session | undefined,
  asked: Map<string, Promise<Retrieval>>,
): Promise<Retrieval> {
  if (fallback && trusted && !session) return fallback.end(undefined);
  const answer = await (session && query ? askOnce(session, query, asked) : cannotAsk(query));
  return answer.status === 'unavailable' && fallback ? fallback.end(answer.missing) : answer;
}

type Query = Parameters<typeof ask>[1];

function askOnce(session: Session, query: Query, asked: Map<string, Promise<Retrieval>>): Promise<Retrieval> {
  const answer = asked.get(query.path) ?? ask(session, query);
  asked.set(query.path, answer);
  return answer;
}

// A query without a value for its token is none, whatever server there is.
function cannotAsk(query: Query | undefined): Retrieval {
  return { status: 'unavailable', missing: query ? 'no-server' : 'rejected' };
}
