import { readConfig } from '../../src/config/config.js';
import { StartupError } from '../../src/errors.js';

function problemsOf(environment: Record<string, string>): string {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof StartupError) return error.message;
  }
  throw new Error('it started');
}

describe('settings that are right', () => {
  test('none: development, loopback, open to browsers', () => {
    expect(readConfig({})).toEqual({
      production: false,
      sandbox: true,
      host: '127.0.0.1',
      port: 3000,
      publicUrl: 'http://127.0.0.1:3000',
      fhirServers: [],
      corsOrigins: '*',
      deadlineMs: 450,
      bodyLimit: 5_242_880,
      logLevel: 'info',
      discoveryToken: false,
      crdCalls: 'drop',
      crdCallsDays: 730,
      feedbackAudience: 'feedback',
      tokenReplay: 'refuse',
      tracing: 'off',
      dataDir: './data',
      retentionDays: 730,
      recordsWaiting: 10_000,
      feedbackComments: 'drop',
      evidenceReferences: 'hashed',
      afterOverride: { answer: 'repeat', hours: 72 },
      rateLimit: 500,
      callsInFlight: 1000,
    });
  });

  test('all of them', () => {
    const config = readConfig({
      HOST: '0.0.0.0',
      PORT: '8080',
      PUBLIC_URL: 'https://cds.example/r4/',
      FHIR_SERVERS: 'https://a.example/fhir/, http://b.example/r4 ',
      CORS_ORIGINS: 'https://a.example,https://B.example:8443',
      DEADLINE_MS: '300',
      BODY_LIMIT_BYTES: '3145728',
      LOG_LEVEL: 'debug',
      CRD: 'off',
      DATABASE_URL: 'postgres://u:p@db.example/x',
      STEPWISE_CLIENTS: '/etc/clients.json',
      DISCOVERY_TOKEN: 'required',
      FEEDBACK_AUDIENCE: 'service',
      TOKEN_REPLAY: 'allow',
      DATA_DIR: '/data',
      RETENTION_DAYS: '30',
      RECORDS_WAITING: '99',
      FEEDBACK_COMMENTS: 'store',
      EVIDENCE_REFERENCES: 'clear',
      RECORDS_KEY: 'x'.repeat(32),
      SERVICES: 'sij-neurectomy-review, sij-rfa-review',
      POLICY_OVERRIDES: '/etc/site.json',
      OPERATOR_TOKEN: 'o'.repeat(32),
      AFTER_OVERRIDE: 'remind',
      AFTER_OVERRIDE_HOURS: '24',
      RATE_LIMIT_PER_SECOND: '20',
      CALLS_IN_FLIGHT: '50',
      TLS_KEY_FILE: '/tls/key.pem',
      TLS_CERT_FILE: '/tls/cert.pem',
    });
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 8080,
      publicUrl: 'https://cds.example/r4',
      fhirServers: ['https://a.example/fhir', 'http://b.example/r4'],
      corsOrigins: ['https://a.example', 'https://b.example:8443'],
      deadlineMs: 300,
      bodyLimit: 3_145_728,
      logLevel: 'debug',
      databaseUrl: 'postgres://u:p@db.example/x',
      clientsFile: '/etc/clients.json',
      discoveryToken: true,
      feedbackAudience: 'service',
      tokenReplay: 'allow',
      dataDir: '/data',
      retentionDays: 30,
      recordsWaiting: 99,
      feedbackComments: 'store',
      evidenceReferences: 'clear',
      recordsKey: 'x'.repeat(32),
      services: ['sij-neurectomy-review', 'sij-rfa-review'],
      policyOverrides: '/etc/site.json',
      operatorToken: 'o'.repeat(32),
      afterOverride: { answer: 'remind', hours: 24 },
      rateLimit: 20,
      callsInFlight: 50,
      tls: { keyFile: '/tls/key.pem', certFile: '/tls/cert.pem' },
    });
  });

  test.each([
    ['0.0.0.0', 'http://127.0.0.1:3000'],
    ['::', 'http://127.0.0.1:3000'],
    ['::1', 'http://[::1]:3000'],
    ['cds.local', 'http://cds.local:3000'],
  ])('HOST %s is reached at %s', (HOST, publicUrl) => {
    expect(readConfig({ HOST }).publicUrl).toBe(publicUrl);
  });

  test('an empty setting is none', () => {
    expect(readConfig({ PORT: '', STEPWISE_CLIENTS: ' ' }).port).toBe(3000);
  });
});

