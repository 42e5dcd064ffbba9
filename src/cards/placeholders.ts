import { STEP_IDS } from '../evaluation/evaluation.js';
import { DATA_KINDS } from '../evaluation/records.js';

/** Closed vocabularies that cards.json must have a word for, by its sections. */
export const WORD_KEYS: Readonly<Record<string, readonly string[]>> = {
  states: STEP_IDS,
  steps: STEP_IDS,
  dataKinds: DATA_KINDS,
  redFlags: ['malignancy', 'infection', 'cauda-equina', 'acute-fracture'],
  phrases: [
    'tableHead',
    'notCounted',
    'more',
    'missing',
    'wouldChange',
    'unread',
    'bySide',
    'foundIn',
    'noSide',
    'covers',
    'adviceOnly',
  ],
  notCounted: [
    'entered-in-error',
    'not-done',
    'planned',
    'stopped',
    'wrong-target',
    'wrong-side',
    'outcome-unknown',
    'too-old',
    'not-ablation',
    'therapeutic-not-diagnostic',
    'equivocal-relief',
    'status-contradicted-by-text',
    'other-patient',
    'unreadable',
    'negative-relief',
    'relief-at-other-site',
    'relief-not-recorded',
    'too-recent',
    'preliminary',
  ],
};
