import { exclude, emptyCollection, moveAll, type Collected } from './collected.js';
import type { Chart, ChartResource } from './chart.js';
import type { MappingContext } from './mapper.js';
import { wellFormed } from './well-formed.js';

/** What the mappers need beside the chart. */
export type MappingTools = Omit<MappingContext, 'collected' | 'draftOrderIds' | 'whose'>;

/** Beside what was collected, `quoted`: findings that notes quote from imaging. */
export type Context = MappingContext & { readonly quoted: Collected };

/** Each resource is read into `trial`, which is empty before and after: what is given there is moved, or dropped. */
export type GuardedContext = Context & {
  readonly trial: Context;
  /** `Type/id` of resources that could not be read, and the kinds of those that could not be told whose they are. */
  readonly unread: Set<string>;
};

function newContext(chart: Chart, tools: MappingTools): Context {
  const collections = { collected: emptyCollection(), quoted: emptyCollection() };
  return { ...tools, ...collections, draftOrderIds: chart.draftOrderIds, whose: chart };
}

/** What nothing was read into yet. */
export function newGuardedContext(chart: Chart, tools: MappingTools): GuardedContext {
  return { ...newContext(chart, tools), trial: newContext(chart, tools), unread: new Set<string>() };
}

/**
 * A resource that breaks FHIR (a note that is no list, a code that is a string) must not end the call: it is read
 * again without what breaks it, else set aside. Nothing of a failed reading stays.
 */
export function guarded<R extends ChartResource, T>(
  resource: R,
  reference: string,
  context: GuardedContext,
  map: (resource: R, context: Context) => T,
): T | undefined {
  try {
    return tryToRead(resource, context, map);
  } catch {
    drop(context.trial);
  }
  try {
    return tryToRead(wellFormed(resource), context, map);
  } catch {
    drop(context.trial);
  }
  exclude(context.collected, reference, 'unreadable');
  context.unread.add(reference);
  return undefined;
}

function tryToRead<R, T>(resource: R, context: GuardedContext, map: (resource: R, context: Context) => T): T {
  const { trial } = context;
  const result = map(resource, trial);
  moveAll(trial.collected, context.collected);
  moveAll(trial.quoted, context.quoted);
  return result;
}

function drop({ collected, quoted }: Context): void {
  moveAll(collected, emptyCollection());
  moveAll(quoted, emptyCollection());
}
