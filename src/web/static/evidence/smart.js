import '../vendor/fhir-client.js';

/**
 * SMART App Launch 2 with fhirclient: authorization code with PKCE, from an EHR or standing alone, for a public
 * client. fhirclient keeps what it knows in the tab's session storage, the token too; here it is taken out as soon as
 * the launch has ended, so that the token is in this page's memory alone.
 *
 * @typedef {{ readonly base: string, readonly token: string, readonly patientId: string, readonly encounterId?: string, readonly userId?: string, readonly appContext?: string }} SmartContext
 * @typedef {{ readonly iss: string, readonly launch?: string | null, readonly clientId: string }} Launch
 */

const SCOPES = 'openid fhirUser patient/*.rs';

/** Where fhirclient keeps the name of its state, which is the other thing it keeps. */
const LATEST = 'SMART_KEY';

/**
 * Sends the browser to the EHR's authorization server.
 * @param {Launch} launch
 */
export async function beginLaunch({ iss, launch, clientId }) {
  forget(sessionStorage.getItem(LATEST));
  const redirectUri = `${location.origin}${location.pathname}`;
  // The state of fhirclient itself comes from Math.random.
  const stateKey = crypto.randomUUID();
  const address = await window.FHIR.oauth2
    .authorize({
      ...{ iss: iss.replace(/\/+$/, ''), clientId, redirectUri, stateKey },
      scope: launch ? `launch ${SCOPES}` : `launch/patient ${SCOPES}`,
      ...(launch && { launch }),
      pkceMode: 'required',
      completeInTarget: true,
      noRedirect: true,
    })
    .catch(refuse('the FHIR server offers no SMART launch with PKCE', stateKey));
  if (!isAuthorization(address, redirectUri)) {
    forget(stateKey);
    throw new Error('the FHIR server names no address to ask for permission at');
  }
  location.assign(address);
}

/**
 * An open server has no authorization endpoint: then the address is the page's own.
 * @param {string} address
 * @param {string} redirectUri
 */
function isAuthorization(address, redirectUri) {
  return /^https?:\/\//i.test(address) && !address.startsWith(`${redirectUri}?`);
}

/**
 * Ends a launch with what the authorization server sent the browser back with.
 * @param {URLSearchParams} query
 * @returns {Promise<SmartContext>}
 */
export async function endLaunch(query) {
  const stateKey = query.get('state');
  const isOurs = stateKey !== null && sessionStorage.getItem(stateKey) !== null;
  try {
    if (!isOurs) throw new Error('this launch was not begun in this tab');
    if (query.has('error')) throw new Error(refusalOf(query.get('error')));
    const client = await window.FHIR.oauth2
      .ready()
      .catch(refuse('the authorization server did not accept the launch'));
    return contextOf(client);
  } finally {
    if (isOurs) forget(stateKey);
    history.replaceState(null, '', location.pathname);
  }
}

/** @param {string | null} error code of OAuth 2 */
function refusalOf(error) {
  if (error === 'access_denied') return 'permission to read the chart was refused';
  return `the authorization server refused the launch (${error})`;
}

/** Nothing of a launch stays behind. @param {string | null} stateKey */
function forget(stateKey) {
  if (stateKey !== null) sessionStorage.removeItem(stateKey);
  sessionStorage.removeItem(LATEST);
}

/**
 * @param {string} words
 * @param {string} [stateKey] of a launch that ends here
 * @returns {(error: unknown) => never}
 */
function refuse(words, stateKey) {
  return (error) => {
    if (stateKey) forget(stateKey);
    throw new Error(words, { cause: error });
  };
}

/**
 * @param {Awaited<ReturnType<Window['FHIR']['oauth2']['ready']>>} client
 * @returns {SmartContext}
 */
function contextOf({ patient, encounter, user, state }) {
  const { access_token: token, appContext } = state.tokenResponse ?? {};
  if (!token || !patient.id) throw new Error('the launch names no patient');
  const who = signedIn(user) ?? state.tokenResponse?.fhirUser;
  return {
    base: state.serverUrl,
    token,
    patientId: patient.id,
    ...(encounter.id && { encounterId: encounter.id }),
    ...(who && { userId: who.split('/').slice(-2).join('/') }),
    ...(appContext && { appContext }),
  };
}

/**
 * Who has signed in, as the id token says. It only names the user in the call of the service; so the signature is not
 * checked, and an id token that cannot be read does not end the launch.
 * @param {{ readonly fhirUser: string | null | undefined }} user
 */
function signedIn(user) {
  try {
    return user.fhirUser ?? undefined;
  } catch {
    return undefined;
  }
}
