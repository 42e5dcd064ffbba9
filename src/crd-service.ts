import {
  createReviewer,
  NOTHING_TO_SAY,
  refuseForeignServer,
  type ClientAgreement,
  type Reviewed,
  type Reviewer,
  type ServiceParts,
} from './call-service.js';
import { STANDARD_CARDS, withSuggestionsIn } from './cards/dialect.js';
import type { CdsResponse } from './cds-hooks/card.types.js';
import type { HookRequest } from './cds-hooks/hook-request.types.js';
import type { CallContext, ServedService, ServiceDefinition } from './cds-hooks/service.types.js';
import { cardsOf, updatesOf, type Answering } from './crd/answer.js';
import { chosenCards } from './crd/cards.js';
import type { CoverageRules } from './crd/coverage-rules.types.js';
import { withDispatchedOrders } from './crd/dispatched.js';
import { assertionsOf, determine, type Determined, type Determining } from './crd/determine.js';
import { formsOf, missingForms } from './crd/forms.js';
import {
  configurationOptions,
  discoveryExtension,
  readConfiguration,
  type Configuration,
} from './crd/options.js';
import { claimsOn, ordersOf, type Claim, type CrdOrder } from './crd/orders.js';
import type { ReadCoverages } from './crd/payer-coverage.js';
import type { CrdProfile } from './crd/profile.js';
import { COVERAGE_PREFETCH, readCoverages } from './crd/read-coverages.js';
import { CdsError } from './errors.js';
import { evaluationOf } from './evaluation/in-contract.js';

/** What makes a service one of a payer's (Da Vinci CRD). */
export interface CrdParts {
  readonly profile: CrdProfile;
  readonly rules: CoverageRules;
  /** The site's secret for assertion ids. */
  readonly assertionKey: string;
}

/**
 * A CDS service that also says what the payer covers: the review and the coverages are read side by side; what rules
 * say of the orders goes back on the orders themselves, and the cards take the form of CRD.
 */
export function createCrdService(parts: ServiceParts, crd: CrdParts): ServedService {
  const own: Own = { ...crd, parts, reviewer: createReviewer(parts) };
  return {
    definition: crdDefinition(parts.definition, crd),
    crd: { invalidAs: crd.profile.invalidAs },
    call: (request, context) =>
      context.unrecorded ? reviewAlone(own, request, context) : call(own, request, context),
  };
}

interface Own extends CrdParts {
  readonly parts: ServiceParts;
  readonly reviewer: Reviewer;
}

function crdDefinition(definition: ServiceDefinition, { profile, rules }: CrdParts): ServiceDefinition {
  const extension = discoveryExtension(profile, configurationOptions(rules));
  const hooks = [...definition.hooks, 'order-dispatch' as const];
  return { ...definition, hooks, prefetch: { ...definition.prefetch, ...COVERAGE_PREFETCH }, extension };
}

/** The evidence page asks what the policy says, and nothing of a payer. */
async function reviewAlone(
  { reviewer }: Own,
  request: HookRequest,
  context: CallContext,
): Promise<CdsResponse> {
  const reviewed = await reviewer.review(request, context);
  return reviewed ? { cards: reviewed.cards, extension: evaluationOf(reviewed.assessment) } : NOTHING_TO_SAY;
}

/** One call, on its way. */
interface Call {
  readonly request: HookRequest;
  readonly context: CallContext;
  readonly client?: ClientAgreement;
  readonly configuration: Configuration;
  readonly orders: readonly CrdOrder[];
}

/** The table of contents of a CRD call. */
async function call(own: Own, request: HookRequest, context: CallContext): Promise<CdsResponse> {
  const configuration = readConfiguration(request.extension, own.profile);
  const client = context.caller && own.parts.clientOf?.(context.caller);
  refuseForeignServer(request, client);
  const asked = await withDispatchedOrders(own.parts.retriever, {
    ...{ request, deadlineAt: context.deadlineAt - RESERVE_MS },
    ...(client && { client }),
  });
  const one: Call = {
    ...{ request: asked, context, configuration, orders: ordersOf(asked) },
    ...(client && { client }),
  };

  const recognised = new Set(own.reviewer.recognise(asked, context)?.drafts.map(({ index }) => index));
  const claimed = claims(own, one, recognised);
  if (claimed.length === 0 && recognised.size === 0) return NOTHING_TO_SAY;

  const read = await readAll(own, one, claimed);
  const { review } = read;
  const reviewed = review.kind === 'nothing' ? new Set<number>() : recognised;
  const determining = determiningOf(own, one, read);
  const determined = claims(own, one, reviewed).flatMap((claim) => determine(claim, determining));
  if (review.kind === 'unread' && determined.length === 0) throw review.error;

  tellAssertions(own, one, determined);
  const response = toResponse(own, one, read, determined);
  if (review.kind === 'reviewed' && !isDispatch(one)) return own.reviewer.answer(review.reviewed, response);
  return context.caller?.shadow ? NOTHING_TO_SAY : response;
}

