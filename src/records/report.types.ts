/** Instants in UTC, ISO 8601; the first included, the last not. */
export interface Period {
  readonly since: string;
  readonly until: string;
}

/** What happened in a period, for those who have to know whether the service is worth its interruptions. */
export interface Report extends Period {
  readonly activity: readonly Activity[];
  readonly cards: readonly CardReport[];
  readonly overrideReasons: readonly OverrideReport[];
  readonly decisions: readonly (PolicyVersion & { readonly decision: string; readonly count: number })[];
  readonly shadow: readonly ShadowReport[];
  /** Kinds of data that were not complete, most often missing first. */
  readonly missingData: readonly { readonly kind: string; readonly state: string; readonly count: number }[];
  /** Milliseconds from a call to its answer, of reviewed calls. */
  readonly latency: {
    readonly calls: number;
    readonly p50: number;
    readonly p95: number;
    readonly p99: number;
  };
  /** Feedback on cards that are not known. */
  readonly unknownCards: number;
  readonly lostRecords: number;
}

/** A policy as it stood: a site's own numbers change the digest and not the version. */
export interface PolicyVersion {
  readonly policy: string;
  readonly version: string;
  /** SHA-256, the first eight digits. */
  readonly digest: string;
}

/** Reviewed calls of one client. */
export interface Activity extends PolicyVersion {
  /** Issuer of the trusted client; empty where none are set. */
  readonly client: string;
  readonly shadow: boolean;
  readonly calls: number;
}

/** One kind of advice, by the policy that gave it and the client that got it; shadow calls are left out. */
export interface CardReport extends PolicyVersion {
  readonly topic: string;
  readonly client: string;
  readonly shown: number;
  readonly accepted: number;
  readonly overridden: number;
  /** Told as a reminder or not at all, because it had been overridden with a reason; not among those shown. */
  readonly muted: number;
}

/** Why cards of one kind were overridden. */
export interface OverrideReport extends PolicyVersion {
  readonly topic: string;
  readonly client: string;
  /** Code of the reason; empty where none was given. */
  readonly code: string;
  readonly count: number;
}

/** How often a card came up in shadow and for live clients; only of policies that some client has in shadow. */
export interface ShadowReport extends PolicyVersion {
  readonly topic: string;
  readonly inShadow: Fired;
  readonly live: Fired;
}

export interface Fired {
  /** Reviewed calls under this policy. */
  readonly calls: number;
  /** Cards of this topic. */
  readonly cards: number;
}
