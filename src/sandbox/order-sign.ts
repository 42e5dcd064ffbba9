import type { Bundle } from 'fhir/r4.js';
import type { FhirRequest } from './answer.js';
import type { Chart } from './charts.js';
import type { FhirServer } from './fhir-server.js';
import { isObject, referenceTo, valuesAt, type IdentifiedResource } from './resource.js';

export interface OrderSignOptions {
  /** Where the sandbox is mounted, for example http://127.0.0.1:3000/sandbox/fhir. */
  readonly sandboxUrl: string;
  /** UUID of the call. */
  readonly hookInstance: string;
  /** A what-if session: read for the prefetch, and named in `fhirServer`. */
  readonly session?: string;
  /** A fault named in `fhirServer`; the prefetch is an EHR's own work and does not suffer from it. */
  readonly fault?: string;
  /** The service's templates by key; only the keys given are filled. Absent: a request without prefetch. */
  readonly prefetch?: Readonly<Record<string, { readonly template: string }>>;
  /** `first` leaves a `next` link in long results, as many EHRs do. Default: `all` pages in one Bundle. */
  readonly pages?: 'all' | 'first';
}

/** A whole order-sign request, as an EHR posts it. */
export interface OrderSignRequest {
  readonly hook: 'order-sign';
  readonly hookInstance: string;
  readonly fhirServer: string;
  readonly context: {
    readonly userId: string;
    readonly patientId: string;
    readonly encounterId?: string;
    readonly draftOrders: Bundle;
  };
  readonly prefetch?: Readonly<Record<string, unknown>>;
}

/** The order-sign request of one synthetic patient: who signs and in which encounter comes from the draft order. */
export function orderSignRequest(
  server: FhirServer,
  chart: Chart,
  options: OrderSignOptions,
): OrderSignRequest {
  const fhirServer = [
    options.sandboxUrl,
    ...(options.session === undefined ? [] : ['s', options.session]),
    ...(options.fault === undefined ? [] : ['faults', options.fault]),
  ].join('/');
  const context = contextOf(chart, fhirServer);
  const prefetch = fillPrefetch(server, context, { ...options, fhirServer });
  return {
    hook: 'order-sign',
    hookInstance: options.hookInstance,
    fhirServer,
    context,
    ...(prefetch === undefined ? {} : { prefetch }),
  };
}

function contextOf(chart: Chart, fhirServer: string): OrderSignRequest['context'] {
  const encounter = firstReference(chart.draftOrders, 'encounter')?.split('/')[1];
  return {
    userId: firstReference(chart.draftOrders, 'requester') ?? `Practitioner/${chart.patientId}-surgeon`,
    patientId: chart.patientId,
    ...(encounter === undefined ? {} : { encounterId: encounter }),
    draftOrders: {
      resourceType: 'Bundle',
      type: 'collection',
      entry: chart.draftOrders.map((resource) => ({
        fullUrl: `${fhirServer}/${referenceTo(resource)}`,
        resource,
      })),
    },
  };
}

function firstReference(orders: readonly IdentifiedResource[], name: string): string | undefined {
  return orders
    .flatMap((order) => valuesAt(order, `${name}.reference`))
    .find((value) => typeof value === 'string');
}

type Filling = OrderSignOptions & { readonly fhirServer: string };
type Context = OrderSignRequest['context'];

/** A key that cannot be had (unknown token, refused search) is left out, as the specification wants it. */
function fillPrefetch(
  server: FhirServer,
  context: Context,
  filling: Filling,
): Readonly<Record<string, unknown>> | undefined {
  const filled = Object.entries(filling.prefetch ?? {}).flatMap(
    ([key, { template }]): [string, unknown][] => {
      const address = expand(template, context);
      const result = address === undefined ? undefined : get(server, address, filling);
      return result === undefined
        ? []
        : [[key, filling.pages === 'first' ? result : wholeResult(server, result, filling)]];
    },
  );
  return filled.length === 0 ? undefined : Object.fromEntries(filled);
}

/** The template with its context tokens filled in; undefined when the context lacks one. */
function expand(template: string, context: Context): string | undefined {
  const tokens: Readonly<Record<string, string | undefined>> = {
    'context.patientId': context.patientId,
    'context.encounterId': context.encounterId,
    'context.userId': context.userId,
  };
  const names = [...template.matchAll(/\{\{\s*([^}]*?)\s*\}\}/g)].map(([, name]) => name ?? '');
  if (names.some((name) => tokens[name] === undefined)) return undefined;
  return template.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_, name: string) => tokens[name] ?? '');
}

/** The body of `GET <fhirServer>/<address>`; undefined unless it is a 200. */
function get(server: FhirServer, address: string, filling: Filling): unknown {
  const [path = '', query] = address.split('?');
  const request: FhirRequest = {
    method: 'GET',
    base: filling.fhirServer,
    path: path.split('/').filter((segment) => segment !== ''),
    query: new URLSearchParams(query),
    header: (name) => (name === 'accept' ? 'application/fhir+json' : undefined),
    body: '',
    ...(filling.session === undefined ? {} : { session: filling.session }),
  };
  const answer = server.answer(request);
  if (answer.status !== 200 || typeof answer.body !== 'string') return undefined;
  const body: unknown = JSON.parse(answer.body);
  return body;
}

/** A searchset with the entries of its further pages and no `next` link; anything else as it is. */
function wholeResult(server: FhirServer, result: unknown, filling: Filling): unknown {
  if (!isObject(result) || result['type'] !== 'searchset') return result;
  const entry = [...valuesAt(result, 'entry')];
  for (let page: unknown = result; ;) {
    const next = nextAddress(page, filling.fhirServer);
    page = next === undefined ? undefined : get(server, next, filling);
    if (page === undefined) break;
    entry.push(...valuesAt(page, 'entry'));
  }
  const link = valuesAt(result, 'link').filter((one) => isObject(one) && one['relation'] === 'self');
  return { ...result, link, ...(entry.length > 0 ? { entry } : {}) };
}

function nextAddress(page: unknown, fhirServer: string): string | undefined {
  const next = valuesAt(page, 'link').find((link) => isObject(link) && link['relation'] === 'next');
  const url = isObject(next) ? next['url'] : undefined;
  return typeof url === 'string' ? url.slice(fhirServer.length) : undefined;
}
