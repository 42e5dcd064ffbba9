import type { JWK } from 'jose';

/** Signature algorithms a client may be given; symmetric ones and `none` are not among them (JWT-3). */
export const SIGNATURE_ALGORITHMS = [
  'ES256',
  'ES384',
  'ES512',
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
] as const;
export type SignatureAlgorithm = (typeof SIGNATURE_ALGORITHMS)[number];

export const DIALECTS = ['standard', 'epic', 'oracle'] as const;
export type Dialect = (typeof DIALECTS)[number];

export const AFTER_OVERRIDE = ['repeat', 'remind', 'quiet'] as const;

/** Hours: three days, and a year. */
export const AFTER_OVERRIDE_HOURS = 72;
export const MOST_HOURS = 8_760;

/** What happens to a card that was overridden with a reason, for so many hours. */
export interface AfterOverrideSetting {
  readonly answer: (typeof AFTER_OVERRIDE)[number];
  readonly hours: number;
}

/** One entry of the trusted clients' file: an EHR that may call. */
export interface TrustedClient {
  /** Compared with `iss` character by character. */
  readonly issuer: string;
  /** Where its keys are published; a `jku` has to be this, character by character (JWT-6). */
  readonly jwksUri?: string;
  /** Its keys, agreed out of band (JWT-7); in place of jwksUri. */
  readonly jwks?: readonly JWK[];
  readonly algorithms: readonly SignatureAlgorithm[];
  /** When given, a token has to name one of them. */
  readonly tenants?: readonly string[];
  /** Base URLs without trailing slash; a call's fhirServer has to lie under one of them. */
  readonly fhirServers: readonly string[];
  readonly dialect: Dialect;
  /** Folder of the site's own ConceptMaps and NamingSystems: its order codes, its words, its names of code systems. */
  readonly mappings?: string;
  /** Calls are evaluated and recorded, and answered without cards: for the weeks before a site goes live. */
  readonly shadow: boolean;
  /** In place of the site's AFTER_OVERRIDE; `repeat`: every card is shown every time. */
  readonly afterOverride?: AfterOverrideSetting;
}