function claims(
  { parts, rules, profile }: Own,
  { orders, client }: Call,
  reviewed: ReadonlySet<number>,
): readonly Claim[] {
  const terminology = client?.terminology ?? parts.terminology;
  const { invalidAs } = profile;
  return claimsOn(orders, { rules: rules.rules, terminology, reviewed, invalidAs });
}

/** Milliseconds kept for what comes after the coverages were read. */
const RESERVE_MS = 40;

/** What was read for a call, side by side. */
interface Read {
  readonly read: ReadCoverages;
  readonly missingForms: ReadonlySet<string>;
  readonly review: Review;
}

async function readAll(own: Own, one: Call, claimed: readonly Claim[]): Promise<Read> {
  const { retriever } = own.parts;
  const { request, context, client } = one;
  const reading = { request, deadlineAt: context.deadlineAt - RESERVE_MS, ...(client && { client }) };
  const [coverages, forms, review] = await Promise.all([
    claimed.length > 0
      ? readCoverages(retriever, reading, {
          rules: own.rules,
          orders: claimed.map(({ order }) => order.resource),
        })
      : NO_COVERAGES,
    missingForms(retriever, reading, formsOf(claimed, own.rules, one)),
    reviewFor(own, one),
  ]);
  return { read: coverages, missingForms: forms, review };
}

/** Nothing was asked of a payer. */
const NO_COVERAGES: ReadCoverages = { coverages: [], contained: new Map(), allRead: true };

type Review =
  | { readonly kind: 'reviewed'; readonly reviewed: Reviewed }
  /** The policy has nothing to say of these orders. */
  | { readonly kind: 'nothing' }
  /** Nothing could be read that the policy needs. */
  | { readonly kind: 'unread'; readonly error: CdsError };

async function reviewFor({ reviewer }: Own, { request, context }: Call): Promise<Review> {
  try {
    const reviewed = await reviewer.review(request, context);
    return reviewed ? { kind: 'reviewed', reviewed } : { kind: 'nothing' };
  } catch (thrown) {
    if (!(thrown instanceof CdsError) || thrown.code !== 'ERR_FHIR_DATA_UNAVAILABLE') throw thrown;
    return { kind: 'unread', error: thrown };
  }
}

function determiningOf(
  { profile, rules, parts, assertionKey: key }: Own,
  { request, context, configuration }: Call,
  { read, review }: Read,
): Determining {
  const { client = '', tenant = '' } = context.caller ?? {};
  const evaluation = review.kind === 'reviewed' ? review.reviewed.assessment.evaluation : undefined;
  const decision = evaluation?.orders[0]?.decision;
  return {
    ...{ request, profile, rules, configuration, read, key, today: parts.today(), at: parts.instant() },
    client: `${client} ${tenant}`,
    chartRead: review.kind !== 'unread',
    ...(decision && { decision }),
  };
}

/** For the record, also what is not sent because nothing of it is new. */
function tellAssertions({ parts }: Own, { request, context }: Call, determined: readonly Determined[]): void {
  const { requestId, caller } = context;
  if (determined.length === 0) return;
  parts.recorder?.asserted?.({
    ...{ service: parts.definition.id, hook: request.hook, hookInstance: request.hookInstance },
    ...(requestId !== undefined && { requestId }),
    ...(caller && { caller }),
    assertions: determined.flatMap(assertionsOf),
  });
}

function isDispatch({ request }: Call): boolean {
  return request.hook === 'order-dispatch';
}

function toResponse(own: Own, one: Call, read: Read, determined: readonly Determined[]): CdsResponse {
  const { configuration, client } = one;
  // What the policy says was said at the signature; an order on its way is not to be replaced by another.
  const reviewed = read.review.kind === 'reviewed' && !isDispatch(one) ? read.review.reviewed : undefined;
  const { profile, rules, parts } = own;
  const answering = { ...one, ...read, profile, rules, determined, today: parts.today() };
  const cards = cardsOf({ ...answering, ...(reviewed && { reviewed: withPlaces(reviewed) }) });
  const systemActions = configuration.wants('coverage-info') ? updatesOf(determined) : [];
  return {
    // Topics stay the guide's: its codes are fixed, whatever make of EHR takes them.
    cards: withSuggestionsIn(client?.cards ?? STANDARD_CARDS, chosenCards(cards, configuration)),
    ...(systemActions.length > 0 && { systemActions }),
    ...(reviewed && { extension: evaluationOf(reviewed.assessment) }),
  };
}

function withPlaces({ cards, orders }: Reviewed): NonNullable<Answering['reviewed']> {
  return { cards, places: new Set(orders.drafts.map(({ index }) => index)) };
}
