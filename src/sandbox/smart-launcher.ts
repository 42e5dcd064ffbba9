import { createHash } from 'node:crypto';
import express, { type Request, type Response, type Router } from 'express';

export interface SmartLauncherOptions {
  /** Patients that may be launched; the first is who a standalone launch opens. */
  readonly patientIds: readonly string[];
  /** Path the FHIR server is mounted at. */
  readonly fhirPath: string;
  /** Path this launcher is mounted at. */
  readonly smartPath: string;
  readonly randomId: () => string;
}

/** What an authorization code stands for, until it is used. */
interface Grant {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly patientId: string;
  /** What the card's link told the app, as an EHR hands it on. */
  readonly appContext?: string;
}

/** Codes that were never used; the oldest gives way. */
const OPEN_CODES = 200;

/**
 * A small SMART authorization server for the synthetic patients: authorization code with PKCE (S256 only), EHR and
 * standalone launch. Everybody may sign in, so codes only ever go to a page of the very same host. A launch may ask for
 * a fault of the FHIR server (`?fault=unauthorized`) or for a user who refuses (`?consent=refused`).
 */
export function smartLauncher(options: SmartLauncherOptions): { launcher: Router; configuration: Router } {
  const grants = new Map<string, Grant>();
  const launcher = express.Router();
  launcher.get('/launch/:patient', (request, response) => {
    const { patient } = request.params;
    const [fault, consent] = [textOf(request.query['fault']), textOf(request.query['consent'])];
    const iss = `${hostOf(request)}${options.fhirPath}${fault && `/faults/${encodeURIComponent(fault)}`}`;
    const launch = consent === 'refused' ? `${patient}..${consent}` : patient;
    response.redirect(`/evidence?${new URLSearchParams({ iss, launch }).toString()}`);
  });
  launcher.get('/authorize', (request, response) => {
    authorize({ options, grants }, request, response);
  });
  launcher.post('/token', express.urlencoded({ extended: false, limit: '10kb' }), (request, response) => {
    answerToken(grants, options.randomId, request, response);
  });
  const configuration = express.Router();
  configuration.get('/', (request, response) => {
    response.json(smartConfiguration(`${hostOf(request)}${options.smartPath}`));
  });
  return { launcher, configuration };
}

function smartConfiguration(base: string): object {
  return {
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    token_endpoint_auth_methods_supported: ['none'],
    grant_types_supported: ['authorization_code'],
    scopes_supported: ['openid', 'fhirUser', 'launch', 'launch/patient', 'patient/*.rs'],
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    capabilities: [
      'launch-ehr',
      'launch-standalone',
      'client-public',
      'context-ehr-patient',
      'permission-v2',
    ],
  };
}

function hostOf(request: Request): string {
  return `${request.protocol}://${request.get('host') ?? 'localhost'}`;
}

interface Authorization {
  readonly options: SmartLauncherOptions;
  readonly grants: Map<string, Grant>;
}

function authorize({ options, grants }: Authorization, request: Request, response: Response): void {
  const redirectUri = textOf(request.query['redirect_uri']);
  if (!redirectUri.startsWith(`${hostOf(request)}/`)) {
    response
      .status(400)
      .json({ error: 'invalid_request', error_description: 'redirect_uri is of another host' });
    return;
  }
  const back = new URL(redirectUri);
  back.searchParams.set('state', textOf(request.query['state']));
  const grant = grantOf(options, request, redirectUri);
  if (!grant) back.searchParams.set('error', 'invalid_request');
  else if (launchOf(textOf(request.query['launch'])).isRefused)
    back.searchParams.set('error', 'access_denied');
  else back.searchParams.set('code', remember(grants, options.randomId(), grant));
  response.redirect(back.href);
}

function grantOf(options: SmartLauncherOptions, { query }: Request, redirectUri: string): Grant | undefined {
  const challenge = textOf(query['code_challenge']);
  const clientId = textOf(query['client_id']);
  const launch = textOf(query['launch']) || (options.patientIds[0] ?? '');
  const { patientId, appContext } = launchOf(launch);
  const isGood =
    query['response_type'] === 'code' &&
    query['code_challenge_method'] === 'S256' &&
    /^[\w-]{43}$/.test(challenge) &&
    clientId !== '' &&
    options.patientIds.includes(patientId);
  const grant = { clientId, redirectUri, challenge, patientId, ...(appContext && { appContext }) };
  return isGood ? grant : undefined;
}

interface Launched {
  readonly patientId: string;
  readonly appContext?: string;
  readonly isRefused: boolean;
}

/** Whom a launch is for; behind a dot, in base64url, what the card's link tells the app; then what the user says to it. */
function launchOf(launch: string): Launched {
  const [patientId = '', encoded, consent] = launch.split('.');
  const appContext = encoded && { appContext: Buffer.from(encoded, 'base64url').toString() };
  return { patientId, ...appContext, isRefused: consent === 'refused' };
}

function remember(grants: Map<string, Grant>, code: string, grant: Grant): string {
  grants.set(code, grant);
  const [oldest] = grants.keys();
  if (grants.size > OPEN_CODES && oldest !== undefined) grants.delete(oldest);
  return code;
}

function answerToken(
  grants: Map<string, Grant>,
  randomId: () => string,
  request: Request,
  response: Response,
): void {
  const form: unknown = request.body;
  const field = (name: string): string =>
    typeof form === 'object' && form !== null
      ? textOf(Object.entries(form).find(([key]) => key === name)?.[1])
      : '';
  const grant = grants.get(field('code'));
  grants.delete(field('code'));
  response.set('cache-control', 'no-store');
  if (!grant || !isProven(grant, field)) {
    response.status(400).json({ error: 'invalid_grant' });
    return;
  }
  response.json({
    access_token: randomId(),
    token_type: 'Bearer',
    expires_in: 3600,
    scope: 'openid fhirUser launch patient/*.rs',
    patient: grant.patientId,
    id_token: idToken({ aud: grant.clientId, fhirUser: `Practitioner/${grant.patientId}-surgeon` }),
    ...(grant.appContext !== undefined && { appContext: grant.appContext }),
  });
}

/** Who signed in, in the form of OpenID Connect; unsigned, for nobody is behind it. */
function idToken(claims: Readonly<Record<string, string>>): string {
  const parts = [{ alg: 'none' }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  return `${parts.join('.')}.`;
}

/** The client that asked for the code is the one that brings it (RFC 7636, 4.6). */
function isProven(grant: Grant, field: (name: string) => string): boolean {
  return (
    field('grant_type') === 'authorization_code' &&
    field('client_id') === grant.clientId &&
    field('redirect_uri') === grant.redirectUri &&
    createHash('sha256').update(field('code_verifier')).digest('base64url') === grant.challenge
  );
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