describe('settings that are wrong stop the start', () => {
  test.each([
    ['PORT', '65536'],
    ['PORT', 'http'],
    ['PORT', '-1'],
    ['PORT', '80.5'],
    ['DEADLINE_MS', '49'],
    ['DEADLINE_MS', '60001'],
    ['BODY_LIMIT_BYTES', '1023'],
    ['PUBLIC_URL', 'cds.example'],
    ['PUBLIC_URL', 'ftp://cds.example'],
    ['PUBLIC_URL', 'https://cds.example/?x'],
    ['PUBLIC_URL', 'https://cds.example/#x'],
    ['PUBLIC_URL', 'https://user:secret@cds.example'],
    ['FHIR_SERVERS', 'https://a.example/fhir,b.example'],
    ['FHIR_SERVERS', 'https://a.example/fhir?x=1'],
    ['FHIR_SERVERS', 'https://u:p@a.example/fhir'],
    ['CORS_ORIGINS', 'https://a.example/path'],
    ['CORS_ORIGINS', 'a.example'],
    ['LOG_LEVEL', 'loud'],
    ['NODE_ENV', 'staging'],
    ['CRD', '1.0'],
    ['DATABASE_URL', 'mysql://db.example'],
    ['DISCOVERY_TOKEN', 'yes'],
    ['FEEDBACK_AUDIENCE', 'any'],
    ['TOKEN_REPLAY', 'on'],
    ['RETENTION_DAYS', '0'],
    ['FEEDBACK_COMMENTS', 'keep'],
    ['EVIDENCE_REFERENCES', 'plain'],
    ['CRD_CALLS', 'keep'],
    ['CRD_CALLS_DAYS', '0'],
    ['RECORDS_KEY', 'x'.repeat(31)],
    ['OPERATOR_TOKEN', 'x'.repeat(31)],
    ['AFTER_OVERRIDE', 'never'],
    ['AFTER_OVERRIDE_HOURS', '8761'],
    ['RATE_LIMIT_PER_SECOND', '0'],
    ['SERVICES', 'sij review'],
    ['CALLS_IN_FLIGHT', '0'],
  ])('%s=%s', (name, value) => {
    expect(problemsOf({ [name]: value })).toContain(name);
  });

  test('all at once, each by its name and none by its value', () => {
    const message = problemsOf({
      PORT: 'SECRET',
      DATABASE_URL: 'SECRET',
      LOG_LEVEL: 'SECRET',
      CRD: 'SECRET',
    });
    expect(message).toContain('4 settings are wrong');
    for (const name of ['PORT', 'DATABASE_URL', 'LOG_LEVEL', 'CRD']) expect(message).toContain(name);
    expect(message).not.toContain('SECRET');
  });

  test.each(['2.0.1', '2.2'])('CRD %s in production needs the key of its assertion ids', (CRD) => {
    expect(problemsOf({ NODE_ENV: 'production', CRD })).toContain('RECORDS_KEY');
    expect(readConfig({ CRD })).toMatchObject({ crd: CRD, deadlineMs: 900 });
    expect(readConfig({ CRD, DEADLINE_MS: '300' }).deadlineMs).toBe(300);
  });

  test('without CRD nothing of it is set', () => {
    expect(readConfig({})).not.toHaveProperty('crd');
    expect(readConfig({}).deadlineMs).toBe(450);
  });
});

describe('trust', () => {
  test('production needs clients, a public address and a database', () => {
    const message = problemsOf({ NODE_ENV: 'production' });
    for (const name of ['STEPWISE_CLIENTS', 'PUBLIC_URL', 'DATABASE_URL'])
      expect(message).toContain(`${name} is needed in production`);
  });

  test('cards are muted after an override only where patients can be known by a key', () => {
    expect(problemsOf({ AFTER_OVERRIDE: 'quiet' })).toContain('RECORDS_KEY is needed');
  });

  test('TLS needs both its files', () => {
    expect(problemsOf({ TLS_KEY_FILE: '/SECRET' })).toContain('TLS_CERT_FILE is needed');
    expect(problemsOf({ TLS_CERT_FILE: '/SECRET' })).toContain('TLS_KEY_FILE is needed');
  });
});
