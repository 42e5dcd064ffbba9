import { CdsError } from '../errors.js';
import type { FhirAuthorization, JsonObject } from './hook-request.types.js';
import { isJsonObject } from './json.js';

/** What a call says about the way back to the EHR's data (REQ-5, FA-1). */
export interface FhirAccess {
  readonly fhirServer?: string;
  readonly fhirAuthorization?: FhirAuthorization;
}

/**
 * Reads `fhirServer` and `fhirAuthorization` of a call. An authorization that cannot be used (a member missing or
 * of the wrong type) is as if absent; `null` is absent.
 *
 * @throws CdsError ERR_HOOK_REQUEST_INVALID naming `fhirServer` when it is no plain http(s) base URL, or when
 *   there is an authorization without it (cds-r-1).
 */
export function toFhirAccess(call: JsonObject): FhirAccess {
  const fhirServer = toFhirServer(call['fhirServer']);
  const sent = call['fhirAuthorization'] ?? undefined;
  if (sent === undefined) return fhirServer === undefined ? {} : { fhirServer };
  if (fhirServer === undefined) throw refused('is required with fhirAuthorization');
  const fhirAuthorization = toFhirAuthorization(sent);
  return fhirAuthorization === undefined ? { fhirServer } : { fhirServer, fhirAuthorization };
}

function refused(reason: string): CdsError {
  return new CdsError('ERR_HOOK_REQUEST_INVALID', `fhirServer ${reason}`, { expression: 'fhirServer' });
}

// A backslash or white space is what URL parsers disagree about; user info, query and fragment have no place in a
// base URL and are how a request is bent towards another host or path (FA-6).
const DOUBTFUL = /[\s\\?#]/;
const USER_INFO = /^[^/]*\/\/[^/]*@/;

function toFhirServer(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw refused('is not a string');
  if (DOUBTFUL.test(value)) throw refused('has white space, a backslash, a query or a fragment');
  if (!/^https?:\/\/[^/]/i.test(value) || !URL.canParse(value))
    throw refused('is not an absolute http(s) URL');
  if (USER_INFO.test(value)) throw refused('has user information');
  return new URL(value).href.replace(/\/+$/, '');
}

// What may stand in an Authorization header behind `Bearer ` without changing the header.
const TOKEN = /^[\x21-\x7e]+$/;

/** RFC 6749, 7.1: in any case. */
function isBearer(tokenType: unknown): boolean {
  return typeof tokenType === 'string' && tokenType.toLowerCase() === 'bearer';
}

function toFhirAuthorization(value: unknown): FhirAuthorization | undefined {
  if (!isJsonObject(value)) return undefined;
  const { access_token: accessToken, token_type: tokenType, expires_in: expiresIn, scope, subject } = value;
  if (typeof accessToken !== 'string' || !TOKEN.test(accessToken) || !isBearer(tokenType)) return undefined;
  if (typeof expiresIn !== 'number' || !(expiresIn > 0)) return undefined;
  if (typeof scope !== 'string' || typeof subject !== 'string' || subject === '') return undefined;
  const patient = value['patient'];
  return {
    accessToken,
    expiresIn,
    scope,
    subject,
    ...(typeof patient === 'string' && patient !== '' && { patient }),
  };
}
