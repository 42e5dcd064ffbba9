/** Rehabilitation of which a note gives visits or a beginning: the card says what the record says. */
import { leftBlock, note, seen } from './left-chart.js';

async function careOf(text: string, date = '2026-03-18T09:00:00Z') {
  const { step } = await seen({ procedures: [leftBlock], notes: [note(text, { date })] });
  return step('conservative-care');
}

test.each([
  ['He did 3 sessions of PT then stopped d/t pain.', 'visits documented: 3'],
  ['Tried PT, quit after 2 sessions.', 'visits documented: 2'],
  ['PT x 3 visits, discontinued because of pain.', 'visits documented: 3'],
  ['Physical therapy: 1 session, then stopped.', 'visits documented: 1'],
  ['PT started 3 weeks ago, 2 visits.', 'begun 3 weeks before'],
  ['PT started 3 weeks ago.', 'begun 3 weeks before'],
  ['Started physical therapy two weeks ago.', 'begun 2 weeks before'],
  ['PT 3 weeks.', 'shorter than 4 weeks'],
])('too little: %s', async (text, words) => {
  const step = await careOf(text);
  expect(step).toMatchObject({ state: 'not-met' });
  expect(step?.reason).toContain(words);
});

test.each([
  ['Attended 2 PT visits.', '2 visits'],
  ['3 of 12 PT visits attended.', '3 visits'],
  ['PT 3 visits per week.', 'not for how long'],
  ['PT 3 visits weekly since January.', 'not for how long'],
  ['PT 2 sessions a week.', 'not for how long'],
  ['PT.', 'not for how long'],
  ['PT 3 visits, then stopped. Home exercise.', 'not for how long'],
  ['Began PT 5 weeks ago.', 'begun 5 weeks before'],
])('not known: %s', async (text, words) => {
  const step = await careOf(text);
  expect(step).toMatchObject({ state: 'unknown' });
  expect(step?.reason).toContain(words);
});

test.each([
  'PT 12 visits.',
  'PT 2 visits/week for 8 weeks.',
  'PT 10 visits, then stopped.',
  'Completed PT 2025, 10 sessions; 2 visits this month.',
])('enough: %s', async (text) => {
  expect((await careOf(text))?.state).toBe('met');
});

test('what had just begun when a note of months ago was written may have gone on', async () => {
  expect((await careOf('PT started 3 weeks ago.', '2025-10-01T09:00:00Z'))?.state).toBe('unknown');
  expect((await careOf('PT started 3 weeks ago, stopped.', '2025-10-01T09:00:00Z'))?.state).toBe('not-met');
});
