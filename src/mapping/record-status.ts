/**
 * How far a report, or an Observation that holds its words, is to be trusted: `unsure` is preliminary, of unknown
 * status, or of one that FHIR does not have; `unwritten` is registered, with no result yet.
 */
export type ReportStanding = 'sure' | 'unsure' | 'unwritten' | 'entered-in-error' | 'cancelled';

/** Statuses of a report that takes the place of what was issued before it. */
export const AMENDED: ReadonlySet<string> = new Set(['amended', 'corrected', 'appended']);

/** Of a status as it was sent. A withdrawal counts however it is written; that a report is final only as FHIR says it. */
export function reportStanding(status: unknown): ReportStanding {
  if (typeof status !== 'string') return 'unsure';
  if (status === 'final' || AMENDED.has(status)) return 'sure';
  const meant = plain(status);
  if (meant === 'entered-in-error' || meant === 'cancelled') return meant;
  return meant === 'registered' ? 'unwritten' : 'unsure';
}

/** Of a note: that it is current only as FHIR says it. */
export function noteStanding(status: unknown): 'current' | 'superseded' | 'entered-in-error' | 'unsure' {
  if (status === 'current') return status;
  const meant = plain(status);
  return meant === 'superseded' || meant === 'entered-in-error' ? meant : 'unsure';
}

function plain(status: unknown): string | undefined {
  return typeof status === 'string' ? status.trim().toLowerCase() : undefined;
}
