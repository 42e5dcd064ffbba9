import type { Card, CdsResponse } from '../cds-hooks/card.types.js';
import { checkHookRequest } from '../cds-hooks/hook-request.js';
import { finishResponse } from '../cds-hooks/response.js';
import type { ServedService } from '../cds-hooks/service.types.js';

export interface EvaluateOptions {
  readonly service: ServedService;
  readonly deadlineMs: number;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
  readonly newUuid: () => string;
}

/**
 * `stepwise-cds evaluate`: answers one order-sign request as the service would.
 * @throws CdsError as the service does, for a request that is malformed or a record that cannot be read
 */
export async function evaluateRequest(body: unknown, options: EvaluateOptions): Promise<CdsResponse> {
  const { request } = checkHookRequest(body, options.service.definition.hooks);
  const response = await options.service.call(request, { deadlineAt: options.now() + options.deadlineMs });
  return response.cards.length === 0 ? response : finishResponse(response, options.newUuid);
}

/** The cards as plain text, for a person at a terminal. */
export function cardsAsText({ cards }: CdsResponse): string {
  if (cards.length === 0) return 'No card: the policy has nothing to say of these orders.\n';
  return cards.map(cardAsText).join('\n');
}

function cardAsText({
  indicator,
  summary,
  detail = '',
  suggestions = [],
  overrideReasons = [],
}: Card): string {
  return [
    `[${indicator}] ${summary}`,
    '',
    detail,
    '',
    ...suggestions.map(({ label, isRecommended }) => `-> ${label}${isRecommended ? ' (recommended)' : ''}`),
    ...(overrideReasons.length > 0
      ? [`Override: ${overrideReasons.map(({ display }) => display).join(' | ')}`]
      : []),
    '',
  ].join('\n');
}
