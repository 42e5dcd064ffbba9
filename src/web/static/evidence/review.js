import { readChart, resourcesIn, underBase } from '../shared/read-chart.js';

/**
 * The evaluation of the patient of a SMART launch: the chart is read here, with the user's token, and goes to the
 * service as the prefetch of one order-sign call. The token does not.
 *
 * @typedef {import('./smart.js').SmartContext} SmartContext
 * @typedef {import('../shared/types.js').AnyResource} AnyResource
 * @typedef {import('../shared/types.js').Evaluation} Evaluation
 * @typedef {{ evaluation: Evaluation | undefined, resources: readonly AnyResource[], failed: readonly import('../shared/read-chart.js').Failure[], assumed: boolean, refused?: number }} Review
 */

/**
 * @param {SmartContext} context
 * @returns {Promise<Review>}
 */
export async function review(context) {
  const service = await orderSignService();
  const templates = Object.fromEntries(
    Object.entries(service.prefetch).map(([key, template]) => [key, { template: String(template) }]),
  );
  const { prefetch, failed } = await readChart(templates, context);
  const resources = resourcesIn(prefetch);
  await Promise.all(resources.map((resource) => inlineAttachments(resource, context)));
  const known = [...ordersIn(context.appContext), ...resources.filter(isDraftNeurectomy)];
  const orders = known.length > 0 ? known : [assumedOrder(context.patientId)];
  const response = await fetch(`evidence/evaluation/${service.id}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(context, orders, prefetch)),
  });
  const read = new Map([...known, ...resources].map((one) => [`${one['resourceType']}/${one['id']}`, one]));
  const told = { resources: [...read.values()], failed, assumed: known.length === 0 };
  if (!response.ok) return { ...told, evaluation: undefined, refused: response.status };
  return { ...told, evaluation: (await response.json()).evaluation };
}

/** @returns {Promise<{ id: string, hook: string, prefetch: Record<string, string> }>} */
async function orderSignService() {
  const { services } = await (await fetch('cds-services')).json();
  return services.find((/** @type {{ hook: string }} */ { hook }) => hook === 'order-sign');
}

/**
 * The orders that the card was about: it told the EHR, and the EHR tells this page.
 * @param {string | undefined} appContext JSON
 * @returns {readonly AnyResource[]}
 */
function ordersIn(appContext) {
  try {
    const { draftOrders } = JSON.parse(appContext ?? '{}');
    return Array.isArray(draftOrders) ? draftOrders : [];
  } catch {
    return [];
  }
}

/** @param {AnyResource} resource */
function isDraftNeurectomy({ resourceType, status, code }) {
  const codes = (code?.coding ?? []).map((/** @type {{ code?: string }} */ one) => one.code);
  return resourceType === 'ServiceRequest' && status === 'draft' && codes.includes('64772');
}

/** The order the record is held against when the EHR shows no draft of it. @param {string} patientId @returns {AnyResource} */
function assumedOrder(patientId) {
  return {
    resourceType: 'ServiceRequest',
    id: 'assumed-neurectomy',
    status: 'draft',
    intent: 'order',
    code: {
      coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64772' }],
      text: 'Neurectomy of the sacral lateral branches, bilateral',
    },
    subject: { reference: `Patient/${patientId}` },
    authoredOn: new Date().toISOString(),
    reasonCode: [{ text: 'Sacroiliac joint pain' }],
    bodySite: [{ text: 'S1, S2 and S3 lateral branches, bilateral' }],
  };
}

/**
 * @param {SmartContext} context
 * @param {readonly AnyResource[]} orders
 * @param {Record<string, unknown>} prefetch
 */
function requestOf({ patientId, userId, encounterId }, orders, prefetch) {
  return {
    hook: 'order-sign',
    hookInstance: crypto.randomUUID(),
    context: {
      userId: userId ?? 'Practitioner/unknown',
      patientId,
      ...(encounterId && { encounterId }),
      draftOrders: {
        resourceType: 'Bundle',
        type: 'collection',
        entry: orders.map((resource) => ({ resource })),
      },
    },
    prefetch,
  };
}

/** Bytes of one report file that are read; a larger one is left as its address. */
const FILE_LIMIT = 2_000_000;

/**
 * Reads report files that the record only names, so that the service need not have the token.
 * @param {AnyResource} resource
 * @param {SmartContext} context
 */
async function inlineAttachments(resource, { base, token }) {
  const attachments = [
    ...(resource['presentedForm'] ?? []),
    ...(resource['content'] ?? []).map((/** @type {any} */ one) => one?.attachment),
  ];
  for (const attachment of attachments) {
    if (!attachment?.url || attachment.data) continue;
    const url = underBase(attachment.url, base);
    if (url === undefined) continue;
    const headers = { accept: attachment.contentType ?? '*/*', authorization: `Bearer ${token}` };
    const bytes = await fetch(url, { headers }).then(
      (response) => (response.ok ? response.arrayBuffer() : undefined),
      () => undefined,
    );
    if (!bytes || bytes.byteLength > FILE_LIMIT) continue;
    attachment.data = base64(new Uint8Array(bytes));
    delete attachment.url;
  }
}

/** @param {Uint8Array} bytes */
function base64(bytes) {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
}
