import {
  context,
  isSpanContextValid,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Attributes,
  type Context,
  type Span,
  type Tracer,
} from '@opentelemetry/api';

/** A part of a call that has a span of its own. */
export type StepName = 'retrieval' | 'attachments' | 'mapping' | 'evaluation' | 'cards';

/** Runs a part of a call. */
export type Step = <T>(name: StepName, work: () => T) => T;

/** A request as it came in. */
export interface TracedRequest {
  readonly method: string | undefined;
  /** By its template: no id, no query. */
  readonly route: string;
  /** Of these only the trace context is read. */
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What is told of an answer: closed words and counts of ours. */
export interface TracedAnswer {
  readonly status: number;
  readonly code?: string;
  readonly call?: {
    readonly service: string;
    readonly hook: string;
    readonly reviewed: boolean;
    readonly cards: number;
  };
}

/** One read of a FHIR server, just ended. */
export interface TracedRead {
  /** From closed sets: the base URL as it was agreed, the resource type, how it ended. */
  readonly server: string;
  readonly type: string;
  readonly outcome: string;
  readonly durationMs: number;
}

/** A span of a server round the answer to a request, below the caller's `traceparent` (W3C Trace Context). */
export type TraceRequest = <T>(
  request: TracedRequest,
  answer: () => Promise<T>,
  toldOf: (given: T) => TracedAnswer,
) => Promise<T>;

/** Spans of OpenTelemetry. What they say is from closed sets: nothing of a patient, no id, token or address of a call. */
export interface Tracing {
  readonly request: TraceRequest;
  /** A span round a part of a call, below the one that is active. */
  readonly step: Step;
  /** A span of a client, below the one that is active. */
  fhirRead(read: TracedRead): void;
  /**
   * `traceparent` (W3C Trace Context) of the span that is active; nothing without one that is recorded or handed on.
   * It has ids of ours and the caller's own, and nothing else: `tracestate` and baggage may hold anything, and stay.
   */
  readonly headers: () => Readonly<Record<string, string>>;
  /** Whether an SDK was loaded beside the service; without one every span is nothing. */
  readonly hasSdk: boolean;
}

/** @param now milliseconds, monotonic: performance.now */
export function createTracing(now: () => number): Tracing {
  const tracer = trace.getTracer('stepwise-cds');
  return {
    request: async (request, answer, toldOf) => {
      const span = startServerSpan(tracer, request);
      try {
        const given = await context.with(trace.setSpan(context.active(), span), answer);
        tell(span, toldOf(given));
        return given;
      } finally {
        span.end();
      }
    },
    step: (name, work) => traceStep(tracer.startSpan(name), work),
    fhirRead: (read) => {
      traceRead(tracer, read, now());
    },
    headers: traceHeaders,
    // An SDK brings a propagator with it; the API alone has none.
    hasSdk: propagation.fields().length > 0,
  };
}

function traceHeaders(): Readonly<Record<string, string>> {
  const active = trace.getSpanContext(context.active());
  if (!active || !isSpanContextValid(active)) return {};
  const flags = (active.traceFlags & 0xff).toString(16).padStart(2, '0');
  return { traceparent: `00-${active.traceId}-${active.spanId}-${flags}` };
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function startServerSpan(tracer: Tracer, { method = '', route, headers }: TracedRequest): Span {
  const known = METHODS.includes(method) ? method : '_OTHER';
  const attributes = { 'http.request.method': known, 'http.route': route };
  return tracer.startSpan(`${known} ${route}`, { kind: SpanKind.SERVER, attributes }, parentOf(headers));
}

// Where the site has its SDK instrument node:http too, its span is there already and has taken the caller's trace.
function parentOf(headers: TracedRequest['headers']): Context {
  const active = context.active();
  return trace.getSpan(active) ? active : propagation.extract(ROOT_CONTEXT, headers);
}

function tell(span: Span, { status, code, call }: TracedAnswer): void {
  span.setAttributes({
    'http.response.status_code': status,
    ...(code !== undefined && { 'error.type': code }),
    ...(call && callAttributes(call)),
  });
  if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR });
}

function callAttributes({ service, hook, reviewed, cards }: NonNullable<TracedAnswer['call']>): Attributes {
  return {
    'cds_hooks.service': service,
    'cds_hooks.hook': hook,
    'cds_hooks.reviewed': reviewed,
    'cds_hooks.cards': cards,
  };
}

// What was thrown may quote the record: only that something was thrown is told.
function traceStep<T>(span: Span, work: () => T): T {
  const fail = (thrown: unknown): never => {
    span.setStatus({ code: SpanStatusCode.ERROR }).end();
    throw thrown;
  };
  try {
    const result = context.with(trace.setSpan(context.active(), span), work);
    if (result instanceof Promise) return result.then(ended(span), fail) as T;
    span.end();
    return result;
  } catch (thrown) {
    return fail(thrown);
  }
}

function ended(span: Span): <T>(value: T) => T {
  return (value) => {
    span.end();
    return value;
  };
}

function traceRead(tracer: Tracer, { server, type, outcome, durationMs }: TracedRead, now: number): void {
  const failed = outcome !== 'answered';
  const attributes = {
    'fhir.server': server,
    'fhir.outcome': outcome,
    ...(failed && { 'error.type': outcome }),
  };
  const span = tracer.startSpan(`FHIR ${type}`, {
    ...{ kind: SpanKind.CLIENT, attributes, startTime: now - durationMs },
  });
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(now);
}
