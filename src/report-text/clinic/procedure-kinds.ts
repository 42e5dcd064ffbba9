import type { TextIntervention, TextInterventionKind } from '../reading.js';

/** What a mention of a procedure speaks of; `other`: one that is of no use here but may own a relief. */
export type MentionKind = TextInterventionKind | 'other';

const KINDS: ReadonlySet<string> = new Set<MentionKind>([
  'lateral-branch-block',
  'si-joint-injection',
  'medial-branch-block',
  'transforaminal-epidural',
  'interlaminar-epidural',
  'caudal-epidural',
  'sacral-lateral-branch-rfa',
  'facet-rfa',
  'si-fusion',
  'lumbar-fusion',
  'neurectomy',
  'hip-injection',
  'trigger-point-injection',
  'other',
]);
/** Kinds whose levels are nerves; those of the others are segments where the text names segments. */
export const OF_NERVES: ReadonlySet<string> = new Set([
  'lateral-branch-block',
  'sacral-lateral-branch-rfa',
  'neurectomy',
]);
/** "The nerve block": a block said to be of nerves, whichever they are. */
export const NERVE_BLOCK = 'nerve-block';

/** Of a place that is not known: it speaks of no procedure told of. */
export const OF_UNKNOWN = 'of-unknown';

const ACTION_CLASSES: ReadonlyMap<string, readonly string[]> = new Map([
  [
    'block',
    [
      'lateral-branch-block',
      'medial-branch-block',
      'si-joint-injection',
      'hip-injection',
      'transforaminal-epidural',
      'caudal-epidural',
    ],
  ],
  // A block of nerves speaks of no joint.
  [NERVE_BLOCK, ['lateral-branch-block', 'medial-branch-block', 'transforaminal-epidural']],
  [
    'injection',
    [
      'si-joint-injection',
      'transforaminal-epidural',
      'interlaminar-epidural',
      'caudal-epidural',
      'hip-injection',
      'trigger-point-injection',
      'lateral-branch-block',
      'medial-branch-block',
      'other',
    ],
  ],
  ['ablation', ['sacral-lateral-branch-rfa', 'facet-rfa']],
  ['fusion', ['si-fusion', 'lumbar-fusion']],
  ['transection', ['neurectomy']],
]);
export const SACRAL_KINDS: ReadonlyMap<string, MentionKind> = new Map([
  ['ablation', 'sacral-lateral-branch-rfa'],
  ['block', 'lateral-branch-block'],
  ['transection', 'neurectomy'],
]);
export const LUMBAR_KINDS: ReadonlyMap<string, MentionKind> = new Map([
  ['ablation', 'facet-rfa'],
  ['fusion', 'lumbar-fusion'],
]);
export function isKind(code: string | undefined): code is MentionKind {
  return code !== undefined && KINDS.has(code);
}

/** "Repeated 6/2024 with 50% relief": fits whatever was told of before. */
export const AGAIN = 'again';

/** Whether an action without a target can speak of a procedure of a kind. */
export function actionFits(action: string, kind: string): boolean {
  return (action === AGAIN || ACTION_CLASSES.get(action)?.includes(kind)) ?? false;
}

export const ABLATIONS: ReadonlySet<MentionKind> = new Set(['sacral-lateral-branch-rfa', 'facet-rfa']);
/** The ablation that a block prepares: what "RFA" without a target means behind it. */
export const ABLATION_AFTER: ReadonlyMap<MentionKind, TextInterventionKind> = new Map([
  ['lateral-branch-block', 'sacral-lateral-branch-rfa'],
  ['si-joint-injection', 'sacral-lateral-branch-rfa'],
  ['medial-branch-block', 'facet-rfa'],
]);

/** Of procedures that were begun, whatever became of them. */
export const HAPPENED: ReadonlySet<TextIntervention['status']> = new Set(['completed', 'unknown', 'stopped']);

/** Codes of the targets of the procedures that the pathway proposes; one of another target is another procedure. */
export const OWN_TARGETS: ReadonlySet<string> = new Set(['si-joint', 'si-joint-pain', 'lateral-branch']);
/** Kinds that may be of these targets. */
export const OF_OWN_TARGETS: ReadonlySet<MentionKind> = new Set<MentionKind>([
  'si-joint-injection',
  'lateral-branch-block',
  'sacral-lateral-branch-rfa',
  'si-fusion',
  'neurectomy',
  'other',
]);
