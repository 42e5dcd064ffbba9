/**
 * One synthetic patient of a replayable export, drawn by chance from the distribution of docs/replay.md, and what the
 * pathway says of the order by hand: no code of src/ but chance is used here, so that the truth is not that of what it tests.
 */
import type { Random } from '../../../src/sandbox/seeded.js';
import { choose, type Weighted } from './random.js';

export interface DrawnPatient {
  readonly id: string;
  readonly order: 'none' | 'order' | 'order-and-procedure' | 'procedure';
  /** Days since 1970-01-01 of the order, or of the procedure that has none. */
  readonly day: number;
  readonly side: 'Left' | 'Right';
  readonly indication: 'sacroiliac' | 'other';
  readonly conservative: 'done' | 'none' | 'declined';
  /** `recorded-later`, `done-later`: positive, but not yet in the chart at the time of the order. */
  readonly block: 'positive' | 'negative' | 'none' | 'recorded-later' | 'done-later';
  readonly ablation: 'none' | 'failed-once' | 'failed-twice' | 'outcome-unknown';
  readonly ablationAfterwards: 'none' | 'within-12-months' | 'later';
  readonly stenosis: 'none' | 'before' | 'issued-later';
  readonly metastasis: 'none' | 'before' | 'recorded-later';
  readonly lastVisit: 'after-14-months' | 'after-4-months';
  /** Measurements that say nothing of the order. */
  readonly vitals: number;
}

const ORDER: Weighted<DrawnPatient['order']> = {
  none: 15,
  order: 50,
  'order-and-procedure': 25,
  procedure: 10,
};
const INDICATION: Weighted<DrawnPatient['indication']> = { sacroiliac: 95, other: 5 };
const CONSERVATIVE: Weighted<DrawnPatient['conservative']> = { done: 60, none: 30, declined: 10 };
const BLOCK: Weighted<DrawnPatient['block']> = {
  ...{ positive: 50, negative: 15, none: 20, 'recorded-later': 8, 'done-later': 7 },
};
const ABLATION: Weighted<DrawnPatient['ablation']> = {
  ...{ none: 70, 'failed-once': 12, 'failed-twice': 12, 'outcome-unknown': 6 },
};
const AFTERWARDS: Weighted<DrawnPatient['ablationAfterwards']> = {
  none: 75,
  'within-12-months': 18,
  later: 7,
};
const STENOSIS: Weighted<DrawnPatient['stenosis']> = { none: 65, before: 25, 'issued-later': 10 };
const METASTASIS: Weighted<DrawnPatient['metastasis']> = { none: 94, before: 4, 'recorded-later': 2 };
const LAST_VISIT: Weighted<DrawnPatient['lastVisit']> = { 'after-14-months': 80, 'after-4-months': 20 };

/** 2023-01-01; orders are spread evenly over the two years from there. */
const FIRST_DAY = Date.UTC(2023, 0, 1) / 86_400_000;
const DAYS = 730;

export function drawPatient(number: number, random: Random): DrawnPatient {
  return {
    id: `replay-${String(number).padStart(7, '0')}`,
    order: choose(ORDER, random),
    day: FIRST_DAY + Math.floor(random() * DAYS),
    side: random() < 0.5 ? 'Left' : 'Right',
    indication: choose(INDICATION, random),
    conservative: choose(CONSERVATIVE, random),
    block: choose(BLOCK, random),
    ablation: choose(ABLATION, random),
    ablationAfterwards: choose(AFTERWARDS, random),
    stenosis: choose(STENOSIS, random),
    metastasis: choose(METASTASIS, random),
    lastVisit: choose(LAST_VISIT, random),
    vitals: 5 + Math.floor(random() * 20),
  };
}

/** What a clinician who knows the pathway says of an order, by what the chart held. */
export interface OrderTruth {
  readonly month: string;
  readonly from: 'order' | 'procedure';
  readonly outcome: 'reviewed' | 'not-applicable';
  readonly decision: string;
  readonly steps: Readonly<Record<string, 'met' | 'not-met' | 'unknown'>>;
  readonly stenosis: boolean;
  readonly rfaAfterwards: 'yes' | 'no' | 'not-followed';
}

/** Undefined for a patient without an order. */
export function truthOf(patient: DrawnPatient): OrderTruth | undefined {
  if (patient.order === 'none') return undefined;
  return {
    month: monthOf(patient, 0),
    from: patient.order === 'procedure' ? 'procedure' : 'order',
    outcome: patient.indication === 'other' ? 'not-applicable' : 'reviewed',
    decision: decisionOf(patient),
    steps: {
      'conservative-care': ({ done: 'met', none: 'unknown', declined: 'not-met' } as const)[
        patient.conservative
      ],
      'diagnostic-blocks': blockOf(patient),
      'radiofrequency-ablation': (
        {
          none: 'not-met',
          'failed-once': 'not-met',
          'failed-twice': 'met',
          'outcome-unknown': 'unknown',
        } as const
      )[patient.ablation],
      neurectomy: 'not-met',
    },
    stenosis: patient.stenosis === 'before',
    rfaAfterwards: afterwards(patient),
  };
}

/** YYYY-MM, so many days after the order. */
export function monthOf({ day }: DrawnPatient, days: number): string {
  return new Date((day + days) * 86_400_000).toISOString().slice(0, 7);
}

/** A block that the chart does not hold yet is none. */
function blockOf({ block }: DrawnPatient): 'met' | 'not-met' | 'unknown' {
  if (block === 'positive') return 'met';
  return block === 'negative' ? 'not-met' : 'unknown';
}

function decisionOf(patient: DrawnPatient): string {
  if (patient.metastasis === 'before') return 'urgent-evaluation';
  if (patient.conservative === 'declined') return 'conservative-care-first';
  if (blockOf(patient) !== 'met') return 'diagnostic-blocks-first';
  if (patient.ablation === 'none') return 'radiofrequency-first';
  return patient.ablation === 'failed-twice' ? 'individual-review' : 'repeat-radiofrequency';
}

/** An ablation after 14 months says that the patient was followed, and so does a visit then. */
function afterwards({ ablationAfterwards, lastVisit }: DrawnPatient): 'yes' | 'no' | 'not-followed' {
  if (ablationAfterwards === 'within-12-months') return 'yes';
  return ablationAfterwards === 'later' || lastVisit === 'after-14-months' ? 'no' : 'not-followed';
}
