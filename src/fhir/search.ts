import type { PrefetchQuery } from '../cds-hooks/prefetch-template.js';
import type { Resource } from 'fhir/r4.js';
import type { Answered } from './ehr-client.js';
import { missingOf } from './failure.js';
import { Gathering } from './gathering.js';
import { meaningOf } from './operation-outcome.js';
import { followPages, isBundle, takePage } from './pages.js';
import { mend, queryUrl, type FittedQuery } from './query-mending.js';
import type { Retrieval } from './retrieval.js';
import { NOTHING_THERE } from './searchset.js';
import type { Session } from './session.js';

/** Asks what the client would have asked for a prefetch key, and follows its pages. Never throws. */
export async function ask(session: Session, query: PrefetchQuery): Promise<Retrieval> {
  const gathering = new Gathering(session.budget.part(session.limits.answerBytes));
  return query.id === undefined ? search(session, query, gathering) : read(session, query, gathering);
}

async function read(
  session: Session,
  { type, path }: PrefetchQuery,
  gathering: Gathering,
): Promise<Retrieval> {
  const exchange = await session.readResource({ url: session.base.join(path), budget: gathering.budget });
  if (exchange.kind === 'answer') return readAnswer(exchange, type, gathering);
  // FR-2: gone or never there is an answer to a read; to a search it is none.
  if (exchange.status !== 404 && exchange.status !== 410) return gathering.end(missingOf(exchange));
  gathering.take(NOTHING_THERE, 'fhir-server');
  return gathering.end(undefined);
}

function readAnswer({ answer, partial }: Answered<Resource>, type: string, gathering: Gathering): Retrieval {
  if (answer.resourceType === type) {
    gathering.take({ ...NOTHING_THERE, items: [answer], matches: 1 }, 'fhir-server');
    return gathering.end(partial ? 'server-error' : undefined);
  }
  return outcomeInstead(answer, gathering);
}

// An OperationOutcome in place of the answer, with status 200 (FR-2).
function outcomeInstead(answer: Resource, gathering: Gathering): Retrieval {
  if (answer.resourceType !== 'OperationOutcome') return gathering.end('server-error');
  const meaning = meaningOf(answer, 'server-error');
  if (meaning !== 'no-results')
    return gathering.end(typeof meaning === 'object' ? meaning.missing : 'server-error');
  gathering.take(NOTHING_THERE, 'fhir-server');
  return gathering.end(undefined);
}

async function search(session: Session, query: PrefetchQuery, gathering: Gathering): Promise<Retrieval> {
  const fitted = queryUrl(session, query);
  const first = await session.readResource({ url: fitted.url, budget: gathering.budget });
  if (first.kind === 'answer') return firstPage(session, query, { ...fitted, gathering, exchange: first });
  const mended = mend(session, query.type, { url: fitted.url, refusal: first });
  if (!mended) return gathering.end(missingOf(first));
  const second = await session.readResource({ url: mended.url, budget: gathering.budget });
  if (second.kind === 'failure') return gathering.end(missingOf(second));
  return firstPage(session, query, { ...mended, gathering, exchange: second });
}

// Asked for by category, where the template asks for all: what is there may be more than what was shown.
function narrowed(retrieval: Retrieval): Retrieval {
  return retrieval.status === 'complete'
    ? { ...retrieval, status: 'partial', missing: 'rejected' }
    : retrieval;
}

interface FirstPage extends FittedQuery {
  readonly gathering: Gathering;
  readonly exchange: Answered<Resource>;
}

async function firstPage(session: Session, { type }: PrefetchQuery, first: FirstPage): Promise<Retrieval> {
  const { gathering, url: page } = first;
  const { answer, partial } = first.exchange;
  if (!isBundle(answer)) return outcomeInstead(answer, gathering);
  if (partial) gathering.miss('server-error');
  const { next } = await takePage(answer, type, gathering);
  const retrieval = await followPages(session, { type, gathering, next, page });
  return first.narrowed ? narrowed(retrieval) : retrieval;
}
