import type { OperationOutcome, OperationOutcomeIssue } from 'fhir/r4.js';

/** A request that the sandbox refuses, as it will be told: an HTTP status and an OperationOutcome. */
export class FhirRefusal extends Error {
  readonly status: number;
  readonly code: OperationOutcomeIssue['code'];

  /** @param message names the place and the rule, never a value of the record */
  constructor(status: number, code: OperationOutcomeIssue['code'], message: string) {
    super(message);
    this.name = 'FhirRefusal';
    this.status = status;
    this.code = code;
  }
}

export function operationOutcome(code: OperationOutcomeIssue['code'], diagnostics: string): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, diagnostics }] };
}
