import type { JsonObject } from '../../cds-hooks/hook-request.types.js';
import { changedLater, heldAt, type LastUpdated } from './held.js';
import { datesOf } from './resource-dates.js';
import { takenBack } from './taken-back.js';
import type { When } from './when.js';

/** Everything the export holds of one patient: by `Type/id`, every version of it. */
export type Versions = ReadonlyMap<string, readonly JsonObject[]>;

export interface ChartAt {
  /** By `Type/id`: the version the chart held. */
  readonly resources: ReadonlyMap<string, JsonObject>;
  readonly leftOut: { readonly later: number; readonly undated: number };
  /** Of those held, how many were changed after the moment. */
  readonly changedLater: number;
}

/** What a chart held at a moment. Of several versions of one resource the latest that it held then. */
export function chartAt(versions: Versions, moment: When, lastUpdated: LastUpdated): ChartAt {
  const resources = new Map<string, JsonObject>();
  const leftOut = { later: 0, undated: 0 };
  let changed = 0;
  for (const [reference, all] of versions) {
    const states = all.map((version) => heldAt(version, moment, lastUpdated));
    const held = all.filter((_, index) => states[index] === 'held').toSorted(byVersion);
    const latest = held.at(-1);
    if (!latest) leftOut[states.includes('later') ? 'later' : 'undated'] += 1;
    else {
      resources.set(reference, takenBack(latest, moment));
      if (changedLater(latest, moment)) changed += 1;
    }
  }
  return { resources, leftOut, changedLater: changed };
}

/** By the time of change, the number of the version, and at last the text: which file came first must not show. */
function byVersion(a: JsonObject, b: JsonObject): number {
  const changed = (one: JsonObject) => datesOf(one).changed;
  const [at, bt] = [changed(a), changed(b)];
  return (
    (at?.instant ?? 0) - (bt?.instant ?? 0) ||
    versionOf(a) - versionOf(b) ||
    (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)
  );
}

function versionOf({ meta }: JsonObject): number {
  const { versionId } = (meta ?? {}) as { readonly versionId?: unknown };
  return Number(versionId) || 0;
}
