import type { CdsErrorCode } from '../errors.js';
import type { CallSummary } from './answer.js';
import type { HookRequestWarning } from '../cds-hooks/hook-request.js';
import type { Feedback } from '../cds-hooks/feedback.js';

/** Closed, so that it can be a metric's label. */
export type RouteName = 'discovery' | 'service' | 'feedback' | 'live' | 'ready' | 'metrics' | 'other';

export interface Answered {
  readonly route: RouteName;
  readonly requestId: string;
  readonly status: number;
  readonly durationMs: number;
  readonly call?: CallSummary;
  /** Only of errors: which, where, and what was thrown. */
  readonly failure?: { readonly code: CdsErrorCode; readonly thrown: unknown };
}

/** What the HTTP layer tells about itself; whoever listens writes logs and metrics. */
export interface Observer {
  answered(event: Answered): void;
  /** A call that was odd but is answered. */
  warned(requestId: string, warnings: readonly HookRequestWarning[]): void;
  /** A feedback batch that was accepted; its comments may hold a patient's data. */
  feedbackReceived(requestId: string, service: string, feedback: readonly Feedback[]): void;
  /** A service settled, or failed, after its call had been answered with 503. */
  settledLate(requestId: string, thrown: unknown): void;
}
