import { CdsError, type CdsErrorCode } from '../errors.js';
import { jsonAnswer, type Answer } from './answer.js';

/** FHIR R4 OperationOutcome, as far as this service sends it (ERR-1). */
export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  readonly issue: readonly [
    {
      readonly severity: 'error';
      readonly code: string;
      readonly details: { readonly text: string };
      readonly expression?: readonly [string];
    },
  ];
}

/** FHIR IssueType per error; a new code without one does not compile. */
const ISSUE_TYPE = {
  ERR_BODY_NOT_JSON: 'structure',
  ERR_HOOK_REQUEST_INVALID: 'invalid',
  ERR_HOOK_NOT_SERVED: 'not-supported',
  ERR_COVERAGE_REFUSED: 'business-rule',
  ERR_FHIR_SERVER_REFUSED: 'security',
  ERR_FEEDBACK_INVALID: 'invalid',
  ERR_CLIENT_UNTRUSTED: 'login',
  ERR_SERVICE_UNKNOWN: 'not-found',
  ERR_METHOD_NOT_ALLOWED: 'not-supported',
  ERR_FHIR_DATA_UNAVAILABLE: 'incomplete',
  ERR_BODY_TOO_LARGE: 'too-long',
  ERR_MEDIA_TYPE_UNSUPPORTED: 'not-supported',
  ERR_HOOK_REQUEST_UNPROCESSABLE: 'invalid',
  ERR_CRD_VERSION_UNSUPPORTED: 'not-supported',
  ERR_TOO_MANY_REQUESTS: 'throttled',
  ERR_INTERNAL: 'exception',
  ERR_OVERLOADED: 'transient',
} as const satisfies Record<CdsErrorCode, string>;

// What these say is not the caller's business: why a token was refused (JWT-11), which rule of ours was broken (ERR-2).
const TEXT_OF_SILENT_CODES: Partial<Record<CdsErrorCode, string>> = {
  ERR_CLIENT_UNTRUSTED: 'Not authenticated.',
  ERR_INTERNAL: 'The service failed; the order may be signed without its advice.',
};

const HEADERS_OF_CODES: Partial<Record<CdsErrorCode, Readonly<Record<string, string>>>> = {
  ERR_CLIENT_UNTRUSTED: { 'www-authenticate': 'Bearer' },
  ERR_TOO_MANY_REQUESTS: { 'retry-after': '1' },
  ERR_OVERLOADED: { 'retry-after': '1' },
};

/** Anything thrown, as the one error class; what is not a CdsError is a fault of ours. */
export function toCdsError(thrown: unknown): CdsError {
  return thrown instanceof CdsError ? thrown : new CdsError('ERR_INTERNAL', 'unexpected error');
}

/** The answer for an error: its status, an OperationOutcome that names the place and never a value (ERR-1, ERR-2). */
export function errorAnswer(error: CdsError, headers: Readonly<Record<string, string>> = {}): Answer {
  const answer = jsonAnswer(error.status, toOperationOutcome(error));
  return { ...answer, headers: { ...answer.headers, ...HEADERS_OF_CODES[error.code], ...headers } };
}

function toOperationOutcome(error: CdsError): OperationOutcome {
  const silent = TEXT_OF_SILENT_CODES[error.code];
  const place = silent === undefined ? error.expression : undefined;
  const issue = {
    severity: 'error',
    code: ISSUE_TYPE[error.code],
    details: { text: silent ?? error.message },
    ...(place !== undefined && { expression: [place] as const }),
  } as const;
  return { resourceType: 'OperationOutcome', issue: [issue] };
}
