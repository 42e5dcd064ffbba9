import { inDialect, STANDARD_CARDS, type CardDialect, type OrderCodes } from './cards/dialect.js';
import { muteCards, type Muted } from './cards/reminder.js';
import { toCards, withStateWords } from './cards/to-cards.js';
import type { Words } from './cards/words.js';
import type { Card, CdsResponse } from './cds-hooks/card.types.js';
import type { HookRequest, JsonObject } from './cds-hooks/hook-request.types.js';
import type { Caller, CallContext, ServedService, ServiceDefinition } from './cds-hooks/service.types.js';
import { finishResponse } from './cds-hooks/response.js';
import { CdsError } from './errors.js';
import { evaluate, type Assessment, type PolicyInForce } from './evaluation/evaluate.js';
import type { OrderFact } from './evaluation/facts.js';
import { evaluationOf } from './evaluation/in-contract.js';
import type { ClientPolicy, Retriever } from './fhir/retriever.types.js';
import { needsConditions, noConditions } from './mapping/order-indication.js';
import { withClaimsOf } from './mapping/order-claims.js';
import { reviewedOrders, toOrderFact } from './mapping/order.js';
import type { ReviewedOrders } from './mapping/order.types.js';
import { conditionsOf } from './mapping/patient-facts.js';
import type { Terminology } from './mapping/terminology.js';
import type { AssertedCall } from './records/coverage-log.js';
import { readAttachments } from './reading/attachments.js';
import { readChart } from './reading/read-chart.js';
import { readFacts } from './reading/read-facts.js';
import { Pace } from './reading/pace.js';
import { toReader, type Reader } from './reading/texts.js';
import type { PhraseBook } from './report-text/index.js';
import type { Step } from './tracing.js';

/** What a service is made of. Everything that changes from call to call is handed in with the call. */
export interface ServiceParts {
  readonly definition: ServiceDefinition;
  readonly policy: PolicyInForce;
  readonly words: Words;
  readonly terminology: Terminology;
  readonly phraseBook: PhraseBook;
  readonly retriever: Retriever;
  /** The day of the call, YYYY-MM-DD; for orders that do not say when they were written. */
  readonly today: () => string;
  /** The instant of the call, milliseconds since 1970. */
  readonly instant: () => number;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
  /** Told of every reviewed order, before the answer leaves. */
  readonly onReviewed?: (assessment: Assessment, request: HookRequest) => void;
  /** Told of every reviewed order with the cards as they are sent, before the answer leaves. */
  readonly recorder?: Recorder;
  /** What is agreed with a trusted client. */
  readonly clientOf?: (caller: Caller) => ClientAgreement | undefined;
  /** Launch address of the evidence page, for a link on the first card; without it there is no link. */
  readonly evidenceUrl?: string;
  /** Runs each part of a call inside a span; without it they just run. */
  readonly step?: Step;
}

/** How a trusted client's EHR is read and answered, and what its site means by its own codes and words. */
export interface ClientAgreement extends ClientPolicy {
  /** The standard one where none is agreed. */
  readonly cards?: CardDialect;
  /** In place of the service's own, which it extends. */
  readonly terminology?: Terminology;
  readonly orderCodes?: OrderCodes;
}

export interface Recorder {
  /** For cards and suggestions, so that feedback on them can be joined. */
  readonly newUuid: () => string;
  /** Cards that a clinician has overridden a while ago, where the site wants them muted; never rejects. */
  readonly muted?: (review: Omit<Review, 'durationMs'>, leftMs: number) => Promise<Muted | undefined>;
  reviewed(review: Review): void;
  /** Told what a payer said of the orders of a call. */
  readonly asserted?: (call: AssertedCall) => void;
}

export interface Review {
  readonly service: string;
  readonly request: HookRequest;
  readonly context: CallContext;
  readonly assessment: Assessment;
  /** With the uuids it is sent with. */
  readonly response: CdsResponse;
  /** uuids of its cards that are told as a reminder, or not at all. */
  readonly muted?: ReadonlySet<string>;
  /** Milliseconds from the arrival of the call to the finished answer. */
  readonly durationMs: number;
}

export const NOTHING_TO_SAY: CdsResponse = { cards: [] };

/** One CDS service. */
export function createService(parts: ServiceParts): ServedService {
  const reviewer = createReviewer(parts);
  return {
    definition: parts.definition,
    call: async (request, context) => {
      const reviewed = await reviewer.review(request, context);
      return reviewed ? reviewer.answer(reviewed, inDialectOf(reviewed)) : NOTHING_TO_SAY;
    },
  };
}

/** The way of a call in its parts, for whoever has to say more than the review. */
export interface Reviewer {
  /** The drafts that the policy reviews, as far as they tell by themselves. Nobody is asked. */
  recognise(request: HookRequest, context: CallContext): ReviewedOrders | undefined;
  /** Undefined when the policy has nothing to say. @throws CdsError when nothing could be read */
  review(request: HookRequest, context: CallContext): Promise<Reviewed | undefined>;
  /** Records and counts the review with the response it is answered with. */
  answer(reviewed: Reviewed, response: CdsResponse): Promise<CdsResponse>;
}

export interface Reviewed {
  readonly request: HookRequest;
  readonly context: CallContext;
  readonly orders: ReviewedOrders;
  readonly assessment: Assessment;
  /** In no make of EHR's own form. */
  readonly cards: readonly Card[];
  readonly client?: ClientAgreement;
}

export function createReviewer(parts: ServiceParts): Reviewer {
  const untraced: Step = (_name, work) => work();
  const own = { step: untraced, ...parts, reader: toReader(parts.phraseBook), pace: new Pace() };
  return {
    recognise: (request, context) => ordersToReview(partsFor(own, context).parts, request).orders,
    review: (request, context) => review(own, request, context),
    answer: (reviewed, response) => answer(own, reviewed, response),
  };
}

