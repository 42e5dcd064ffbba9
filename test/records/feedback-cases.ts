import { AT } from './samples.js';

export const ITEM = {
  card: 'c',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 's' }],
  outcomeTimestamp: AT,
};

/** G-71, G-72: batches of which nothing may be stored. */
export const REFUSED_FEEDBACK: readonly (readonly [string, unknown])[] = [
  ['no feedback', {}],
  ['an empty batch', { feedback: [] }],
  ['no card', { feedback: [ITEM, { ...ITEM, card: undefined }] }],
  ['no outcome', { feedback: [ITEM, { ...ITEM, outcome: undefined }] }],
  ['another outcome', { feedback: [ITEM, { ...ITEM, outcome: 'ignored' }] }],
  ['no time', { feedback: [ITEM, { ...ITEM, outcomeTimestamp: undefined }] }],
  ['a bad time', { feedback: [ITEM, { ...ITEM, outcomeTimestamp: 'yesterday' }] }],
  ['no accepted suggestions', { feedback: [ITEM, { ...ITEM, acceptedSuggestions: [] }] }],
  [
    'G-72: a comment of 100 kB',
    {
      feedback: [
        ITEM,
        { ...ITEM, outcome: 'overridden', overrideReason: { userComment: 'x'.repeat(100_000) } },
      ],
    },
  ],
];
