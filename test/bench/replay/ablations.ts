/**
 * The ablations of a drawn patient, and what the pathway says of each as an order (`--rfa`), by hand like all truth here.
 * Days count from the patient's own day, as in patient.ts.
 */
import { monthOf, type DrawnPatient, type OrderTruth } from './patient.js';

export interface DrawnAblation {
  /** Of the order, where there was one. */
  readonly ordered?: number;
  /** Of the procedure; absent for an order that nothing came of. */
  readonly performed?: number;
  readonly outcome: 'failed' | 'unknown' | 'none';
}

/** Oldest first. */
export function ablationsOf({
  ablation,
  ablationAfterwards,
  stenosis,
}: DrawnPatient): readonly DrawnAblation[] {
  const before: Readonly<Record<DrawnPatient['ablation'], readonly DrawnAblation[]>> = {
    none: [],
    'failed-once': [{ performed: -250, outcome: 'failed' }],
    'failed-twice': [
      { performed: -500, outcome: 'failed' },
      { performed: -250, outcome: 'failed' },
    ],
    'outcome-unknown': [{ performed: -230, outcome: 'unknown' }],
  };
  // Who was found to have a stenosis after the operation was ordered one, and did not want it.
  const given = stenosis === 'issued-later' ? [{ ordered: 10, outcome: 'none' as const }] : [];
  const afterwards: Readonly<Record<DrawnPatient['ablationAfterwards'], readonly DrawnAblation[]>> = {
    none: given,
    'within-12-months': [{ ordered: 95, performed: 100, outcome: 'none' }],
    later: [{ performed: 430, outcome: 'none' }],
  };
  return [...before[ablation], ...afterwards[ablationAfterwards]];
}

/** The truth of each order of an ablation, and of each procedure that no order led to. */
export function ablationTruthsOf(patient: DrawnPatient): readonly OrderTruth[] {
  return ablationsOf(patient).map((one) => {
    const day = one.ordered ?? one.performed ?? 0;
    return {
      month: monthOf(patient, day),
      from: one.ordered === undefined ? 'procedure' : 'order',
      // Its code says where it is done: every one is reviewed.
      outcome: 'reviewed',
      decision: decisionAt(patient, day),
      steps: stepsAt(patient, day),
      stenosis: patient.stenosis !== 'none' && day > (patient.stenosis === 'before' ? -89 : 3),
      rfaAfterwards: afterwards(patient, one),
    };
  });
}

function stepsAt(patient: DrawnPatient, day: number): OrderTruth['steps'] {
  return {
    'conservative-care': conservativeAt(patient, day),
    'diagnostic-blocks': blockAt(patient, day),
    'radiofrequency-ablation': ablationAt(patient, day),
    neurectomy: neurectomyBefore(patient, day) ? 'met' : 'not-met',
  };
}

/** The course ended, and was written down, on day -237; declined it was on day -200. */
function conservativeAt({ conservative }: DrawnPatient, day: number): 'met' | 'not-met' | 'unknown' {
  if (conservative === 'done' && day > -237) return 'met';
  return conservative === 'declined' && day > -200 ? 'not-met' : 'unknown';
}

/** A block from before a neurectomy says nothing of the pain after it. */
function blockAt(patient: DrawnPatient, day: number): 'met' | 'not-met' | 'unknown' {
  const { block, order } = patient;
  const written = { positive: -120, negative: -120, 'recorded-later': 15, 'done-later': 20, none: Infinity }[
    block
  ];
  if (day <= written) return 'unknown';
  const isAfter = block === 'done-later' && order === 'procedure';
  if (neurectomyBefore(patient, day) && !isAfter) return 'unknown';
  return block === 'negative' ? 'not-met' : 'met';
}

function earlier(patient: DrawnPatient, day: number): readonly DrawnAblation[] {
  return ablationsOf(patient).filter(({ performed = Infinity }) => performed < day);
}

/** Two that failed are as many as the pathway asks for; one that nobody tells the end of is not known to be one. */
function ablationAt(patient: DrawnPatient, day: number): 'met' | 'not-met' | 'unknown' {
  const done = earlier(patient, day);
  if (done.some(({ outcome }) => outcome === 'unknown')) return 'unknown';
  return done.length === 2 ? 'met' : 'not-met';
}

/** On day 0 where the procedure alone tells of it, else on day 40; of the sacral branches only. */
function neurectomyBefore({ order, indication }: DrawnPatient, day: number): boolean {
  if (indication === 'other') return false;
  if (order === 'procedure') return day > 0;
  return order === 'order-and-procedure' && day > 40;
}

function decisionAt(patient: DrawnPatient, day: number): string {
  const { metastasis } = patient;
  const written = { none: Infinity, before: -30, 'recorded-later': 60 }[metastasis];
  if (day > written) return 'urgent-evaluation';
  // What was cut, and the source of the pain after it, are looked at first.
  if (neurectomyBefore(patient, day)) return 'individual-review';
  if (conservativeAt(patient, day) === 'not-met') return 'conservative-care-first';
  if (blockAt(patient, day) !== 'met') return 'diagnostic-blocks-first';
  const done = earlier(patient, day);
  // None before, or as many failed as are asked for.
  return done.length === 1 ? 'repeat-radiofrequency' : 'individual-review';
}

/** What was ordered and done counts, and so does another within the year. */
function afterwards(patient: DrawnPatient, { performed }: DrawnAblation): OrderTruth['rfaAfterwards'] {
  if (performed !== undefined) return 'yes';
  return patient.lastVisit === 'after-14-months' ? 'no' : 'not-followed';
}
