import type { Card } from '../../src/cds-hooks/card.types.js';
import type { Feedback } from '../../src/cds-hooks/feedback.js';
import type { Evaluation } from '../../src/evaluation/evaluation.js';
import type { ReviewedCall } from '../../src/records/to-decision-record.js';

/** Nothing of these may be found in a record. */
export const PATIENT_VALUES = ['Jane', 'Procedure/secret-1', '2025-11-03', '80 % relief', 'draft-7', 'Roe'];

export const EVALUATION: Evaluation = {
  schemaVersion: '1',
  policy: { id: 'sij', version: '1.2.0', sha256: 'a'.repeat(64) },
  asOf: '2025-11-03',
  orders: [
    {
      reference: 'ServiceRequest/draft-7',
      code: '64772',
      recognisedBy: 'code',
      decision: 'radiofrequency-first',
      steps: [
        {
          id: 'diagnostic-blocks',
          state: 'met',
          because: 'positive',
          side: 'left',
          reason: 'Jane had 80 % relief',
          evidence: [{ reference: 'Procedure/secret-1', date: '2025-11-03', excerpt: 'Jane: 80 % relief' }],
          notCounted: [{ why: 'too-old', evidence: { reference: 'Procedure/secret-1' } }],
        },
        { id: 'radiofrequency-ablation', state: 'not-met', because: 'none-found', missing: 'ask Jane Roe' },
      ],
      conflicts: [{ id: 'laterality-mismatch', reason: 'Jane' }],
    },
  ],
  data: [{ kind: 'procedures', state: 'partial', count: 3, reason: 'Jane' }],
};

export function cardWith(uuid: string, suggestion: string): Card {
  return {
    uuid,
    summary: 'Jane lacks a step',
    indicator: 'warning',
    source: { label: 'Stepwise', topic: { system: 's', code: 'sij.radiofrequency-first' } },
    suggestions: [{ label: 'Jane', uuid: suggestion }],
  };
}

export function reviewedCall(cards: readonly Card[], client?: string): ReviewedCall {
  return {
    service: 'review',
    request: { hook: 'order-sign', hookInstance: 'D1577C69-DFBE-44AD-BA6D-3E05E953B2EA' },
    context: {
      deadlineAt: 0,
      requestId: '00000000-0000-4000-8000-000000000001',
      ...(client !== undefined && { caller: { client, tenant: 'north' } }),
    },
    evaluation: EVALUATION,
    cards,
    durationMs: 12.34,
  };
}

export const AT = '2026-03-01T10:00:00.000Z';

export function accepted(card: string, outcomeTimestamp = AT): Feedback {
  return { card, outcome: 'accepted', acceptedSuggestions: [newUuid()], outcomeTimestamp };
}

export function overridden(card: string, userComment?: string, code = 'patient-declined'): Feedback {
  const overrideReason = {
    reason: { system: 'urn:reasons', code },
    ...(userComment !== undefined && { userComment }),
  };
  return { card, outcome: 'overridden', overrideReason, outcomeTimestamp: AT };
}

let made = 0;

/** A different one each time. */
export function newUuid(): string {
  return `10000000-0000-4000-8000-${(++made).toString(16).padStart(12, '0')}`;
}
