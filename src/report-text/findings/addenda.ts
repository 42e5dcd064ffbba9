/** What opens the part of a report that was added later. */
const ADDENDUM = /\b(?:addend(?:um|a)|corrigendum|erratum)\b|\bcorrection ?:/iu;
/** Few texts have one: looking for a few plain strings tells that sooner. */
const HINTS = ['ddend', 'DDEND', 'orrection', 'ORRECTION', 'orrigend', 'ORRIGEND', 'rratum', 'RRATUM'];
/** A line with which the report itself begins again, where the addendum stands above it. */
const REPORT =
  /\n[ \t]*(?:original(?: (?:report|text))?|report|findings|technique|indication|history|exam(?:ination)?|procedure|impression|body of report)\b[^\n:]{0,30}:/iu;

/** The part of a report that was added later: behind it, or above it up to where it begins; `to` excluded. */
export interface Addendum {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export function addendumIn(text: string): Addendum | undefined {
  if (!HINTS.some((hint) => text.includes(hint))) return undefined;
  const from = text.search(ADDENDUM);
  if (from < 0) return undefined;
  const end = REPORT.exec(text.slice(from))?.index;
  const to = end === undefined ? text.length : from + end;
  return { from, to, text: text.slice(from, to) };
}

/** Whether an addendum says something itself, and does not stand in the report. */
export function standsIn({ from, to }: Addendum, { start }: { readonly start: number }): boolean {
  return start >= from && start < to;
}
