import type { Condition } from 'fhir/r4.js';
import { validDate } from './references.js';

const NOT_LIVE: ReadonlySet<string> = new Set(['resolved', 'inactive', 'remission']);

const STATUS_SYSTEM = /\/condition-(?:clinical|ver-status)$/;
const STATUSES: ReadonlySet<string> = new Set([
  ...NOT_LIVE,
  ...['active', 'recurrence', 'relapse', 'unconfirmed', 'provisional', 'differential', 'confirmed'],
  ...['refuted', 'entered-in-error'],
]);

/** HL7's code, wherever it stands among others' (a vendor's own comes first); else the code or the words that say one. */
function codeOf(status: Condition['clinicalStatus']): string | undefined {
  const codings = status?.coding ?? [];
  const [first] = codings;
  const alone = STATUS_SYSTEM.test(first?.system ?? '') ? plain(first?.code) : undefined;
  if (alone !== undefined && STATUSES.has(alone)) return alone;
  const ofSystem = codings.filter(({ system }) => STATUS_SYSTEM.test(system ?? ''));
  const codes = [...ofSystem, ...codings].map(({ code }) => plain(code));
  const words = [status?.text, ...codings.map(({ display }) => display)].map(plain);
  const known = [...codes, ...words].find((said) => said !== undefined && STATUSES.has(said));
  return known ?? [...codes, ...words].find((said) => said !== undefined);
}

function plain(said: unknown): string | undefined {
  if (typeof said !== 'string') return undefined;
  return STATUSES.has(said) ? said : said.trim().toLowerCase().replace(/\s+/g, '-');
}

export function clinicalStatusOf({ clinicalStatus }: Condition): string | undefined {
  return codeOf(clinicalStatus);
}

export function verificationOf({ verificationStatus }: Condition): string | undefined {
  return codeOf(verificationStatus);
}

/** Whether a disease is not live any more: by its status; without one, by an end of which no day is told. */
export function isOver(condition: Condition): boolean {
  const status = clinicalStatusOf(condition);
  if (status !== undefined) return NOT_LIVE.has(status);
  if (endWithoutStatus(condition) !== undefined) return false;
  return [
    condition.abatementDateTime,
    condition.abatementPeriod,
    condition.abatementString,
    condition.abatementAge,
  ].some((abatement) => abatement !== undefined);
}

/** FHIR date of the end of a disease of which no status says whether it is over: that is for the day it is judged at. */
export function endWithoutStatus(condition: Condition): string | undefined {
  if (clinicalStatusOf(condition) !== undefined) return undefined;
  const { abatementDateTime, abatementPeriod } = condition;
  return validDate(abatementDateTime ?? abatementPeriod?.end ?? abatementPeriod?.start);
}
