import { CdsError } from '../errors.js';

const MEDIA_TYPES: readonly (string | undefined)[] = ['application/json', 'application/fhir+json'];
const CHARSETS: readonly string[] = ['utf-8', 'utf8', 'us-ascii'];

/**
 * Accepts `application/json` and `application/fhir+json`, in UTF-8 as JSON is. A body without a Content-Type is
 * taken for JSON (TR-6).
 *
 * @throws CdsError ERR_MEDIA_TYPE_UNSUPPORTED
 */
export function checkMediaType(contentType: string | undefined): void {
  if (contentType === undefined || contentType === 'application/json') return;
  const [type, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (!MEDIA_TYPES.includes(type)) throw unsupported('send application/json or application/fhir+json');
  for (const parameter of parameters) checkCharset(parameter);
}

function checkCharset(parameter: string): void {
  const [, charset] = /^charset\s*=\s*"?([^"]*)"?$/.exec(parameter) ?? [];
  if (charset !== undefined && !CHARSETS.includes(charset)) throw unsupported('send JSON in UTF-8');
}

function unsupported(advice: string): CdsError {
  return new CdsError('ERR_MEDIA_TYPE_UNSUPPORTED', advice, { expression: 'http.content-type' });
}
