import { isJsonObject } from '../cds-hooks/json.js';
import type { MissingReason } from './retrieval.js';

/** One issue of an OperationOutcome, in the parts that decide something. Never logged: texts may quote the request. */
interface Issue {
  readonly severity: string;
  /** FHIR issue type. */
  readonly code: string;
  /** Codes of details.coding: vendors' own error numbers. */
  readonly details: readonly string[];
  readonly text: string;
}

// Numbers of Epic's error table: no results (4101); application or user not authorized for part of the data (59204,
// 59205); break-the-glass (4130, 4131); a required parameter was missing (59108, 59159).
const NO_RESULTS = '4101';
const NOT_AUTHORIZED = new Set(['59204', '59205', '4130', '4131']);
const PARAMETER_REQUIRED = new Set(['59108', '59159']);

const NOT_AUTHORIZED_TYPES = new Set(['security', 'login', 'expired', 'forbidden', 'suppressed']);
const INCOMPLETE_TYPES = new Set(
  'incomplete too-costly transient lock-error no-store exception timeout throttled'.split(' '),
);

function issuesOf(outcome: unknown): readonly Issue[] {
  const issues = isJsonObject(outcome) ? outcome['issue'] : undefined;
  return Array.isArray(issues) ? issues.map(toIssue) : [];
}

function toIssue(value: unknown): Issue {
  const issue = isJsonObject(value) ? value : {};
  const details = isJsonObject(issue['details']) ? issue['details'] : {};
  const codings = Array.isArray(details['coding']) ? details['coding'] : [];
  return {
    severity: textOf(issue['severity']),
    code: textOf(issue['code']),
    details: codings.map((coding: unknown) => (isJsonObject(coding) ? textOf(coding['code']) : '')),
    text: [issue['diagnostics'], details['text'], issue['expression'], issue['location']]
      .flat()
      .map(textOf)
      .join(' '),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** What an OperationOutcome says about the answer it came with or in place of. */
export type OutcomeMeaning =
  | 'no-results'
  /** Nothing is said to be missing. */
  | 'note'
  /** A warning of a kind not known here: with data a note, in place of data a doubt. */
  | 'doubt'
  | { readonly missing: MissingReason };

/** Reads an OperationOutcome; the worst of its issues counts. `failed` is what an error among them makes missing. */
export function meaningOf(outcome: unknown, failed: MissingReason): OutcomeMeaning {
  const meanings = issuesOf(outcome).map((issue) => issueMeaning(issue, failed));
  return (
    meanings.find((meaning) => typeof meaning === 'object') ??
    (['no-results', 'doubt'] as const).find((meaning) => meanings.includes(meaning)) ??
    (meanings.length === 0 ? 'doubt' : 'note')
  );
}

function issueMeaning({ severity, code, details }: Issue, failed: MissingReason): OutcomeMeaning {
  if (details.includes(NO_RESULTS)) return 'no-results';
  if (details.some((detail) => NOT_AUTHORIZED.has(detail))) return { missing: 'not-authorized' };
  if (severity === 'information') return 'note';
  if (NOT_AUTHORIZED_TYPES.has(code)) return { missing: 'not-authorized' };
  if (code === 'not-supported' && severity !== 'warning') return { missing: 'rejected' };
  if (severity === 'error' || severity === 'fatal') return { missing: failed };
  return INCOMPLETE_TYPES.has(code) ? { missing: 'server-error' } : 'doubt';
}

/**
 * The text of a refusal, an OperationOutcome or plain words, up to where a server lists what it would have taken:
 * that list names parameters which are not at fault.
 */
export function refusalText(body: unknown): string {
  const text =
    typeof body === 'string'
      ? body
      : issuesOf(body)
          .map((issue) => issue.text)
          .join(' ');
  return (
    text
      .slice(0, 4000)
      .split(/\b(?:valid|supported|allowed) (?:search )?parameters\b[^.]{0,40}(?:are|:)/i)[0] ?? ''
  );
}

/** True when a refusal says by its code that a parameter is required. */
export function demandsParameter(body: unknown): boolean {
  return issuesOf(body).some(({ details }) => details.some((detail) => PARAMETER_REQUIRED.has(detail)));
}
