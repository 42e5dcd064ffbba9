import type { Answer, FhirRequest } from './answer.js';
import { fhirAnswer } from './answer.js';
import { operationOutcome } from './outcome.js';
import { isObject } from './resource.js';

/** How a FHIR server may fail or dawdle, to be switched on by path (`faults/<name>/`) or by X-Sandbox-Fault. */
export type Fault = {
  readonly name: string;
  /** For a menu. */
  readonly title: string;
  /** Only calls for these resource types; absent: every call. Pages of a search have no type and are spared. */
  readonly types?: readonly string[];
} & (
  | { readonly kind: 'delay'; readonly milliseconds: number }
  | { readonly kind: 'drip'; readonly bytes: number; readonly everyMilliseconds: number }
  | { readonly kind: 'hang' | 'reset' | 'empty' | 'html' | 'truncate' | 'endless-pages' }
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> }
);

export const FAULTS: readonly Fault[] = [
  { name: 'slow-200ms', title: 'Every answer 200 ms late', kind: 'delay', milliseconds: 200 },
  { name: 'slow-2s', title: 'Every answer 2 s late', kind: 'delay', milliseconds: 2000 },
  {
    name: 'slow-reports',
    title: 'Reports 2 s late',
    kind: 'delay',
    milliseconds: 2000,
    types: ['DiagnosticReport'],
  },
  {
    name: 'drip',
    title: 'Answers trickle, 64 bytes a time',
    kind: 'drip',
    bytes: 64,
    everyMilliseconds: 100,
  },
  { name: 'hang', title: 'Never answers', kind: 'hang' },
  { name: 'reset', title: 'Drops the connection', kind: 'reset' },
  { name: 'error-500', title: 'Every answer is a 500', kind: 'status', status: 500 },
  {
    name: 'error-procedures',
    title: 'Procedures answer 500',
    kind: 'status',
    status: 500,
    types: ['Procedure'],
  },
  { name: 'unauthorized', title: 'Every answer is a 401', kind: 'status', status: 401 },
  {
    name: 'forbid-reports',
    title: 'Reports are forbidden',
    kind: 'status',
    status: 403,
    types: ['DiagnosticReport'],
  },
  {
    name: 'forbid-binaries',
    title: 'Report files are forbidden',
    kind: 'status',
    status: 403,
    types: ['Binary'],
  },
  {
    name: 'throttled',
    title: 'Too many requests',
    kind: 'status',
    status: 429,
    headers: { 'retry-after': '600' },
  },
  { name: 'empty', title: 'Every search finds nothing', kind: 'empty' },
  { name: 'html', title: 'A login page in place of data', kind: 'html' },
  { name: 'truncate', title: 'Answers break off in the middle', kind: 'truncate' },
  { name: 'endless-pages', title: 'There is always a next page', kind: 'endless-pages' },
];

export function findFault(name: string): Fault | undefined {
  return FAULTS.find((fault) => fault.name === name);
}

export function concerns(fault: Fault, request: FhirRequest): boolean {
  return fault.types === undefined || fault.types.includes(request.path[0] ?? '');
}

/** The answer as the fault spoils it. Faults of time and connection leave it as it is: see deliver. */
export function spoil(fault: Fault, answer: Answer, request: FhirRequest): Answer {
  switch (fault.kind) {
    case 'status':
      return fhirAnswer(
        fault.status,
        operationOutcome('exception', 'Switched on in the sandbox'),
        fault.headers,
      );
    case 'html':
      return {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: '<html><body>Please sign in</body></html>',
      };
    case 'truncate':
      return {
        ...answer,
        ...(answer.body === undefined ? {} : { body: answer.body.slice(0, answer.body.length / 2) }),
      };
    case 'empty':
      return withSearchset(answer, ({ resourceType, type, link }) => ({
        resourceType,
        type,
        total: 0,
        link: selfLinks(link),
      }));
    case 'endless-pages':
      return withSearchset(answer, (bundle) => ({
        ...bundle,
        link: [...selfLinks(bundle['link']), nextLink(request)],
      }));
    default:
      return answer;
  }
}

type JsonBundle = Readonly<Record<string, unknown>>;

function withSearchset(answer: Answer, change: (bundle: JsonBundle) => JsonBundle): Answer {
  const bundle: unknown = typeof answer.body === 'string' ? JSON.parse(answer.body) : undefined;
  if (!isObject(bundle) || bundle['type'] !== 'searchset') return answer;
  return { ...answer, body: JSON.stringify(change(bundle)) };
}

function selfLinks(links: unknown): readonly unknown[] {
  return Array.isArray(links) ? links.filter((link) => isObject(link) && link['relation'] === 'self') : [];
}

/** The same search under an ever new address. */
function nextLink(request: FhirRequest): JsonBundle {
  const query = new URLSearchParams(request.query);
  query.set('_getpagesoffset', String(Number(query.get('_getpagesoffset') ?? 0) + 1));
  return { relation: 'next', url: `${request.base}/${request.path.join('/')}?${query.toString()}` };
}
