import { loadPolicy } from '../../src/artifacts/policy.js';
import { evaluate, type Assessment } from '../../src/evaluation/evaluate.js';
import type {
  ConservativeCareFact,
  DataKind,
  DataState,
  FindingFact,
  InterventionFact,
  InterventionKind,
  OrderFact,
  PatientFacts,
} from '../../src/evaluation/facts.js';
import type { OrderEvaluation, Step, StepId } from '../../src/evaluation/evaluation.js';
import type { Criterion, CriterionOfKind, Policy } from '../../src/evaluation/policy.js';

export const inForce = loadPolicy('hooks', 'sij-neurectomy-review');

export const AS_OF = '2026-03-20';

const READ: readonly DataKind[] = [
  'documents',
  'conditions',
  'procedures',
  'diagnosticReports',
  'observations',
  'medications',
];

/** All kinds read whole, except those named. */
export function dataStates(except: Partial<Record<DataKind, DataState['state']>> = {}): readonly DataState[] {
  return READ.map((kind) => ({ kind, state: except[kind] ?? 'complete' }));
}

export function facts(part: Partial<PatientFacts> = {}): PatientFacts {
  return {
    conditions: [],
    interventions: [],
    setAside: [],
    conservativeCare: [],
    findings: [],
    medications: [],
    provocation: [],
    provocationCounts: [],
    statements: [],
    recordNotes: [],
    excluded: [],
    data: dataStates(),
    ...part,
  };
}

export function order(part: Partial<OrderFact> = {}): OrderFact {
  return {
    reference: 'ServiceRequest/neurectomy',
    coveredOrders: [],
    code: '64772',
    recognisedBy: 'code',
    laterality: 'bilateral',
    indication: 'sacroiliac',
    reasonConcepts: ['sij-pain'],
    ownReasons: [],
    reasonEvidence: [],
    authoredOn: AS_OF,
    ...part,
  };
}

let serial = 0;

/** A completed, bilateral intervention three months before the order. */
export function intervention(kind: InterventionKind, part: Partial<InterventionFact> = {}): InterventionFact {
  serial += 1;
  return {
    kind,
    status: 'completed',
    date: '2025-12-20',
    levels: [],
    laterality: 'bilateral',
    evidence: [{ reference: `Procedure/${kind}-${serial}` }],
    ...part,
  };
}

export function block(low: number | null, part: Partial<InterventionFact> = {}): InterventionFact {
  return intervention('lateral-branch-block', {
    ...(low !== null && { relief: { low, high: low } }),
    ...part,
  });
}

export function rfa(low: number | null, part: Partial<InterventionFact> = {}): InterventionFact {
  return intervention('sacral-lateral-branch-rfa', {
    date: '2025-06-01',
    ...(low !== null && { relief: { low, high: low } }),
    ...part,
  });
}

export function care(part: Partial<ConservativeCareFact> = {}): ConservativeCareFact {
  return {
    care: 'physical-therapy',
    status: 'done',
    weeks: 12,
    evidence: [{ reference: 'Procedure/pt' }],
    ...part,
  };
}

export function finding(part: Partial<FindingFact> = {}): FindingFact {
  const report = part.date ?? '2026-01-15';
  return {
    finding: 'foraminal-stenosis',
    level: 'L5-S1',
    negated: false,
    date: report,
    evidence: [{ reference: `DiagnosticReport/mri-${report}` }],
    ...part,
  };
}

/** Care of which nothing is stated but what is given. */
export function tried(part: Partial<ConservativeCareFact> = {}): ConservativeCareFact {
  const { weeks, ...fact } = care(part);
  return part.weeks === undefined ? fact : { ...fact, weeks: part.weeks };
}

export function assess(
  part: Partial<PatientFacts> = {},
  ordered: Partial<OrderFact> = {},
  today = AS_OF,
): Assessment {
  return evaluate(facts(part), [order(ordered)], inForce, today);
}

export function review(...asked: Parameters<typeof assess>): OrderEvaluation {
  const [evaluated] = assess(...asked).evaluation.orders;
  if (!evaluated) throw new Error('no order was evaluated');
  return evaluated;
}

/** The policy with some limits of one kind of criterion as a site would set them. */
export function withLimits<K extends Criterion['kind']>(
  kind: K,
  limits: Partial<CriterionOfKind<K>['params']>,
): { readonly policy: Policy; readonly sha256: string } {
  const criteria = inForce.policy.criteria.map((criterion) =>
    criterion.kind === kind
      ? ({ ...criterion, params: { ...criterion.params, ...limits } } as Criterion)
      : criterion,
  );
  return { policy: { ...inForce.policy, criteria }, sha256: '' };
}

export function stepOf(evaluation: OrderEvaluation, id: StepId, side?: 'left' | 'right'): Step {
  const step = evaluation.steps.find((one) => one.id === id && one.side === side);
  if (!step) throw new Error(`no step ${id} ${side ?? ''}`);
  return step;
}

/** Conservative care and a positive block: the record of someone whose next step is radiofrequency. */
export const READY: Partial<PatientFacts> = { conservativeCare: [care()], interventions: [block(85)] };
