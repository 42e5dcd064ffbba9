import type { Json, JsonObject } from '../cds-hooks/hook-request.types.js';
import { listOf, memberOf, textOf } from '../cds-hooks/members.js';
import { missingKinds } from './missing-kinds.js';
import { reviewedCall, unrelatedCall, type OrderFor } from './orders.js';
import { ask, outcomeOf, type Answer } from './probe.js';
import { note, ok, wrong, type Remark } from './remark.js';
import { signToken, type TestClient } from './test-client.js';

/** What is asked of a deployment of this service. */
export interface DeploymentCheck {
  /** Base URL without trailing slash: discovery is at `{base}/cds-services`. */
  readonly base: string;
  readonly serviceId: string;
  /** Without it, what needs a token is not tried. */
  readonly client?: TestClient;
  /** Without it, no chart is read. */
  readonly chart?: { readonly fhirServer: string; readonly patientId: string };
  /** Seconds since 1970. */
  readonly now: () => number;
  readonly newUuid: () => string;
}

/**
 * Looks at a deployment from outside, as an EHR would use it: address, health, discovery, browsers, tokens, a call
 * that is not reviewed, and, for a chart, one that is. Each remark comes as soon as it is known. Only the last of
 * these leaves a record at the deployment.
 */
export async function* checkDeployment(check: DeploymentCheck): AsyncGenerator<Remark> {
  yield addressRemark(check.base);
  yield await liveRemark(check.base);
  yield await readyRemark(check.base);
  yield await discoveryRemark(check);
  yield await browserRemark(check);
  const bare = await call(check, unrelatedCall(orderFor(check)), {});
  yield* openness(bare);
  if (check.client) yield* tokenRemarks(check, check.client);
  else if (bare.status === 401)
    yield note('calls were not tried: name a test client that this deployment trusts (--client=<folder>)');
  if (check.chart && (check.client || bare.status === 200)) yield await chartRemark(check, check.chart);
}

function addressRemark(base: string): Remark {
  const { protocol, hostname } = new URL(base);
  if (protocol === 'https:') return ok('the address is https');
  const local = /^(localhost|127\.|\[::1\])/.test(hostname);
  return local
    ? note('the address is plain http, which is fit for this machine alone')
    : wrong('the address is plain http: tokens and charts can be read on the way');
}

async function liveRemark(base: string): Promise<Remark> {
  const answer = await ask(`${base}/health/live`);
  const version = memberOf(answer.body, 'version');
  if (answer.status !== 200)
    return note(`/health/live is not to be seen from here (${outcomeOf(answer)}), which may be on purpose`);
  return ok(`it runs${typeof version === 'string' ? `, version ${version}` : ''}`);
}

async function readyRemark(base: string): Promise<Remark> {
  const answer = await ask(`${base}/health/ready`);
  if (answer.status === 200) return ok('it says that it is ready');
  if (answer.status !== 503) return note(`/health/ready is not to be seen from here (${outcomeOf(answer)})`);
  const words = listOf(answer.body, 'reasons').filter(isPlainWord);
  return wrong(`it says that it is not ready${words.length > 0 ? `: ${words.join(', ')}` : ''}`);
}

async function discoveryRemark(check: DeploymentCheck): Promise<Remark> {
  const url = `${check.base}/cds-services`;
  const bare = await ask(url);
  const answer = bare.status === 401 && check.client ? await ask(url, await bearer(check, url)) : bare;
  if (answer.status === 401) return note('discovery asks for a token');
  if (answer.status !== 200 || memberOf(answer.body, 'services') === undefined)
    return wrong(`there is no discovery document at ${url} (${outcomeOf(answer)})`);
  const hooks = listOf(answer.body, 'services').flatMap((service) =>
    memberOf(service, 'id') === check.serviceId ? [textOf(service, 'hook')] : [],
  );
  return hooks.length > 0
    ? ok(`${check.serviceId} is offered for ${hooks.join(' and ')}`)
    : wrong(`discovery does not offer ${check.serviceId}`);
}

