/** What is kept of one reviewed call: enough to answer "why did it say that", and no patient's value. */
export interface DecisionRecord {
  readonly id: string;
  /** Instant in UTC, ISO 8601. */
  readonly at: string;
  readonly requestId?: string;
  readonly hookInstance?: string;
  readonly service: string;
  readonly hook: string;
  /** Issuer of the trusted client; empty where none are set. */
  readonly client: string;
  readonly tenant?: string;
  readonly shadow: boolean;
  readonly policy: { readonly id: string; readonly version: string; readonly sha256: string };
  /** Milliseconds from the arrival of the call. */
  readonly durationMs: number;
  readonly orders: readonly RecordedOrder[];
  readonly data: readonly { readonly kind: string; readonly state: string; readonly count?: number }[];
  readonly cards: readonly RecordedCard[];
}

export interface RecordedOrder {
  /** Only where the order was recognised by it. */
  readonly code?: string;
  readonly decision: string;
  readonly decisionBySide?: readonly { readonly side: string; readonly decision: string }[];
  readonly steps: readonly RecordedStep[];
  readonly conflicts: readonly string[];
  readonly redFlags: readonly string[];
  readonly notes: readonly string[];
  readonly painGenerators: readonly { readonly finding: string; readonly status: string }[];
}

export interface RecordedStep {
  readonly id: string;
  readonly state: string;
  readonly side?: string;
  /** References as the site chose: hashed, clear, or left out. */
  readonly evidence?: readonly string[];
  readonly notCounted?: readonly { readonly why: string; readonly evidence?: string }[];
}

export interface RecordedCard {
  readonly uuid: string;
  /** Code of the card's topic: the same for the same advice. */
  readonly topic?: string;
  readonly indicator: string;
  /** Digest of whom and what it is about; only where the site mutes what was overridden. */
  readonly advice?: string;
  /** Told as a reminder or not at all, because it had been overridden. */
  readonly muted?: true;
  /** uuids. */
  readonly suggestions: readonly string[];
}
