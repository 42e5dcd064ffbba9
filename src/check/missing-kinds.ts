import type { Json } from '../cds-hooks/hook-request.types.js';
import { listOf, memberOf, textOf } from '../cds-hooks/members.js';

/** Kinds of data that a reviewed answer says it had not wholly, as in `extension["stepwise-cds.evaluation"]`. */
export function missingKinds(evaluation: Json | undefined): readonly string[] {
  return listOf(evaluation, 'data')
    .filter((kind) => memberOf(kind, 'state') !== 'complete')
    .map((kind) => textOf(kind, 'kind'));
}
