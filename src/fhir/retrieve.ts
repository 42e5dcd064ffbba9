import { CdsError } from '../errors.js';
import { readAttachments } from './attachments.js';
import { learn } from './capabilities.js';
import type { Ehr } from './ehr.js';
import type { EhrClient } from './ehr-client.js';
import { FhirBase } from './fhir-base.js';
import { ByteBudget, DEFAULT_LIMITS, type RetrievalLimits } from './limits.js';
import { OpenCalls } from './open-calls.js';
import { carryOut, isDone, needsServer } from './plans.js';
import { planKeys, type Plan } from './prefetched.js';
import type { Retrieval, Retrievals } from './retrieval.js';
import type {
  AttachmentsCall,
  ReadCall,
  RetrieveCall,
  Retriever,
  RetrieverOptions,
} from './retriever.types.js';
import { SERVER_PROFILES } from './server-profile.js';
import { Session } from './session.js';

/** A retriever with its own sockets, breakers and memory of servers; one for the process. */
export function createRetriever(options: RetrieverOptions): Retriever {
  return new FhirRetriever(options);
}

class FhirRetriever implements Retriever {
  readonly #options: RetrieverOptions;
  readonly #limits: RetrievalLimits;
  readonly #calls = new OpenCalls();
  #ehr: Promise<Ehr> | undefined;

  constructor(options: RetrieverOptions) {
    this.#options = options;
    this.#limits = { ...DEFAULT_LIMITS, ...options.limits };
  }

  async prepare(): Promise<void> {
    await this.#loadEhr();
  }

  /** Loaded when first needed: a call with everything prefetched does without, and so does the start. */
  #loadEhr(): Promise<Ehr> {
    this.#ehr ??= import('./ehr.js').then(({ createEhr }) => createEhr(this.#options, this.#limits));
    return this.#ehr;
  }

  async retrieve(call: RetrieveCall): Promise<Retrievals> {
    const { request, prefetch, client } = call;
    const whole = new ByteBudget(this.#limits.callBytes);
    const budget = () => whole.part(this.#limits.answerBytes);
    const plans = planKeys({ request, prefetch, foreignKeys: client?.foreignKeys ?? false, budget });
    const all = Object.values(plans);
    const base = this.#baseOf(call, all.some(needsServer));
    // Nothing to wait for, so nothing to end either.
    if (all.every(isDone)) return this.#given(plans);
    const ehr = base && (await this.#loadEhr());
    return this.#calls.run(this.#timeLeft(call), call.signal, (signal) =>
      this.#carryOut(plans, ehr && this.#session(call, { base, ehr, budget: whole, signal }), ehr?.client),
    );
  }

  async readAttachments(call: AttachmentsCall): ReturnType<Retriever['readAttachments']> {
    const began = this.#options.now();
    const base = this.#allowedBase(call);
    const budget = new ByteBudget(this.#limits.callBytes);
    const ehr = base && (await this.#loadEhr());
    const attachments = await this.#calls.run(this.#timeLeft(call), call.signal, (signal) =>
      readAttachments(ehr && this.#session(call, { base, ehr, budget, signal }), call.urls),
    );
    const read = [...attachments.values()].filter(({ status }) => status === 'read').length;
    const durationMs = this.#options.now() - began;
    this.#options.log?.({ event: 'fhir.attachments-read', asked: attachments.size, read, durationMs });
    return attachments;
  }

  async close(): Promise<void> {
    this.#calls.close();
    await (await this.#ehr)?.close();
  }

  #timeLeft({ deadlineAt }: ReadCall): number {
    return Math.max(0, deadlineAt - this.#options.now());
  }

  /** Undefined when there is no server, or none is needed. */
  #baseOf(call: ReadCall, needed: boolean): FhirBase | undefined {
    if (call.request.fhirServer === undefined || !(needed || call.client?.checkAlways)) return undefined;
    const base = this.#allowedBase(call);
    if (base) return base;
    throw new CdsError('ERR_FHIR_SERVER_REFUSED', 'fhirServer is not a FHIR server this service may ask', {
      expression: 'fhirServer',
    });
  }

  #allowedBase({ request, client }: ReadCall): FhirBase | undefined {
    const base = FhirBase.parse(request.fhirServer ?? '');
    const allowed = client?.allowed ?? this.#options.allowed;
    return base && allowed(base.url) ? base : undefined;
  }

  #session({ request, deadlineAt, client }: ReadCall, way: Way): Session {
    const { client: ehrClient, servers } = way.ehr;
    const server = servers.of(way.base);
    const token = request.fhirAuthorization?.accessToken;
    const names = this.#options.aliases?.[way.base.href] ?? [];
    return new Session({
      ...way,
      deadlineAt,
      server,
      profile: client?.profile ? SERVER_PROFILES[client.profile] : server.profile,
      aliases: names.map((name) => FhirBase.parse(name)).filter((alias) => alias !== undefined),
      ...(token !== undefined && { token }),
      client: ehrClient,
      limits: this.#limits,
      now: this.#options.now,
      random: this.#options.random,
      ...(this.#options.onRead && { onRead: this.#options.onRead }),
    });
  }

  /** What came with the call, where that is all. */
  #given(plans: Readonly<Record<string, Plan>>): Retrievals {
    const given: Record<string, Retrieval> = {};
    for (const [key, plan] of Object.entries(plans)) {
      if (plan.kind !== 'done') continue;
      given[key] = plan.retrieval;
      this.#report(key, plan.retrieval, 0);
    }
    if (Object.values(given).some(isLate)) this.#options.onDeadline?.();
    return given;
  }

  async #carryOut(
    plans: Readonly<Record<string, Plan>>,
    session: Session | undefined,
    client: EhrClient | undefined,
  ): Promise<Retrievals> {
    const began = this.#options.now();
    const asked = new Map<string, Promise<Retrieval>>();
    const retrievals = Object.entries(plans).map(async ([key, plan]) => {
      const retrieval = await carryOut(plan, session, asked);
      this.#report(key, retrieval, this.#options.now() - began);
      return [key, retrieval] as const;
    });
    const finished = Object.fromEntries(await Promise.all(retrievals));
    if (Object.values(finished).some(isLate)) this.#options.onDeadline?.();
    if (session && client && Object.values(finished).some(isCutShort)) void learn(session, client);
    return finished;
  }

  #report(key: string, retrieval: Retrieval, durationMs: number): void {
    if (!this.#options.log) return;
    const { status } = retrieval;
    const missing = status === 'complete' ? {} : { missing: retrieval.missing };
    const read =
      status === 'unavailable' ? { count: 0 } : { count: retrieval.items.length, source: retrieval.source };
    this.#options.log({ event: 'fhir.retrieved', key, status, ...missing, ...read, durationMs });
  }
}

interface Way {
  readonly base: FhirBase;
  readonly ehr: Ehr;
  readonly budget: ByteBudget;
  readonly signal: AbortSignal;
}

function isLate(retrieval: Retrieval): boolean {
  return retrieval.status !== 'complete' && retrieval.missing === 'deadline';
}

// More would have come from a server that is asked for larger pages, or the newest first.
function isCutShort(retrieval: Retrieval): boolean {
  const cuts: readonly string[] = ['deadline', 'too-large', 'rejected'];
  return retrieval.status === 'partial' && cuts.includes(retrieval.missing);
}
