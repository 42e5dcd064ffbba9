import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { datesOf } from './resource-dates.js';
import { notAfter, type When } from './when.js';

/**
 * What `meta.lastUpdated` is taken for. `fallback`: the time of recording where the resource has no element of its own
 * for that. `strict`: a resource that was changed after the moment is left out, too. `ignore`: nothing; for exports of
 * stores that were loaded later, where it is the time of loading.
 */
export type LastUpdated = 'fallback' | 'strict' | 'ignore';

/**
 * Whether a chart held a resource at a moment: `later`: dated or recorded after it, or perhaps so; `undated`: nothing
 * in it says when, so nobody can tell.
 */
export type Held = 'held' | 'later' | 'undated';

/** The rule of docs/replay.md, "What the chart held". */
export function heldAt(resource: JsonObject, moment: When, lastUpdated: LastUpdated): Held {
  // Who somebody is was known before anything was ordered.
  if (resource['resourceType'] === 'Patient') return 'held';
  const { happened, recorded, changed } = datesOf(resource);
  const known = recorded ?? (lastUpdated === 'ignore' ? undefined : changed);
  if (!known && !happened) return 'undated';
  if (lastUpdated === 'strict' && changed && notAfter(changed, moment) !== 'yes') return 'later';
  if (!known) return happened && notAfter(happened, moment) === 'yes' ? 'held' : 'later';
  if (notAfter(known, moment) !== 'yes') return 'later';
  // What was recorded before a moment began before it, also where its date says only a month or a year.
  return happened && notAfter(happened, moment) === 'no' ? 'later' : 'held';
}

/** Whether a resource that was held may have said something else then: it was changed after the moment. */
export function changedLater(resource: JsonObject, moment: When): boolean {
  const { changed } = datesOf(resource);
  return changed !== undefined && notAfter(changed, moment) !== 'yes';
}
