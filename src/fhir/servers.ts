import {
  BrokenCircuitError,
  CircuitState,
  circuitBreaker,
  ConsecutiveBreaker,
  ExponentialBackoff,
  handleWhenResult,
  noJitterGenerator,
  type CircuitBreakerPolicy,
} from 'cockatiel';
import { isJsonObject } from '../cds-hooks/json.js';
import { LRUCache } from 'lru-cache';
import type { Exchange } from './ehr-client.js';
import type { FhirBase } from './fhir-base.js';
import type { RetrievalLimits } from './limits.js';
import { SERVER_PROFILES, type ServerProfile } from './server-profile.js';

/** What is known of one server from how it answered: nothing of a patient, a user or a token. */
export interface Server {
  readonly breaker: CircuitBreakerPolicy;
  /** `Type:parameter` that it refused. */
  readonly refused: Set<string>;
  /** Types it searches by category only. */
  readonly categoryDemanded: Set<string>;
  /** Its CapabilityStatement was asked for, or is being asked for. */
  asked: boolean;
  profile: ServerProfile;
}

type BreakerListener = (base: FhirBase, event: 'fhir.server-left-alone' | 'fhir.server-back') => void;

/** The servers met lately, by base URL. */
export class Servers {
  readonly #limits: RetrievalLimits;
  readonly #breakerChanged: BreakerListener;
  readonly #servers: LRUCache<string, Server>;

  constructor(limits: RetrievalLimits, breakerChanged: BreakerListener) {
    this.#limits = limits;
    this.#breakerChanged = breakerChanged;
    this.#servers = new LRUCache({ max: 500, ttl: limits.serverMemoryMs });
  }

  of(base: FhirBase): Server {
    const known = this.#servers.get(base.href);
    if (known) return known;
    const server: Server = {
      breaker: this.#breaker(base),
      refused: new Set(),
      categoryDemanded: new Set(),
      asked: false,
      profile: SERVER_PROFILES.standard,
    };
    this.#servers.set(base.href, server);
    return server;
  }

  #breaker(base: FhirBase): CircuitBreakerPolicy {
    const breaker = circuitBreaker(handleWhenResult(isServersFault), {
      halfOpenAfter: new ExponentialBackoff({
        initialDelay: this.#limits.breakerOpenMs,
        generator: noJitterGenerator,
        maxDelay: this.#limits.breakerLongestMs,
      }),
      breaker: new ConsecutiveBreaker(this.#limits.breakerFailures),
    });
    breaker.onBreak(() => {
      this.#breakerChanged(base, 'fhir.server-left-alone');
    });
    breaker.onReset(() => {
      this.#breakerChanged(base, 'fhir.server-back');
    });
    return breaker;
  }
}

/** Whether a call has met a fault of its server. */
export interface FaultMark {
  met: boolean;
}

/**
 * Sends through the server's breaker: while it is open nothing is sent, and the failure costs nothing. The reads of
 * one call fail together when they fail, so a call counts as one failure.
 */
export async function guarded<T>(
  server: Server,
  mark: FaultMark,
  send: () => Promise<Exchange<T>>,
): Promise<Exchange<T>> {
  let exchange: Exchange<T> = { kind: 'failure', reason: 'left-alone' };
  try {
    await server.breaker.execute(async () => {
      exchange = await send();
      if (mark.met && isServersFault(exchange) && server.breaker.state === CircuitState.Closed)
        throw new CountedAlready();
      mark.met ||= isServersFault(exchange);
      return exchange;
    });
  } catch (error) {
    if (!(error instanceof CountedAlready) && !(error instanceof BrokenCircuitError)) throw error;
  }
  return exchange;
}

// To the breaker a result is a success or a failure; an error it does not handle is neither.
class CountedAlready extends Error {}

const SERVERS_FAULTS: ReadonlySet<unknown> = new Set(['deadline', 'unreachable', 'reset']);

// 4xx are answers; 429 says to be left alone. A page that came late counts too: a run of them is a server that hangs.
function isServersFault(exchange: unknown): boolean {
  if (!isJsonObject(exchange) || exchange['kind'] !== 'failure') return false;
  const { reason, status } = exchange;
  return SERVERS_FAULTS.has(reason) || (typeof status === 'number' && (status >= 500 || status === 429));
}
