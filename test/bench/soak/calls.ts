import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { mutated, spoilt } from '../../fuzz/mutations.js';
import { bodyWithoutPrefetch, requestOf, SERVICE_PATH } from '../bodies.js';
import type { BenchClient } from '../tokens.js';

export type CallKind = 'reviewed' | 'fetched' | 'unrelated' | 'feedback' | 'hostile' | 'untrusted';

/** One request of the mix. */
export interface SoakCall {
  readonly kind: CallKind;
  readonly path: string;
  readonly body: string | Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
  /** Statuses that are right for it. */
  readonly right: readonly number[];
}

export interface MixParts {
  /** Base URL of the service. */
  readonly url: string;
  readonly client: BenchClient;
  /** Base URL of a FHIR server; without it nothing is fetched. */
  readonly fhirServer?: string;
  /** A card that was sent a while ago. */
  readonly card: () => string | undefined;
}

const PATIENTS = ['article', 'rfa-wore-off', 'no-block', 'one-sided', 'red-flag', 'empty-chart', 'hostile'];

/** Of 20 calls; most orders are nobody's concern. */
const MIX: readonly CallKind[] = [
  ...Array<CallKind>(8).fill('unrelated'),
  ...Array<CallKind>(5).fill('reviewed'),
  ...Array<CallKind>(2).fill('fetched'),
  ...Array<CallKind>(2).fill('feedback'),
  ...Array<CallKind>(2).fill('hostile'),
  'untrusted',
];

/** What the interface answers to what nobody would send. */
const REFUSALS = [200, 400, 404, 405, 412, 413, 415];
const SEED = 64772;
const HOSTILE = 200;

/** The calls of a run, one after the other, the same in every run but for tokens and ids. */
export function mixOf(parts: MixParts): () => SoakCall {
  const makers = makersOf(parts);
  let n = 0;
  return () => {
    const kind = MIX[n++ % MIX.length] ?? 'unrelated';
    return makers[kind](n);
  };
}

type Maker = (n: number) => SoakCall;

function makersOf({ url, client, fhirServer, card }: MixParts): Record<CallKind, Maker> {
  const json = { 'content-type': 'application/json' };
  const trusted = (path: string) => ({ ...json, authorization: `Bearer ${client.token(url + path)}` });
  const service = (kind: CallKind, bodies: readonly string[]): Maker => {
    return (n) => {
      const body = withNewInstance(bodies[n % bodies.length] ?? '');
      return { kind, path: SERVICE_PATH, body, headers: trusted(SERVICE_PATH), right: [200] };
    };
  };
  const prefetched = PATIENTS.map((patient) => JSON.stringify(requestOf(patient)));
  const reviewed = service('reviewed', prefetched);
  const bare = PATIENTS.map((patient) => bodyWithoutPrefetch(fhirServer ?? '', patient).body);
  const spoiltOnes = hostileBodies();
  return {
    reviewed,
    fetched: fhirServer === undefined ? reviewed : service('fetched', bare),
    unrelated: service('unrelated', [JSON.stringify(requestOf('unrelated'))]),
    feedback: () => feedbackOn(card() ?? randomUUID(), trusted(`${SERVICE_PATH}/feedback`)),
    hostile: (n) => {
      const { body, headers } = spoiltOnes[n % spoiltOnes.length] ?? { body: '', headers: {} };
      const sent = { ...trusted(SERVICE_PATH), ...headers };
      return { kind: 'hostile', path: SERVICE_PATH, body, headers: sent, right: REFUSALS };
    },
    untrusted: (n) => {
      const headers = { ...json, ...(n % 2 === 0 && { authorization: 'Bearer a.b.c' }) };
      const body = prefetched[0] ?? '';
      return { kind: 'untrusted', path: SERVICE_PATH, body, headers, right: [401] };
    },
  };
}

const INSTANCE = /"hookInstance":"[^"]*"/;

function withNewInstance(body: string): string {
  return body.replace(INSTANCE, `"hookInstance":"${randomUUID()}"`);
}

function feedbackOn(card: string, headers: SoakCall['headers']): SoakCall {
  const item = {
    ...{ card, outcome: 'overridden', outcomeTimestamp: new Date().toISOString() },
    overrideReason: { userComment: 'SECRET comment of a clinician' },
  };
  const body = JSON.stringify({ feedback: [item] });
  return { kind: 'feedback', path: `${SERVICE_PATH}/feedback`, body, headers, right: [200] };
}

/** Orders and bytes that are spoilt in many ways, as the tests' fuzzing makes them. */
function hostileBodies(): readonly Pick<SoakCall, 'body' | 'headers'>[] {
  const order = requestOf('article');
  const how = { numRuns: HOSTILE, seed: SEED };
  const changed = fc.sample(mutated(order), how).map((body) => ({ body: JSON.stringify(body), headers: {} }));
  const bytes = fc.sample(spoilt(JSON.stringify(order)), how);
  return [...changed, ...bytes.map(({ bytes: body, headers }) => ({ body, headers }))];
}
