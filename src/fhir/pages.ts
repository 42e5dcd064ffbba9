import type { Resource } from 'fhir/r4.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { missingOf } from './failure.js';
import { resolveUnder } from './fhir-base.js';
import type { Gathering } from './gathering.js';
import type { MissingReason, Retrieval } from './retrieval.js';
import { readPage, type Page } from './searchset.js';
import type { Session } from './session.js';

/** True for a Bundle, whatever else it holds. */
export function isBundle(answer: Resource): answer is Resource & JsonObject {
  return answer.resourceType === 'Bundle' && isJsonObject(answer);
}

/**
 * Takes a page from the server in. It may hold thousands: it is parsed, read, taken in and, by whoever goes on, put in
 * order, each in a turn of the event loop of its own.
 */
export async function takePage(bundle: JsonObject, type: string, gathering: Gathering): Promise<Page> {
  await nextTurn();
  const page = readPage(bundle, type, 'server-error');
  await nextTurn();
  gathering.take(page, 'fhir-server');
  await nextTurn();
  return page;
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Where a search stands: what it has, and how it goes on. */
export interface Progress {
  readonly type: string;
  readonly gathering: Gathering;
  /** The next link as it was sent. */
  readonly next: string | undefined;
  /** The page that held it; none for a page that came as prefetch. */
  readonly page: URL | undefined;
}

/**
 * Follows next links, as they were sent, until there is none, a limit is met, or one fails or leads astray: outside
 * the server's base, or back to a page already read. What came until then is kept.
 */
export async function followPages(session: Session, progress: Progress): Promise<Retrieval> {
  const { type, gathering } = progress;
  const visited = new Set(progress.page && [progress.page.href]);
  let { next, page } = progress;
  while (next !== undefined) {
    if (gathering.pages >= session.limits.pages) return gathering.end('too-large');
    const url =
      next === '' ? undefined : resolveUnder(session.base, next, { page, aliases: session.aliases });
    if (!url || visited.has(url.href)) return gathering.end('next-page-not-followed');
    visited.add(url.href);
    const taken = await takeNext(session, { type, gathering, url });
    if (typeof taken === 'string') return gathering.end(taken);
    [next, page] = [taken.next, url];
  }
  return gathering.end(undefined);
}

interface Step {
  readonly type: string;
  readonly gathering: Gathering;
  readonly url: URL;
}

async function takeNext(session: Session, { type, gathering, url }: Step): Promise<Page | MissingReason> {
  const exchange = await session.readResource({ url, budget: gathering.budget });
  if (exchange.kind === 'failure') return missingOf(exchange);
  if (!isBundle(exchange.answer)) return 'server-error';
  if (exchange.partial) gathering.miss('server-error');
  return takePage(exchange.answer, type, gathering);
}