function inDialectOf({ cards, client, assessment }: Reviewed): CdsResponse {
  return { cards: inDialect(cards, client?.cards ?? STANDARD_CARDS), extension: evaluationOf(assessment) };
}

type Parts = ServiceParts & { readonly reader: Reader; readonly pace: Pace; readonly step: Step };

function partsFor(own: Parts, { caller }: CallContext): { parts: Parts; client?: ClientAgreement } {
  const client = caller && own.clientOf?.(caller);
  const parts = client?.terminology ? { ...own, terminology: client.terminology } : own;
  return { parts, ...(client && { client }) };
}

/** The table of contents of a call. */
async function review(own: Parts, request: HookRequest, context: CallContext): Promise<Reviewed | undefined> {
  const { parts, client } = partsFor(own, context);
  const { step } = parts;
  refuseForeignServer(request, client);
  const { orders, stated } = ordersToReview(parts, request);
  if (!orders) return undefined;

  const deadlineAt = context.deadlineAt - parts.pace.reserve(context.deadlineAt - parts.now());
  const call = { request, deadlineAt, ...(client && { client }) };
  const chart = await step('retrieval', () => readChart(parts, call));
  const attachments = await step('attachments', () => readAttachments(chart, { ...parts, ...call }));
  const { order: params } = parts.policy.policy;
  const order = stated ?? toOrderFact(orders, conditionsOf(chart), params, parts.terminology);
  if (!order) return undefined;
  const began = parts.now();
  const tools = { ...parts.reader, terminology: parts.terminology, attachments };
  const clock = { now: parts.now, until: parts.pace.readUntil(context.deadlineAt, began) };
  const recorded = await step('mapping', () => readFacts(chart, tools, clock));
  const facts = withClaimsOf(orders, recorded, tools.read);
  const assessed = step('evaluation', () => evaluate(facts, [order], parts.policy, parts.today()));
  const assessment = withStateWords(assessed, parts.words);
  const reviewed = { request, context, orders, assessment, ...(client && { client }) };
  const cards = step('cards', () => cardsOf(parts, reviewed));
  parts.pace.took(parts.now() - began);
  return { ...reviewed, cards };
}

function answer(
  parts: Parts,
  { request, context, assessment }: Reviewed,
  response: CdsResponse,
): Promise<CdsResponse> {
  if (context.unrecorded) return Promise.resolve(response);
  parts.onReviewed?.(assessment, request);
  return parts.recorder
    ? record(parts, parts.recorder, { request, context, assessment, response })
    : Promise.resolve(response);
}

/** The response as it is sent, told to the recorder; to a caller in shadow nothing is said. */
async function record(
  { definition, now, words }: ServiceParts,
  recorder: Recorder,
  made: Pick<Review, 'request' | 'context' | 'assessment' | 'response'>,
): Promise<CdsResponse> {
  const { context } = made;
  const response = finishResponse(made.response, recorder.newUuid);
  const review = { ...made, response, service: definition.id };
  const muted = await recorder.muted?.(review, context.deadlineAt - now());
  const durationMs = now() - (context.arrivedAt ?? now());
  recorder.reviewed({ ...review, durationMs, ...(muted && { muted: new Set(muted.cards.keys()) }) });
  if (context.caller?.shadow) return NOTHING_TO_SAY;
  return muted ? muteCards(response, muted, words) : response;
}

/** A trusted client speaks for its own FHIR servers, also where nothing has to be read from them. */
export function refuseForeignServer({ fhirServer }: HookRequest, client: ClientPolicy | undefined): void {
  if (fhirServer === undefined || !client?.allowed || client.allowed(new URL(fhirServer))) return;
  throw new CdsError('ERR_FHIR_SERVER_REFUSED', 'fhirServer is not one agreed with this client', {
    expression: 'fhirServer',
  });
}

interface Orders {
  readonly orders?: ReviewedOrders;
  /** The order as the policy sees it, where it says itself what it is for. */
  readonly stated?: OrderFact;
}

/** Nothing is asked of a FHIR server for an order that the policy does not review, or that states another indication. */
function ordersToReview(parts: ServiceParts, request: HookRequest): Orders {
  const { context, fhirServer } = request;
  const { order: params } = parts.policy.policy;
  const orders = reviewedOrders(context.draftOrders, { ...context, fhirServer }, params, parts.terminology);
  if (!orders) return {};
  if (needsConditions(orders)) return { orders };
  const stated = toOrderFact(orders, noConditions({ ...context, fhirServer }), params, parts.terminology);
  return stated ? { orders, stated } : {};
}

function cardsOf(
  { policy, words, evidenceUrl }: ServiceParts,
  reviewed: Omit<Reviewed, 'cards'>,
): readonly Card[] {
  const { request, orders, assessment, client } = reviewed;
  const { draftOrders, patientId } = request.context;
  const [chief, ...more] = orders.drafts.map(({ index }) => draftOrders[index]?.resource ?? {});
  const drafts: readonly [JsonObject, ...JsonObject[]] = [chief ?? {}, ...more];
  return assessment.evaluation.orders.flatMap((order, index) =>
    toCards({
      evaluation: assessment.evaluation,
      order,
      rationale: assessment.rationales[index] ?? [],
      policy: policy.policy,
      words,
      drafts,
      patientId,
      otherDrafts: draftOrders.length - drafts.length,
      ...(evidenceUrl !== undefined && { evidenceUrl }),
      ...(client?.orderCodes && { orderCodes: client.orderCodes }),
    }),
  );
}
