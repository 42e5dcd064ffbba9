import { createSandbox } from '../../src/sandbox/sandbox.js';
import { loadService } from '../../src/artifacts/service.js';
import { HOOKS } from '../../src/compose/services.js';

export const SERVICE_ID = 'sij-neurectomy-review';
/** Named in every call with prefetch, and never asked. */
export const FHIR_SERVER = 'https://ehr.example/fhir';
export const SERVICE_PATH = `/cds-services/${SERVICE_ID}`;

/** A hook request to measure with. */
export interface BenchBody {
  readonly name: string;
  readonly body: string;
  /** To be sent through `freshBodies`: no text of it was read before. */
  readonly fresh?: boolean;
  /** Most that the service may cost, in multiples of the bare server's CPU time for the same body. */
  readonly bar?: number;
}

/** What is nobody's concern to the review, so that a whole chart fits into 20 kB. */
const ASIDE: ReadonlySet<string> = new Set(['meta', 'search', 'fullUrl', 'link', 'encounter', 'identifier']);
/** Where reports, notes and visits have their words. */
const WORDS: ReadonlySet<string> = new Set(['conclusion', 'presentedForm', 'note', 'content']);

/** Stands behind every text of a body whose texts are to be new in each call; 12 bytes, whole in base64. */
const NEW_WORD = 'NEWWORDTOKEN';

const prefetch = loadService(HOOKS, SERVICE_ID).prefetch;
const sandbox = createSandbox({
  now: () => Date.UTC(2026, 2, 20),
  randomId: () => crypto.randomUUID(),
  wait: () => Promise.resolve(),
});

/** Requests as an EHR sends them, with all prefetch: someone else's order and the article's, small and grown. */
export function benchBodies(): readonly BenchBody[] {
  const [unrelated, article] = [requestOf('unrelated'), requestOf('article')];
  const small = grown(without(article, ASIDE), 20_000);
  const wordless = without(article, WORDS);
  return [
    { name: 'unrelated order, 20 kB', body: grown(unrelated, 20_000), bar: 2 },
    { name: 'unrelated order, 200 kB', body: grown(unrelated, 200_000) },
    { name: 'article, 20 kB', body: small, bar: 3 },
    { name: 'article, 20 kB, words never read before', body: withNewWords(small), fresh: true },
    { name: 'article without report text, 20 kB', body: grown(without(wordless, ASIDE), 20_000) },
    { name: 'article, whole as the sandbox sends it', body: JSON.stringify(article) },
    { name: 'article, 200 kB', body: grown(article, 200_000), bar: 1.6 },
    { name: 'article without report text, 200 kB', body: grown(wordless, 200_000) },
  ];
}

/** The article's request with a chart of this many resources. */
export function bodyWithResources(count: number): BenchBody {
  const body = requestOf('article');
  const entries = lists(body).reduce((sum, list) => sum + list.length, 0);
  for (let more = entries; more < count; more++) addNoise(body, more - entries);
  return { name: `${Math.max(count, entries)} resources`, body: JSON.stringify(body) };
}

/** A patient's request without prefetch, for a FHIR server at this address. */
export function bodyWithoutPrefetch(fhirServer: string, patientId = 'article'): BenchBody {
  const hookInstance = crypto.randomUUID();
  const body = sandbox.orderSign(patientId, { sandboxUrl: fhirServer, hookInstance });
  return { name: `${patientId}, no prefetch`, body: JSON.stringify(body) };
}

interface Entry {
  readonly resource: { readonly resourceType: string; readonly id: string };
}

interface Body {
  readonly prefetch: Record<string, { entry?: Entry[] }>;
}

/** A patient's request with everything prefetched. */
export function requestOf(patientId: string): Body {
  const sandboxUrl = FHIR_SERVER;
  const hookInstance = crypto.randomUUID();
  return JSON.parse(
    JSON.stringify(sandbox.orderSign(patientId, { sandboxUrl, hookInstance, prefetch })),
  ) as Body;
}

function without(body: Body, names: ReadonlySet<string>): Body {
  const text = JSON.stringify(body, (name, value: unknown) => (names.has(name) ? undefined : value));
  return JSON.parse(text) as Body;
}

/** Shortest text that is a sentence of this patient's and not the name of something. */
const SENTENCE_LENGTH = 60;

/** Every text of reports, notes and visits with a word behind it that differs from call to call. */
function withNewWords(text: string): string {
  return JSON.stringify(JSON.parse(text), (name, value: unknown) => {
    if (typeof value !== 'string') return value;
    if (name === 'data') return toBase64(`${Buffer.from(value, 'base64').toString()} `);
    const isSentence = name === 'conclusion' || (name === 'text' && value.length >= SENTENCE_LENGTH);
    return isSentence ? `${value} ${NEW_WORD}` : value;
  });
}

/** So that the word stands in the base64 text as it would stand alone. */
function toBase64(text: string): string {
  const bytes = Buffer.from(text);
  return Buffer.concat([
    bytes,
    Buffer.alloc((3 - (bytes.length % 3)) % 3, ' '),
    Buffer.from(NEW_WORD),
  ]).toString('base64');
}

/** The bodies of successive calls: the same chart, its texts never the same. */
export function freshBodies(body: string): () => string {
  const encoded = Buffer.from(NEW_WORD).toString('base64');
  let call = 0;
  return () => {
    const word = String(++call).padStart(NEW_WORD.length, '0');
    return body.replaceAll(NEW_WORD, word).replaceAll(encoded, Buffer.from(word).toString('base64'));
  };
}

function lists(body: Body): readonly Entry[][] {
  return Object.values(body.prefetch).flatMap(({ entry }) => (entry ? [entry] : []));
}

/** Irrelevant resources are added until the body is this long; one that is longer stays as it is. */
function grown(from: Body, bytes: number): string {
  const body = JSON.parse(JSON.stringify(from)) as Body;
  let length = JSON.stringify(body).length;
  for (let n = 0; length < bytes; n++) length += addNoise(body, n);
  return JSON.stringify(body);
}

const NOISE = noiseByKey();

function noiseByKey(): readonly (readonly [string, readonly Entry[]])[] {
  const large = requestOf('large-chart');
  const noise = Object.entries(large.prefetch).flatMap(([key, { entry = [] }]) => {
    const irrelevant = entry.filter(({ resource }) =>
      /-(?:problem|service|imaging|prescription|weight)-\d+$/.test(resource.id),
    );
    return irrelevant.length > 0 ? [[key, irrelevant] as const] : [];
  });
  return noise;
}

/** Puts the nth irrelevant resource into the list it belongs to; the number of bytes added. */
function addNoise(body: Body, n: number): number {
  const [key, entries] = NOISE[n % NOISE.length] ?? ['', []];
  const template = entries[Math.floor(n / NOISE.length) % entries.length];
  if (!template) return 0;
  const patient = patientOf(body);
  const text = JSON.stringify(template)
    .replaceAll('Patient/large-chart', patient)
    .replaceAll('large-chart', `noise-${n}`);
  const list = (body.prefetch[key] ??= {});
  (list.entry ??= []).push(JSON.parse(text) as Entry);
  return text.length + 1;
}

function patientOf(body: Body): string {
  const { context } = body as Body & { readonly context: { readonly patientId: string } };
  return `Patient/${context.patientId}`;
}
