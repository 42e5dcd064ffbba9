import type { HookRequest, JsonObject } from '../cds-hooks/hook-request.types.js';
import { assertionId } from './assertion-id.js';
import { coverageInformation } from './coverage-information.js';
import type {
  CoverageRule,
  CoverageRules,
  Determination,
  Payer,
  PayerAnswer,
} from './coverage-rules.types.js';
import type { Configuration } from './options.js';
import { insuranceOf, whoseCall, type Claim } from './orders.js';
import { billedCoverages, standingOf, type PatientCoverage, type ReadCoverages } from './payer-coverage.js';
import type { CrdProfile } from './profile.js';

/** What determinations are made for. */
export interface Determining {
  readonly request: HookRequest;
  readonly profile: CrdProfile;
  readonly rules: CoverageRules;
  readonly configuration: Configuration;
  readonly read: ReadCoverages;
  /** False when nothing of the chart could be read that the policy needs. */
  readonly chartRead: boolean;
  /** What the review decided, where there was one. */
  readonly decision?: string;
  /** YYYY-MM-DD. */
  readonly today: string;
  /** The instant of the call, milliseconds since 1970. */
  readonly at: number;
  /** The trusted client and its tenant. */
  readonly client: string;
  /** The site's key for assertion ids. */
  readonly key: string;
}

/** What is said of one order for one coverage. */
export interface Determined extends Claim {
  readonly coverage: PatientCoverage;
  readonly assertionId: string;
  readonly determinations: readonly Determination[];
  /** FHIR coverage-information extensions, one for each determination. */
  readonly extensions: readonly JsonObject[];
  /** Where a rule of a known payer decided; with it come cards. */
  readonly answered?: { readonly payer: Payer; readonly answer: PayerAnswer };
}

/**
 * What the payer says of an order, for each coverage that it is billed to.
 *
 * @throws CdsError as billedCoverages
 */
export function determine(claim: Claim, determining: Determining): readonly Determined[] {
  const { read, at } = determining;
  const { resource } = claim.order;
  const insurance = insuranceOf(resource, whoseCall(determining.request));
  const billed = billedCoverages(read, { resource, insurance }, at);
  return billed.map((coverage) => determineFor(claim, coverage, determining));
}

function determineFor(claim: Claim, coverage: PatientCoverage, determining: Determining): Determined {
  const { request, profile, today, client, key } = determining;
  const { patientId } = request.context;
  const decided = decide(claim, coverage, determining);
  const determinations = decided.determinations.map((one) => asAsked(one, determining));
  const id = assertionId(
    { client, patientId, order: claim.order.reference, coverage: coverage.reference },
    key,
  );
  const assertion = { coverage: coverage.reference, id, date: today };
  return {
    ...{ ...claim, coverage, determinations, assertionId: id },
    extensions: determinations.map((one) => coverageInformation(one, assertion, profile)),
    ...(decided.answered && { answered: decided.answered }),
  };
}

/** What of it is kept: ids of ours and closed words. */
export function assertionsOf({ rule, assertionId: assertion, determinations }: Determined) {
  return determinations.map(({ covered, paNeeded, docNeeded = [] }) => ({
    ...{ assertion, rule: rule.id, covered, docNeeded },
    ...(paNeeded && { paNeeded }),
  }));
}

type Decided = Pick<Determined, 'determinations' | 'answered'>;

/** What is wrong with the coverage comes first, then what could not be read, then the rule (section 19). */
function decide({ rule }: Claim, coverage: PatientCoverage, determining: Determining): Decided {
  const { at, chartRead } = determining;
  const standing = standingOf(coverage, at);
  if (standing === 'inactive') return { determinations: [NO_ACTIVE_COVERAGE] };
  if (standing === 'member-unknown') return { determinations: [NO_MEMBER_FOUND] };
  if (standing !== 'active') return { determinations: [UNSTATED[standing]] };
  const { payer } = coverage;
  if (payer.kind !== 'known')
    return { determinations: [undetermined('The payer of the coverage could not be read')] };
  if (rule.orders === 'reviewed' && !chartRead)
    return { determinations: [undetermined('The records that the policy needs could not be read')] };
  const answer = answerOf(rule, payer.id, determining);
  return {
    determinations: answer.determinations.map((one) => withPolicy(one, answer)),
    answered: { payer: payer.payer, answer },
  };
}

function answerOf(rule: CoverageRule, payer: string, { decision = '' }: Determining): PayerAnswer {
  const decided = rule.orders === 'reviewed' ? rule.byDecision?.[decision] : undefined;
  return decided ?? rule.byPayer?.[payer] ?? rule.default;
}

const NO_ACTIVE_COVERAGE: Determination = {
  covered: 'not-covered',
  reasons: [{ code: 'no-active-coverage', text: 'The coverage is not in force today' }],
};

const NO_MEMBER_FOUND: Determination = {
  covered: 'not-covered',
  reasons: [{ code: 'no-member-found', text: 'The payer knows no member by the ids of the coverage' }],
};

/** Elements that FHIR or the payer asks for: without them nothing says that it is not covered. No trouble that passes. */
const UNSTATED: Readonly<Record<'period-unclear' | 'status-unstated' | 'member-unstated', Determination>> = {
  'period-unclear': open('The Coverage does not say clearly from when to when it is in force'),
  'status-unstated': open('The Coverage does not say whether it is in force'),
  'member-unstated': open('The Coverage has no id by which the payer could find the member'),
};

function open(text: string): Determination {
  return { covered: 'indeterminate', paNeeded: 'indeterminate', reasons: [{ text }] };
}

function undetermined(why: string): Determination {
  const text = `${why}; asking again later may do`;
  return { covered: 'indeterminate', paNeeded: 'indeterminate', reasons: [{ code: 'technical', text }] };
}

/** The policy that a determination rests on is linked from it. */
function withPolicy(determination: Determination, { policy }: PayerAnswer): Determination {
  if (!policy) return determination;
  const link = { code: 'policy-link', url: policy.url, qualification: policy.title } as const;
  return { ...determination, details: [...(determination.details ?? []), link] };
}

function asAsked(determination: Determination, { request, configuration }: Determining): Determination {
  const solicited = configuration.wants('unsolicited-determ') ? determination : onlyWhatIf(determination);
  return request.hook === 'order-select' ? withoutDocuments(solicited) : solicited;
}

/** CX-5: no number of an authorization that nobody asked for. */
function onlyWhatIf({ satisfiedPaId, paNeeded, ...determination }: Determination): Determination {
  if (paNeeded === 'satisfied') return { ...determination, paNeeded: 'auth-needed' };
  return {
    ...determination,
    ...(paNeeded && { paNeeded }),
    ...(satisfiedPaId !== undefined && { satisfiedPaId }),
  };
}

/** MIN-6: whoever is still choosing is not asked for documents; that comes with the signature. */
function withoutDocuments(determination: Determination): Determination {
  const { docNeeded = [], docPurpose, questionnaires, ...rest } = determination;
  const left = docNeeded.filter((code) => code !== 'clinical' && code !== 'admin');
  if (left.length === 0) return rest;
  return {
    ...{ ...rest, docNeeded: left },
    ...(docPurpose && { docPurpose }),
    ...(questionnaires && { questionnaires }),
  };
}
