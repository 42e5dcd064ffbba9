/**
 * SMART App Launch 2: authorization code with PKCE, from an EHR or standing alone, for a public client. The token
 * stays in this page's memory; what has to outlive the redirect is in the tab's session storage and gone after it.
 *
 * @typedef {{ readonly base: string, readonly token: string, readonly patientId: string, readonly encounterId?: string, readonly userId?: string, readonly appContext?: string }} SmartContext
 * @typedef {{ iss: string, state: string, verifier: string, tokenEndpoint: string, redirectUri: string, clientId: string }} Pending
 */

const PENDING = 'smart-launch';
const SCOPES = 'openid fhirUser patient/*.rs';

/**
 * Sends the browser to the EHR's authorization server.
 * @param {{ iss: string, launch?: string | null, clientId: string }} launch
 */
export async function beginLaunch({ iss, launch, clientId }) {
  const base = iss.replace(/\/+$/, '');
  const endpoints = await discover(base);
  const redirectUri = `${location.origin}${location.pathname}`;
  const [state, verifier] = [randomText(), randomText()];
  const pending = {
    iss: base,
    state,
    verifier,
    tokenEndpoint: endpoints.token_endpoint,
    redirectUri,
    clientId,
  };
  sessionStorage.setItem(PENDING, JSON.stringify(pending));
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: launch ? `launch ${SCOPES}` : `launch/patient ${SCOPES}`,
    state,
    aud: base,
    code_challenge: await challengeOf(verifier),
    code_challenge_method: 'S256',
    ...(launch && { launch }),
  });
  location.assign(`${endpoints.authorization_endpoint}?${query.toString()}`);
}

/** @param {string} base @returns {Promise<{ authorization_endpoint: string, token_endpoint: string }>} */
async function discover(base) {
  const response = await fetch(`${base}/.well-known/smart-configuration`, {
    headers: { accept: 'application/json' },
  });
  if (!response.ok) throw new Error(`the FHIR server tells no SMART configuration (${response.status})`);
  return response.json();
}

/** 256 bits of chance, as PKCE asks for. */
function randomText() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)));
}

/** @param {string} verifier */
async function challengeOf(verifier) {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

/** @param {Uint8Array} bytes */
function base64url(bytes) {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '');
}

/**
 * Ends a launch with what the authorization server sent the browser back with.
 * @param {URLSearchParams} query
 * @returns {Promise<SmartContext>}
 */
export async function endLaunch(query) {
  /** @type {Pending | null} */
  const pending = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');
  sessionStorage.removeItem(PENDING);
  history.replaceState(null, '', location.pathname);
  if (!pending || query.get('state') !== pending.state)
    throw new Error('this launch was not begun in this tab');
  const code = query.get('code');
  if (!code) throw new Error(`the launch was refused: ${query.get('error') ?? 'no code came back'}`);
  return contextOf(pending, await exchangeCode(pending, code));
}

/**
 * @param {Pending} pending
 * @param {string} code
 * @returns {Promise<Record<string, string | undefined>>}
 */
async function exchangeCode({ tokenEndpoint, redirectUri, clientId, verifier }, code) {
  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: redirectUri,
    client_id: clientId,
    code_verifier: verifier,
  });
  const response = await fetch(tokenEndpoint, { method: 'POST', body });
  if (!response.ok) throw new Error(`the authorization server refused the code (${response.status})`);
  return response.json();
}

/**
 * @param {Pending} pending
 * @param {Record<string, string | undefined>} answer
 * @returns {SmartContext}
 */
function contextOf({ iss }, { access_token: token, patient, encounter, appContext, ...answer }) {
  if (!token || !patient) throw new Error('the launch names no patient');
  const fhirUser = answer['fhirUser'] ?? fhirUserIn(answer['id_token']);
  return {
    base: iss,
    token,
    patientId: patient,
    ...(encounter && { encounterId: encounter }),
    ...(fhirUser && { userId: fhirUser.split('/').slice(-2).join('/') }),
    ...(appContext && { appContext }),
  };
}

/**
 * Who has signed in. It only names the user in the call of the service, so the token's signature is not checked.
 * @param {string | undefined} idToken
 * @returns {string | undefined}
 */
function fhirUserIn(idToken) {
  try {
    const claims = idToken?.split('.')[1]?.replace(/-/g, '+').replace(/_/g, '/');
    const { fhirUser, profile } = claims ? JSON.parse(atob(claims)) : {};
    return fhirUser ?? profile;
  } catch {
    return undefined;
  }
}
