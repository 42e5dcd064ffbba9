import type { JsonObject } from '../cds-hooks/hook-request.types.js';

/**
 * hooks/<service>/coverage.json: what a payer says of orders, as data: who the payers are, and by order and payer what
 * is covered, whether prior authorization or documents are needed, and why. Written once, sent in each version of CRD.
 */
export interface CoverageRules {
  readonly payers: Readonly<Record<string, Payer>>;
  /** CRD response types of the cards of the review, by the end of their own topic code. */
  readonly topics: { readonly default: ResponseType; readonly [advice: string]: ResponseType };
  /** Forms that answers ask for, by a name of ours. */
  readonly forms?: Readonly<Record<string, Form>>;
  /** The first that holds for an order is taken. */
  readonly rules: readonly CoverageRule[];
}

export interface Payer {
  /** The name users and patients know (CC-4). */
  readonly label: string;
  readonly url?: string;
  /** Of these one has to stand in Coverage.payor, or in the Organization it refers to. */
  readonly identifiers: readonly { readonly system: string; readonly value: string }[];
  /** Form of its member ids, a regular expression; a member without such an id cannot be found. */
  readonly memberId?: string;
}

export interface CoverageRule {
  readonly id: string;
  readonly orders: RuledOrders;
  /** Id of a service that answers for these orders in place of this one, where it is served. */
  readonly unlessServed?: string;
  readonly default: PayerAnswer;
  readonly byPayer?: Readonly<Record<string, PayerAnswer>>;
  /** Where the review decided so, whoever pays; only for orders that are reviewed. */
  readonly byDecision?: Readonly<Record<string, PayerAnswer>>;
}

/** Which orders a rule is for: those the service's policy reviews, value sets, codes, or any. */
export type RuledOrders =
  | 'reviewed'
  | 'any'
  | { readonly concepts: readonly string[] }
  | { readonly codes: readonly { readonly system: string; readonly code: string }[] };

export interface PayerAnswer {
  /** Several where they hold for different billing codes (CI-3). */
  readonly determinations: readonly [Determination, ...Determination[]];
  /** For the card with the policy, and for the detail that links to it. */
  readonly policy?: { readonly title: string; readonly url: string };
  readonly instructions?: { readonly topic: ResponseType; readonly summary: string; readonly detail: string };
  /** Name of a form to be completed, asked for by a card (section 23 of the guide). Not where DTR is to be used. */
  readonly form?: string;
}

/** A form that the EHR is asked to have completed: a Task, and the Questionnaire where the EHR does not have it. */
export interface Form {
  readonly topic: ResponseType;
  readonly summary: string;
  readonly detail: string;
  /** Why it has to be completed, for whoever takes the task up. */
  readonly reason: string;
  /** What is to be done with it then; 2.0.1 asks for it, and has codes for sending it along. */
  readonly afterCompletion: { readonly code?: AfterCompletion; readonly text?: string };
  /** FHIR R4. */
  readonly questionnaire: JsonObject & {
    readonly url: string;
    readonly version: string;
    readonly title: string;
  };
}

export type AfterCompletion = 'prior-auth-include' | 'initial-claim-include' | 'all-claims-include';

/** One coverage-information, before it has the form of a version (section 22 of the guide). */
export interface Determination {
  readonly covered: 'covered' | 'not-covered' | 'conditional' | 'indeterminate';
  readonly paNeeded?: 'no-auth' | 'auth-needed' | 'satisfied' | 'performpa' | 'conditional' | 'indeterminate';
  readonly docNeeded?: readonly ('clinical' | 'admin' | 'patient' | 'conditional' | 'indeterminate')[];
  readonly docPurpose?: readonly ('withpa' | 'withclaim' | 'withorder' | 'retain-doc' | 'OTH')[];
  readonly infoNeeded?: readonly InfoNeeded[];
  readonly billingCodes?: readonly BillingCode[];
  readonly reasons?: readonly Reason[];
  readonly details?: readonly Detail[];
  /** Canonicals. */
  readonly questionnaires?: readonly string[];
  readonly satisfiedPaId?: string;
  readonly contacts?: readonly Contact[];
}

export type InfoNeeded = 'performer' | 'location' | 'timeframe' | 'contract-window' | 'detail-code' | 'OTH';

export interface BillingCode {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

/** A code that a version does not have is said by its text alone. */
export interface Reason {
  readonly code?: ReasonCode;
  readonly text?: string;
}

export type ReasonCode =
  | 'gold-card'
  | 'detail-code'
  | 'no-member-found'
  | 'no-active-coverage'
  | 'coverage-not-found'
  | 'auth-out-network'
  | 'technical';

export interface Detail {
  readonly code: DetailCode;
  /** Exactly one of these. */
  readonly boolean?: boolean;
  readonly string?: string;
  readonly url?: string;
  readonly quantity?: { readonly value: number; readonly unit: string };
  readonly period?: { readonly start?: string; readonly end?: string };
  readonly qualification?: string;
}

export type DetailCode =
  | 'allowed-quantity'
  | 'allowed-period'
  | 'in-network-copay'
  | 'out-network-copay'
  | 'concurrent-review'
  | 'appropriate-use-needed'
  | 'policy-link'
  | 'instructions';

export interface Contact {
  readonly name?: string;
  readonly system: 'phone' | 'fax' | 'email' | 'url' | 'other';
  readonly value: string;
}

/** Codes of the guide's response types, as far as cards of this service can be of them (CX-6). */
export type ResponseType =
  | 'claim'
  | 'insurance'
  | 'limits'
  | 'network'
  | 'appropriate-use'
  | 'cost'
  | 'therapy-alternatives-opt'
  | 'therapy-alternatives-req'
  | 'clinical-reminder'
  | 'duplicate-therapy'
  | 'contraindication'
  | 'guideline'
  | 'off-guideline';
