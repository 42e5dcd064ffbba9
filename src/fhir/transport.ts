import { Agent, DecoratorHandler, type Dispatcher } from 'undici';
import { BodyBuffer } from './body-buffer.js';
import { unpack } from './content-encoding.js';
import type { ByteBudget, RetrievalLimits } from './limits.js';
import { publicLookup, type Lookup } from './private-addresses.js';

/** What came in for one request. */
export class Intake {
  /** Of HTTP; 0 before there is one. */
  status = 0;
  exceeded = false;
  /** The body was whole, but not what its Content-Encoding says. */
  garbled = false;
  /** Code of the error that broke the exchange off; fetch does not always hand it on. */
  brokenOff: string | undefined;
  readonly budget: ByteBudget;
  /** A JSON body above this is kept in `large` and not handed on: whoever parses in one go would hold up every call. */
  readonly largeFrom: number;
  /** The large body; who waits for the answer sees `{}` in its place. */
  large: Buffer | undefined;

  constructor(budget: ByteBudget, largeFrom: number) {
    this.budget = budget;
    this.largeFrom = largeFrom;
  }
}

/** Sockets kept open per origin, shared by all calls; nothing of a call (token, patient) stays on them. */
export interface Transport {
  /** A dispatcher for one request. */
  dispatcher(intake: Intake): Dispatcher;
  /** Headers of every request beside its own. */
  headers(): Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export interface TransportOptions {
  readonly limits: RetrievalLimits;
  /** Refuse names that lead to private addresses. */
  readonly publicAddressesOnly: boolean;
  readonly lookup?: Lookup;
  readonly traceHeaders?: () => Readonly<Record<string, string>>;
}

/** A keep-alive pool for each origin, with size limits, decompression and guarded name resolution. */
export function createTransport(options: TransportOptions): Transport {
  const { limits, publicAddressesOnly, lookup, traceHeaders = () => ({}) } = options;
  const guard = lookup ?? (publicAddressesOnly ? publicLookup() : undefined);
  const agent = new Agent({
    connections: limits.connections,
    connect: { timeout: limits.requestMs, ...(guard && { lookup: guard }) },
    headersTimeout: limits.requestMs,
    bodyTimeout: limits.requestMs,
  });
  return {
    dispatcher: (intake) =>
      agent.compose((dispatch) => (options, handler) => dispatch(options, new Receiver(intake, handler))),
    headers: traceHeaders,
    close: () => agent.destroy(),
  };
}

type Controller = Dispatcher.DispatchController;
type Start = Parameters<Required<Dispatcher.DispatchHandler>['onResponseStart']>;

/**
 * Receives a body whole before handing it on: unpacked here and not by fetch, so that a small answer that unpacks to
 * gigabytes meets the same limit as one that is sent so, and cut off as soon as it is over.
 */
class Receiver implements Dispatcher.DispatchHandler {
  readonly #intake: Intake;
  readonly #next: Dispatcher.DispatchHandler;
  #body = new BodyBuffer(0);
  #start: Start | undefined;

  constructor(intake: Intake, handler: Dispatcher.DispatchHandler) {
    this.#intake = intake;
    this.#next = new DecoratorHandler(handler);
  }

  onRequestStart(controller: Controller, context: unknown): void {
    this.#next.onRequestStart?.(controller, context);
  }

  onResponseStart(...start: Start): void {
    this.#start = start;
    const [controller, status, headers] = start;
    this.#intake.status = status;
    const announced = Number(headers['content-length'] ?? 0) || 0;
    this.#body = new BodyBuffer(announced > 0 ? announced : this.#intake.budget.left);
    if (!this.#intake.budget.allows(announced)) this.#cutOff(controller);
  }

  onResponseData(controller: Controller, chunk: Buffer): void {
    if (this.#intake.budget.take(chunk.length)) this.#body.append(chunk);
    else this.#cutOff(controller);
  }

  onResponseEnd(controller: Controller, trailers: Start[2]): void {
    void this.#finish(controller, trailers);
  }

  onResponseError(controller: Controller, error: Error): void {
    const code: unknown = Reflect.get(error, 'code');
    this.#intake.brokenOff = typeof code === 'string' ? code : 'UNKNOWN';
    this.#next.onResponseError?.(controller, error);
  }

  #cutOff(controller: Controller): void {
    this.#intake.exceeded = true;
    controller.abort(new Error('answer too large'));
  }

  async #finish(controller: Controller, trailers: Start[2]): Promise<void> {
    try {
      const body = await this.#unpacked();
      if (this.#start) this.#next.onResponseStart?.(...withoutEncoding(this.#start));
      if (body.length > 0) this.#next.onResponseData?.(controller, body);
      this.#next.onResponseEnd?.(controller, trailers);
    } catch (error) {
      this.#intake.garbled = true;
      this.#next.onResponseError?.(controller, error instanceof Error ? error : new Error('unreadable body'));
    }
  }

  async #unpacked(): Promise<Buffer> {
    const packed = this.#body.bytes;
    const body = await unpack(packed, this.#start?.[2]['content-encoding'], this.#intake.budget.left);
    this.#intake.exceeded =
      body === undefined || (body !== packed && !this.#intake.budget.take(body.length - packed.length));
    if (body === undefined) throw new Error('answer too large');
    if (body.length < this.#intake.largeFrom) return body;
    this.#intake.large = body;
    return Buffer.from('{}');
  }
}

// Header values are read by fetch from either place, depending on its version.
function withoutEncoding([controller, status, headers, message]: Start): Start {
  const raw: unknown = Reflect.get(controller, 'rawHeaders');
  if (Array.isArray(raw)) {
    const pairs: unknown[] = raw.filter((_, index) => !describesBody(String(raw[index & ~1])));
    raw.splice(0, raw.length, ...pairs);
  }
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !describesBody(name)));
  return message === undefined ? [controller, status, kept] : [controller, status, kept, message];
}

function describesBody(header: string): boolean {
  return /^content-(?:encoding|length)$/i.test(header);
}
