import { checkHookRequest } from '../../src/cds-hooks/hook-request.js';
import type { ServedHook } from '../../src/cds-hooks/hook-request.types.js';
import { CdsError } from '../../src/errors.js';
import { orderContext, orderSign } from './calls.js';

const HOOKS: readonly ServedHook[] = ['order-sign', 'order-select'];

/** As a service that serves both hooks checks a body. */
export const check = (body: unknown) => checkHookRequest(body, HOOKS);

/** The error a body is refused with; fails when it is not refused. */
export function refusalOf(body: unknown): CdsError {
  try {
    check(body);
  } catch (error) {
    if (error instanceof CdsError) return error;
  }
  throw new Error('it was not refused');
}

/** A valid order-sign request with other members in its context. */
export const inContext = (changes: Record<string, unknown>) => orderSign({ context: orderContext(changes) });
