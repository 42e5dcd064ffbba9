import type { EhrClient } from './ehr-client.js';
import { ByteBudget } from './limits.js';
import { profileOf } from './server-profile.js';
import type { Session } from './session.js';

/** A CapabilityStatement of a large server has some megabytes. */
const STATEMENT_BYTES = 16 * 1024 * 1024;
const PATIENCE_MS = 5000;

/**
 * Reads the server's CapabilityStatement once, to know how to ask it the next time. Only where the published query
 * did not do (a chart that was cut short, a category demanded), after the answer, and without the call's token: the
 * statement is public, and the token ends with the call (FA-4). Never throws.
 */
export async function learn({ base, server }: Session, client: EhrClient): Promise<void> {
  if (server.asked) return;
  server.asked = true;
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const url = base.join('metadata');
  const exchange = await client.readResource({ url, base, signal, budget: new ByteBudget(STATEMENT_BYTES) });
  if (exchange.kind === 'answer') server.profile = profileOf(exchange.answer);
}
