import type { Server } from 'node:http';
import request from 'supertest';
import { fetchJwks } from '../../src/http/trust/fetch-jwks.js';
import { ownTokenUses } from '../../src/http/trust/replay.js';
import { createTrustGate, type TrustParts } from '../../src/http/trust/trust-gate.js';
import type { TrustedClient } from '../../src/http/trust/trusted-client.types.js';
import { orderSign } from '../cds-hooks/calls.js';
import { advising, CALL, serve, type FakeService } from '../http/served.js';
import { NOW, PUBLIC_URL } from './issuer.js';

export interface Guarded {
  readonly service: FakeService;
  /** Why callers were refused, in order. */
  readonly reasons: string[];
  /** Milliseconds that have passed for the keys' cache. */
  readonly time: { ms: number };
  readonly logged: () => string;
  /** Status of a call with this Authorization header, or with none. */
  readonly call: (authorization?: string, path?: string) => Promise<number>;
  /** The answer itself, for what is not only a status. */
  readonly send: (authorization?: string, path?: string) => request.Test;
  readonly app: Parameters<typeof request>[0] & (Server | object);
}

/** An app behind a trust gate, whatever remembers its tokens. */
export type Guard = (clients: readonly TrustedClient[], changes?: Partial<TrustParts>) => Guarded;

/** The app behind a trust gate, its clock standing at NOW. */
export function guard(clients: readonly TrustedClient[], changes: Partial<TrustParts> = {}): Guarded {
  const reasons: string[] = [];
  const time = { ms: 0 };
  const service = advising();
  const gate = createTrustGate({
    clients,
    publicUrl: PUBLIC_URL,
    tokenUses: ownTokenUses(() => NOW * 1000),
    fetchJwks,
    now: () => time.ms,
    wallClock: () => NOW * 1000,
    onRefused: ({ reason }) => reasons.push(reason),
    ...changes,
  });
  const { app, logged } = serve({ services: [service], gates: [gate] });
  const send = (authorization?: string, path = CALL): request.Test => {
    const post = request(app).post(path).send(orderSign());
    return authorization === undefined ? post : post.set('Authorization', authorization);
  };
  const call = async (authorization?: string, path?: string): Promise<number> =>
    (await send(authorization, path)).status;
  return { service, reasons, time, logged, call, send, app };
}
