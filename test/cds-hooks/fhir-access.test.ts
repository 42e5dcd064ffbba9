import { toFhirAccess } from '../../src/cds-hooks/fhir-access.js';
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import { isJsonObject } from '../../src/cds-hooks/json.js';
import { authorization, without } from './calls.js';

const FHIR_SERVER = 'https://ehr.example/fhir/r4';

function call(members: Record<string, unknown>): JsonObject {
  const value: unknown = JSON.parse(JSON.stringify(members));
  if (!isJsonObject(value)) throw new Error('no object');
  return value;
}
const access = (members: Record<string, unknown>) => toFhirAccess(call(members));

describe('fhirServer', () => {
  test.each([
    ['with trailing slashes', 'https://ehr.example/fhir/r4//', FHIR_SERVER],
    ['with a path of its own', 'https://ehr.example/a/b/fhir', 'https://ehr.example/a/b/fhir'],
    ['with a port', 'http://127.0.0.1:3000/sandbox/fhir', 'http://127.0.0.1:3000/sandbox/fhir'],
    ['in capitals', 'HTTPS://EHR.example/FHIR', 'https://ehr.example/FHIR'],
    ['without path', 'https://ehr.example', 'https://ehr.example'],
    ['with @ in its path', 'https://ehr.example/a@b', 'https://ehr.example/a@b'],
  ])('%s is read as a base without trailing slash', (_name, sent, fhirServer) => {
    expect(access({ fhirServer: sent })).toEqual({ fhirServer });
  });

  test.each([
    ['user info', 'https://user:pass@ehr.example/fhir'],
    ['an empty user', 'https://@ehr.example/fhir'],
    ['a query', 'https://ehr.example/fhir?x=1'],
    ['an empty query', 'https://ehr.example/fhir?'],
    ['a fragment', 'https://ehr.example/fhir#x'],
    ['another scheme', 'ftp://ehr.example/fhir'],
    ['file scheme', 'file:///etc/passwd'],
    ['no scheme', 'ehr.example/fhir'],
    ['no host', 'https:///fhir'],
    ['one slash', 'https:/ehr.example/fhir'],
    ['a backslash', 'https://ehr.example\\@evil.example/fhir'],
    ['white space', ' https://ehr.example/fhir'],
    ['a line break', 'https://ehr.example/fhir\r\nX: 1'],
    ['a bad port', 'https://ehr.example:99999/fhir'],
    ['nothing', ''],
    ['a number', 7],
    ['an object', {}],
  ])('with %s is refused, and named', (_name, fhirServer) => {
    expect(() => access({ fhirServer })).toThrow(
      expect.objectContaining({ code: 'ERR_HOOK_REQUEST_INVALID', status: 400, expression: 'fhirServer' }),
    );
  });

  test.each([undefined, null])('%j is absent', (fhirServer) => {
    expect(access({ fhirServer })).toEqual({});
  });
});

describe('fhirAuthorization', () => {
  const withToken = (changes: Record<string, unknown>) =>
    access({ fhirServer: FHIR_SERVER, fhirAuthorization: authorization(changes) });

  test('whole: is read, with its patient', () => {
    expect(withToken({ patient: 'example' }).fhirAuthorization).toEqual({
      accessToken: 'SECRET-T',
      expiresIn: 300,
      scope: 'user/Condition.read',
      subject: 'stepwise-cds',
      patient: 'example',
    });
  });

  test.each([undefined, null])(
    'G-13, REQ-5, cds-r-1: without fhirServer (%j) it is refused',
    (fhirServer) => {
      expect(() => access({ fhirServer, fhirAuthorization: authorization() })).toThrow(
        expect.objectContaining({ status: 400, expression: 'fhirServer' }),
      );
    },
  );

  test.each([
    ['token_type mac', { token_type: 'mac' }],
    ['expires_in as a string', { expires_in: '300' }],
    ['expires_in of nothing', { expires_in: 0 }],
    ['an empty token', { access_token: '' }],
    ['a token that breaks the header', { access_token: 'a\r\nX: 1' }],
    ['a token with the scheme before it', { access_token: 'Bearer a' }],
    ['a token that is an object', { access_token: {} }],
    ['an empty subject', { subject: '' }],
    ['a scope that is a list', { scope: [] }],
  ])('G-14, FA-1: with %s it is as if absent', (_name, changes) => {
    expect(withToken(changes)).toEqual({ fhirServer: FHIR_SERVER });
  });

  test.each(['access_token', 'token_type', 'expires_in', 'scope', 'subject'])(
    'G-14, FA-1: without %s it is as if absent',
    (name) => {
      const fhirAuthorization = without(authorization(), name);
      expect(access({ fhirServer: FHIR_SERVER, fhirAuthorization })).toEqual({ fhirServer: FHIR_SERVER });
    },
  );

  test.each(['text', 7, [[]]])('%j is as if absent', (fhirAuthorization) => {
    expect(access({ fhirServer: FHIR_SERVER, fhirAuthorization })).toEqual({ fhirServer: FHIR_SERVER });
  });

  test('a scope that is not shaped like SMART is fine', () => {
    expect(withToken({ scope: 'Condition.Search (Problems) (R4)' }).fhirAuthorization?.scope).toContain(
      'Problems',
    );
  });
});