/** Whether a page of another origin, such as the public sandbox, may call (CORS-2). */
async function browserRemark({ base, serviceId }: DeploymentCheck): Promise<Remark> {
  const headers = {
    origin: 'https://sandbox.cds-hooks.org',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  const answer = await ask(`${base}/cds-services/${serviceId}`, { method: 'OPTIONS', headers });
  return answer.headers.has('access-control-allow-origin')
    ? ok('the public CDS Hooks sandbox may call it from a browser')
    : note('the public CDS Hooks sandbox may not call it from a browser (CORS_ORIGINS)');
}

function* openness(bare: Answer): Generator<Remark> {
  if (bare.status === 401) yield ok('a call without a token is turned away');
  else if (bare.status === 200)
    yield note('anybody may call it: fit for development alone (STEPWISE_CLIENTS)');
  else yield wrong(`a call without a token is answered with ${outcomeOf(bare)}`);
}

async function* tokenRemarks(check: DeploymentCheck, client: TestClient): AsyncGenerator<Remark> {
  const url = `${check.base}/cds-services/${check.serviceId}`;
  const first = await bearer(check, url);
  const request = unrelatedCall(orderFor(check));
  const answer = await call(check, request, first.headers);
  if (answer.status !== 200) {
    yield wrong(
      `a call with a token of ${client.issuer} for ${url} is answered with ${outcomeOf(answer)}: is the key trusted, and is this PUBLIC_URL?`,
    );
    return;
  }
  yield ok('a call with a good token is answered');
  const again = await call(check, request, first.headers);
  yield again.status === 401
    ? ok('the same token a second time is turned away')
    : note('the same token may be used again (TOKEN_REPLAY)');
  const elsewhere = await bearer(check, `${check.base}/elsewhere`);
  yield (await call(check, request, elsewhere.headers)).status === 401
    ? ok('a token made for another address is turned away')
    : wrong('a token made for another address is let in');
  const feedback = await ask(`${url}/feedback`, {
    ...{ method: 'POST', body: {} },
    ...(await bearer(check, `${url}/feedback`)),
  });
  yield feedback.status === 400
    ? ok('feedback reaches it')
    : wrong(`feedback does not reach it (${outcomeOf(feedback)})`);
}

async function chartRemark(
  check: DeploymentCheck,
  chart: NonNullable<DeploymentCheck['chart']>,
): Promise<Remark> {
  const url = `${check.base}/cds-services/${check.serviceId}`;
  const headers = check.client ? (await bearer(check, url)).headers : {};
  const answer = await call(check, reviewedCall({ ...chart, hookInstance: check.newUuid() }), headers);
  if (answer.status !== 200) return wrong(`the chart was not reviewed (${outcomeOf(answer)})`);
  const count = `${listOf(answer.body, 'cards').length} card(s)`;
  const missing = missingKinds(memberOf(memberOf(answer.body, 'extension'), 'stepwise-cds.evaluation'));
  return missing.length === 0
    ? ok(`a chart was read whole and reviewed: ${count}`)
    : note(`a chart was reviewed, ${count}, without all of: ${missing.join(', ')}`);
}

function orderFor({ newUuid }: DeploymentCheck): OrderFor {
  return { patientId: 'check', hookInstance: newUuid() };
}

function call(
  { base, serviceId }: DeploymentCheck,
  body: JsonObject,
  headers: Readonly<Record<string, string>>,
): Promise<Answer> {
  return ask(`${base}/cds-services/${serviceId}`, { method: 'POST', body, headers });
}

async function bearer(
  { client, now, newUuid }: DeploymentCheck,
  audience: string,
): Promise<{ readonly headers: Readonly<Record<string, string>> }> {
  if (!client) return { headers: {} };
  const token = await signToken(client, { audience, now: now(), tokenId: newUuid() });
  return { headers: { authorization: `Bearer ${token}` } };
}

/** A reason of ours, and nothing that somebody else wrote. */
function isPlainWord(value: Json): value is string {
  return typeof value === 'string' && /^[a-z-]+$/.test(value);
}
