/**
 * The one error class. A message names the place and the rule, never a value from the request or the record.
 * Rule ids are those of the CDS Hooks checklist this service is tested against.
 */
export const httpStatus = {
  ERR_BODY_NOT_JSON: 400,
  ERR_HOOK_REQUEST_INVALID: 400,
  ERR_HOOK_NOT_SERVED: 400,
  ERR_COVERAGE_REFUSED: 400,
  ERR_FHIR_SERVER_REFUSED: 400,
  ERR_FEEDBACK_INVALID: 400,
  ERR_CLIENT_UNTRUSTED: 401,
  ERR_SERVICE_UNKNOWN: 404,
  ERR_METHOD_NOT_ALLOWED: 405,
  ERR_FHIR_DATA_UNAVAILABLE: 412,
  ERR_BODY_TOO_LARGE: 413,
  ERR_MEDIA_TYPE_UNSUPPORTED: 415,
  ERR_HOOK_REQUEST_UNPROCESSABLE: 422,
  ERR_CRD_VERSION_UNSUPPORTED: 422,
  ERR_TOO_MANY_REQUESTS: 429,
  ERR_INTERNAL: 500,
  ERR_OVERLOADED: 503,
} as const;

export type CdsErrorCode = keyof typeof httpStatus;

export interface CdsErrorPlace {
  /** FHIRPath-like or JSON place of the fault, for example `context.patientId`. Never a value. */
  readonly expression?: string;
}

export class CdsError extends Error {
  readonly code: CdsErrorCode;
  readonly expression: string | undefined;

  constructor(code: CdsErrorCode, message: string, place: CdsErrorPlace = {}) {
    super(message);
    this.name = 'CdsError';
    this.code = code;
    this.expression = place.expression;
  }

  get status(): number {
    return httpStatus[this.code];
  }
}

/** A file under hooks/ or fhir-mappings/, or a setting, is wrong: the start stops with the path and the place in it. */
export class StartupError extends Error {
  constructor(where: string, message: string) {
    super(`${where}: ${message}`);
    this.name = 'StartupError';
  }
}
