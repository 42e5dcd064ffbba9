import type { CriterionKind } from '../policy.js';

/** What a kind of criterion may answer, and which {placeholders} its sentences may use. Checked at start-up. */
export const CRITERION_KINDS: Readonly<
  Record<
    CriterionKind,
    {
      readonly because: readonly string[];
      readonly also?: readonly string[];
      readonly values: readonly string[];
    }
  >
> = {
  'red-flags': {
    because: ['found', 'none-found', 'unread', 'not-offered'],
    also: ['of-a-past-visit'],
    values: ['pastFlags'],
  },
  'other-diagnosis': { because: ['found', 'none-found', 'unread'], values: [] },
  'order-indication': { because: ['stated', 'not-stated'], values: [] },
  'conservative-care': {
    because: [
      'long-enough',
      'duration-not-recorded',
      'too-short',
      'too-few-visits',
      'begun-recently',
      'may-have-gone-on',
      'visits-only',
      'no-active-rehabilitation',
      'declined',
      'status-unknown',
      'none-found',
      'unread',
    ],
    values: ['classes', 'minimumDuration', 'minimumVisits', 'visits', 'weeksAtMost'],
  },
  'block-relief': {
    because: [
      'positive',
      'conflicting',
      'insufficient-relief',
      'preliminary',
      'relief-not-recorded',
      'relief-unread',
      'relief-elsewhere',
      'not-alone',
      'status-unknown',
      'notes-unread',
      'other-side-only',
      'none-found',
      'unread',
    ],
    also: ['contradicted', 'negative', 'brief', 'side-not-told'],
    values: ['counted', 'required', 'recommended', 'minimumRelief'],
  },
  'ablation-outcome': {
    because: [
      'failed-enough',
      'fewer-failed',
      'may-be-one',
      'conflicting',
      'side-unknown',
      'wore-off',
      'still-working',
      'too-early-to-repeat',
      'too-recent',
      'outcome-unknown',
      'preliminary',
      'called-failed',
      'outcome-unread',
      'status-unknown',
      'target-not-told',
      'too-old',
      'notes-unread',
      'none-found',
      'unread',
    ],
    also: ['worked-once', 'not-carried-through'],
    values: [
      'counted',
      'told',
      'required',
      'successfulRelief',
      'successfulDuration',
      'judgedAfter',
      'outcomeExpectedWithin',
      'earliest',
    ],
  },
  'prior-procedure': { because: ['done-before', 'side-unknown', 'none-found', 'unread'], values: [] },
};

/** Placeholders of each conflict's sentence. */
export const CONFLICT_VALUES = {
  'diagnosis-mismatch': [],
  'discordant-block-response': ['relief', 'otherRelief', 'targetName', 'otherTargetName', 'levels'],
  'limited-provocation-specificity': ['positive', 'of', 'specificity', 'tests'],
  'laterality-mismatch': ['ordered', 'recorded'],
  'conflicting-block-relief': [],
  'status-contradicted-by-text': [],
  'side-contradicted': [],
} as const;
