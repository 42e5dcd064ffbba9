import { StartupError } from '../../src/errors.js';
import { readClients } from '../../src/http/trust/read-clients.js';
import { ISSUER, newKey } from './issuer.js';

const { jwk } = await newKey('k');
const ENTRY = {
  issuer: ISSUER,
  jwksUri: 'https://ehr.example/jwks',
  fhirServers: ['https://ehr.example/fhir/r4/'],
};
const { jwksUri, ...KEYLESS } = ENTRY;

const read = (content: unknown, production = false) =>
  readClients(JSON.stringify(content), 'clients', production);

function problemsOf(content: unknown, production = false): string {
  try {
    read(content, production);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
  }
  throw new Error('it was read');
}

describe('a file that is right', () => {
  test('the least: defaults are ES384 and RS384, the standard dialect, and answers with cards', () => {
    expect(read([ENTRY])).toEqual([
      {
        issuer: ISSUER,
        jwksUri,
        algorithms: ['ES384', 'RS384'],
        fhirServers: ['https://ehr.example/fhir/r4'],
        dialect: 'standard',
        shadow: false,
      },
    ]);
  });

  test('the most', () => {
    const more = {
      ...{ algorithms: ['RS256'], tenants: ['a'], dialect: 'epic' },
      ...{ mappings: './epic-site', shadow: true },
    };
    expect(read([{ ...KEYLESS, jwks: { keys: [jwk] }, ...more }], true)).toEqual([
      { issuer: ISSUER, jwks: [jwk], fhirServers: ['https://ehr.example/fhir/r4'], ...more },
    ]);
  });

  test.each(['http://127.0.0.1:8080/x', 'http://localhost/x', 'http://[::1]/x'])(
    '%s: outside production only',
    (url) => {
      const local = [{ ...ENTRY, jwksUri: url, fhirServers: [url] }];
      expect(read(local)[0]!.jwksUri).toBe(url);
      expect(problemsOf(local, true)).toMatch(/\[0\]\.jwksUri[^]*\[0\]\.fhirServers\[0\]/);
    },
  );
});

describe('a file that is wrong stops the start, by the place', () => {
  test.each<[string, unknown, string]>([
    ['no array', {}, 'the file'],
    ['no client', [], 'the file'],
    ['no object', ['SECRET'], '[0] is not an object'],
    ['no issuer', [{ ...ENTRY, issuer: undefined }], '[0].issuer'],
    ['the same issuer twice', [ENTRY, ENTRY], '[1].issuer is there already'],
    ['neither jwksUri nor jwks', [KEYLESS], '[0] needs either'],
    ['both', [{ ...ENTRY, jwks: { keys: [jwk] } }], '[0] needs either'],
    ['keys over http', [{ ...ENTRY, jwksUri: 'http://SECRET.example/jwks' }], '[0].jwksUri'],
    ['no keys', [{ ...KEYLESS, jwks: { keys: [] } }], '[0].jwks has no keys'],
    ['a private key', [{ ...KEYLESS, jwks: { keys: [{ ...jwk, d: 'SECRET' }] } }], 'private key'],
    ['a symmetric key', [{ ...KEYLESS, jwks: { keys: [{ kty: 'oct', k: 'SECRET', kid: 'x' }] } }], 'keys[0]'],
    ['a key without id', [{ ...KEYLESS, jwks: { keys: [{ ...jwk, kid: undefined }] } }], 'has no kid'],
    ['a damaged key', [{ ...KEYLESS, jwks: { keys: [{ ...jwk, x: 'AAAA' }] } }], 'damaged'],
    ['HS384', [{ ...ENTRY, algorithms: ['HS384'] }], '[0].algorithms'],
    ['none', [{ ...ENTRY, algorithms: ['none'] }], '[0].algorithms'],
    ['no algorithm', [{ ...ENTRY, algorithms: [] }], '[0].algorithms'],
    ['no tenant', [{ ...ENTRY, tenants: [] }], '[0].tenants'],
    ['no fhirServers', [{ ...ENTRY, fhirServers: undefined }], '[0].fhirServers'],
    ['a FHIR server over http', [{ ...ENTRY, fhirServers: ['http://SECRET.example'] }], '[0].fhirServers[0]'],
    ['one with a query', [{ ...ENTRY, fhirServers: ['https://SECRET.example?x'] }], '[0].fhirServers[0]'],
    ['a dialect nobody knows', [{ ...ENTRY, dialect: 'SECRET' }], '[0].dialect'],
    ['mappings that are no text', [{ ...ENTRY, mappings: ['SECRET'] }], '[0].mappings'],
    ['shadow as text', [{ ...ENTRY, shadow: 'true' }], '[0].shadow'],
    ['afterOverride as text', [{ ...ENTRY, afterOverride: 'SECRET' }], '[0].afterOverride is not an object'],
    [
      'an answer nobody knows',
      [{ ...ENTRY, afterOverride: { answer: 'SECRET' } }],
      '[0].afterOverride.answer',
    ],
    ['no hours', [{ ...ENTRY, afterOverride: { answer: 'quiet', hours: 0 } }], '[0].afterOverride.hours'],
    ['a misspelt member', [{ ...ENTRY, tenant: ['SECRET'] }], 'has a member that is none of'],
  ])('%s', (_name, content, problem) => {
    const message = problemsOf(content);
    expect(message).toContain(problem);
    expect(message).not.toContain('SECRET');
  });

  test('all of it at once', () => {
    expect(problemsOf([{ ...ENTRY, issuer: '', dialect: 'x' }, KEYLESS])).toMatch(/3 things are wrong/);
  });

  test('no JSON', () => {
    expect(() => readClients('[{"a": SECRET', 'clients', false)).toThrow(/^STEPWISE_CLIENTS: [^S]*JSON$/);
  });
});
