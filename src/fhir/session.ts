import type { Resource } from 'fhir/r4.js';
import type { Body, EhrClient, EhrRequest, Exchange } from './ehr-client.js';
import type { FhirBase } from './fhir-base.js';
import type { ByteBudget, RetrievalLimits } from './limits.js';
import type { ServerRead } from './retriever.types.js';
import { withRetry } from './retry.js';
import { typeIn } from './server-name.js';
import type { ServerProfile } from './server-profile.js';
import { guarded, type FaultMark, type Server } from './servers.js';

export interface SessionOptions {
  readonly client: EhrClient;
  readonly base: FhirBase;
  /** Other base URLs the server is known to write into its links. */
  readonly aliases: readonly FhirBase[];
  readonly token?: string;
  readonly server: Server;
  /** How the server wants to be asked. */
  readonly profile: ServerProfile;
  readonly limits: RetrievalLimits;
  /** What the whole call may read. */
  readonly budget: ByteBudget;
  /** Aborted with a TimeoutError at the deadline. */
  readonly signal: AbortSignal;
  readonly now: () => number;
  readonly random: () => number;
  readonly deadlineAt: number;
  readonly onRead?: (read: ServerRead) => void;
}

/** What one question may take in, and how it is put. */
export interface Asking {
  readonly url: URL;
  readonly budget: ByteBudget;
  readonly accept?: string;
}

/**
 * One hook call's way to its FHIR server: every read of the call passes the server's breaker, is retried once where
 * that may help, and ends at the deadline whatever it waits for.
 */
export class Session {
  readonly base: FhirBase;
  readonly aliases: readonly FhirBase[];
  readonly server: Server;
  readonly profile: ServerProfile;
  readonly limits: RetrievalLimits;
  readonly budget: ByteBudget;
  readonly #options: SessionOptions;
  readonly #mark: FaultMark = { met: false };

  constructor(options: SessionOptions) {
    ({ base: this.base, aliases: this.aliases, server: this.server } = options);
    ({ profile: this.profile, limits: this.limits, budget: this.budget } = options);
    this.#options = options;
  }

  readResource(asking: Asking): Promise<Exchange<Resource>> {
    return this.#send(asking, (request) => this.#options.client.readResource(request));
  }

  readBody(asking: Asking): Promise<Exchange<Body>> {
    return this.#send(asking, (request) => this.#options.client.readBody(request));
  }

  async #send<T>(asking: Asking, read: (request: EhrRequest) => Promise<Exchange<T>>): Promise<Exchange<T>> {
    const { base, token, signal, server } = this.#options;
    if (signal.aborted) return { kind: 'failure', reason: 'deadline' };
    const request = { ...asking, base, ...(token !== undefined && { token }) };
    const send = () => read({ ...request, signal: this.#patience() });
    // Behind a half-open breaker a read waits for another call's probe, whose deadline is not ours.
    const began = this.#options.now();
    const reading = guarded(server, this.#mark, () => withRetry(this.#options, send));
    const exchange = await unlessLate(reading, signal);
    this.#tell(asking.url, exchange, began);
    return exchange;
  }

  #tell(url: URL, exchange: Exchange<unknown>, began: number): void {
    const { base, now, onRead } = this.#options;
    const outcome = exchange.kind === 'answer' ? 'answered' : exchange.reason;
    onRead?.({ base, type: typeIn(base, url), outcome, durationMs: now() - began });
  }

  #patience(): AbortSignal {
    const { signal, limits, deadlineAt, now } = this.#options;
    const deadlineIsNear = deadlineAt - now() <= limits.requestMs;
    return deadlineIsNear ? signal : AbortSignal.any([signal, AbortSignal.timeout(limits.requestMs)]);
  }
}

/**
 * What was read, or that the deadline came first. Nothing is left on the signal after it: fetch keeps a signal that it was
 * handed until its request is collected, so what hangs on the signal and leads to the answer would be held for ever.
 */
async function unlessLate<T>(reading: Promise<Exchange<T>>, signal: AbortSignal): Promise<Exchange<T>> {
  let onAbort = (): void => undefined;
  const late = new Promise<Exchange<T>>((resolve) => {
    onAbort = () => {
      resolve({ kind: 'failure', reason: 'deadline' });
    };
    signal.addEventListener('abort', onAbort);
  });
  try {
    return await Promise.race([reading, late]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
