import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Label values come from closed sets of ours: service ids, hooks, routes, codes; never from a call or a chart. */
export interface Metrics {
  /** A request was answered. */
  answered(route: string, status: number, seconds: number): void;
  /** A hook call was answered with 200; `reviewed` when an order of it was. */
  called(service: string, hook: string, reviewed: boolean): void;
  /** An error went out, by its code. */
  failed(code: string): void;
  /** A caller was not let in, by why. */
  refused(reason: string): void;
  /** The key set of a trusted client could not be fetched. */
  keysFailed(): void;
  /** A call was odd but answered, by the kind of oddity. */
  warned(warning: string): void;
  feedback(service: string, outcome: 'accepted' | 'overridden', count: number): void;
  /** A service settled after its call had been answered for it. */
  settledLate(): void;
  /** What an order was decided to. */
  decided(policy: string, decision: string): void;
  /** How one kind of data was had: complete, partial or unavailable. */
  dataRead(kind: string, state: string): void;
  /** Records that could not be kept, by kind. */
  recordsLost(kind: string, count: number): void;
  feedbackStored(service: string, counts: { unknownCards: number; commentsDropped: number }): void;
  /** A token was let in without asking the other replicas. */
  tokenUnshared(): void;
  /** Read at every scrape. */
  watchRecords(read: () => { waiting: number; usable: boolean }): void;
  /** One read of a FHIR server, by its agreed base URL and how it ended. */
  fhirRequest(server: string, outcome: string, seconds: number): void;
  /** A call for which the deadline came before all was read. */
  deadlineHit(): void;
  readonly contentType: string;
  /** Prometheus text. */
  render(): Promise<string>;
}

/** Seconds; 0.45 is the default time budget of a call. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.45, 0.5, 1, 2.5];

/** A registry of its own, so that several apps in one process do not mix. `processMetrics`: event loop, memory, CPU. */
export function createMetrics({ processMetrics }: { readonly processMetrics: boolean }): Metrics {
  const registry = new Registry();
  if (processMetrics) collectDefaultMetrics({ register: registry, prefix: 'stepwise_cds_' });
  return {
    ...requestMetrics(registry),
    ...reviewMetrics(registry),
    ...recordMetrics(registry),
    contentType: registry.contentType,
    render: () => registry.metrics(),
  };
}

function requestMetrics(registry: Registry) {
  const seconds = histogramOf(registry, 'http_request_duration_seconds', ['route', 'status']);
  const calls = counterOf(registry, 'calls_total', ['service', 'hook', 'reviewed']);
  const failures = counterOf(registry, 'errors_total', ['code']);
  const warnings = counterOf(registry, 'call_warnings_total', ['warning']);
  const late = counterOf(registry, 'late_settlements_total', []);
  const refusals = counterOf(registry, 'auth_failures_total', ['reason']);
  const keyFailures = counterOf(registry, 'key_set_failures_total', []);
  return {
    refused: (reason: string) => {
      refusals.inc({ reason });
    },
    keysFailed: () => {
      keyFailures.inc();
    },
    answered: (route: string, status: number, took: number) => {
      seconds.observe({ route, status }, took);
    },
    called: (service: string, hook: string, reviewed: boolean) => {
      calls.inc({ service, hook, reviewed: String(reviewed) });
    },
    failed: (code: string) => {
      failures.inc({ code });
    },
    warned: (warning: string) => {
      warnings.inc({ warning });
    },
    settledLate: () => {
      late.inc();
    },
  };
}

function reviewMetrics(registry: Registry) {
  const feedback = counterOf(registry, 'feedback_total', ['service', 'outcome']);
  const decisions = counterOf(registry, 'decisions_total', ['policy', 'decision']);
  const dataStates = counterOf(registry, 'data_states_total', ['kind', 'state']);
  const deadlines = counterOf(registry, 'deadline_hits_total', []);
  const fhirSeconds = histogramOf(registry, 'fhir_request_duration_seconds', ['server', 'outcome']);
  return {
    feedback: (service: string, outcome: string, count: number) => {
      feedback.inc({ service, outcome }, count);
    },
    decided: (policy: string, decision: string) => {
      decisions.inc({ policy, decision });
    },
    dataRead: (kind: string, state: string) => {
      dataStates.inc({ kind, state });
    },
    fhirRequest: (server: string, outcome: string, took: number) => {
      fhirSeconds.observe({ server, outcome }, took);
    },
    deadlineHit: () => {
      deadlines.inc();
    },
  };
}

function recordMetrics(registry: Registry) {
  const lost = counterOf(registry, 'records_lost_total', ['kind']);
  const unknown = counterOf(registry, 'feedback_unknown_cards_total', ['service']);
  const dropped = counterOf(registry, 'feedback_comments_dropped_total', ['service']);
  const unshared = counterOf(registry, 'tokens_unshared_total', []);
  return {
    recordsLost: (kind: string, count: number) => {
      lost.inc({ kind }, count);
    },
    feedbackStored: (service: string, counts: { unknownCards: number; commentsDropped: number }) => {
      unknown.inc({ service }, counts.unknownCards);
      dropped.inc({ service }, counts.commentsDropped);
    },
    tokenUnshared: () => {
      unshared.inc();
    },
    watchRecords: (read: () => { waiting: number; usable: boolean }) => {
      gaugeOf(registry, 'records_waiting', () => read().waiting);
      gaugeOf(registry, 'records_usable', () => Number(read().usable));
    },
  };
}

function gaugeOf(registry: Registry, name: string, read: () => number): void {
  const gauge: Gauge = new Gauge({
    name: `stepwise_cds_${name}`,
    help: HELP[name] ?? name,
    registers: [registry],
    collect: () => {
      gauge.set(read());
    },
  });
}

const HELP: Readonly<Record<string, string>> = {
  http_request_duration_seconds: 'Requests answered, by route and status',
  calls_total: 'Hook calls answered with 200, by service, hook and whether an order was reviewed',
  errors_total: 'Errors answered, by code',
  auth_failures_total: 'Callers not let in, by reason',
  key_set_failures_total: 'Key sets of trusted clients that could not be fetched',
  records_lost_total: 'Records that could not be kept, by kind',
  records_waiting: 'Records that wait to be written',
  records_usable: '1 while records are kept, 0 while they cannot be',
  feedback_unknown_cards_total: 'Feedback on cards that are not known',
  feedback_comments_dropped_total: 'Comments of clinicians that were not stored',
  tokens_unshared_total: 'Tokens let in without asking the other replicas for their use',
  call_warnings_total: 'Calls that were odd but answered, by kind',
  late_settlements_total: 'Services that settled after the time budget',
  feedback_total: 'Cards that clinicians reported on, by outcome',
  decisions_total: 'Orders reviewed, by policy and decision',
  data_states_total: 'Kinds of data read, by how completely',
  fhir_request_duration_seconds: 'Reads of FHIR servers, by agreed base URL and outcome',
  deadline_hits_total: 'Calls for which the deadline came before all was read',
};

function counterOf<T extends string>(registry: Registry, name: string, labelNames: readonly T[]): Counter<T> {
  return new Counter({
    name: `stepwise_cds_${name}`,
    help: HELP[name] ?? name,
    labelNames,
    registers: [registry],
  });
}

function histogramOf<T extends string>(
  registry: Registry,
  name: string,
  labelNames: readonly T[],
): Histogram<T> {
  const help = HELP[name] ?? name;
  return new Histogram({
    name: `stepwise_cds_${name}`,
    help,
    labelNames,
    buckets: SECONDS,
    registers: [registry],
  });
}
