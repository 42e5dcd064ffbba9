import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

function care(text: string): string[] {
  return readReport(text, book).care.map(({ care: what, status, weeks, weeksAtMost, visits }) =>
    [
      what,
      status,
      ...(weeks ? [`${weeks} wk`] : []),
      ...(weeksAtMost ? [`<= ${weeksAtMost} wk`] : []),
      visits ?? [],
    ]
      .flat()
      .join(' '),
  );
}

describe('therapy that was not taken, or not yet', () => {
  test.each([
    [
      'Has not yet tried PT. Referred to PT x 8 weeks.',
      ['physical-therapy not-done', 'physical-therapy planned 8 wk'],
    ],
    [
      'No PT yet. Start PT 2x/week for 8 weeks.',
      ['physical-therapy not-done', 'physical-therapy planned 8 wk'],
    ],
    ['Will need 6 weeks of PT before insurance approves RFA.', ['physical-therapy planned 6 wk']],
    ['PT: 0 of 12 visits attended.', ['physical-therapy not-done 0']],
    ['Has yet to try PT.', ['physical-therapy not-done']],
    ['She never actually started physical therapy.', ['physical-therapy not-done']],
    ['Needs 6 weeks of PT.', ['physical-therapy planned 6 wk']],
    ['Did not attend PT.', ['physical-therapy not-done']],
    ['PT ordered 3/2026, no show x3.', ['physical-therapy not-done']],
    ['Referral to physical therapy for 8 weeks placed.', ['physical-therapy planned 8 wk']],
    ['Has not really tried physical therapy.', ['physical-therapy not-done']],
    ['0 out of 8 sessions of physical therapy.', ['physical-therapy not-done 0']],
  ])('%s', (text, expected) => expect(care(text)).toEqual(expected));

  test.each([
    'Attended cardiac rehab 12 weeks.',
    'Pulmonary rehab x 8 weeks.',
    'Completed drug rehab.',
    'Vestibular therapy for 6 weeks.',
    'Cardiac rehabilitation completed.',
  ])('therapy of something else: %s', (text) => expect(care(text)).toEqual([]));
});

describe('therapy that began or ended early', () => {
  test.each([
    ['PT started 3 weeks ago, 2 visits.', ['physical-therapy done <= 3 wk 2']],
    ['He did 3 sessions of PT then stopped d/t pain.', ['physical-therapy done 3']],
    ['Attended 3 of 12 PT visits.', ['physical-therapy done 3']],
    ['She began physical therapy about 2 weeks ago.', ['physical-therapy done <= 2 wk']],
    ['Went to 2 out of 10 sessions of PT.', ['physical-therapy done 2']],
  ])('%s', (text, expected) => expect(care(text)).toEqual(expected));
});

describe('therapy that was taken', () => {
  test.each([
    ['Completed 12 weeks of PT.', ['physical-therapy done 12 wk']],
    ['Referred to PT 1/2026 and completed 12 weeks.', ['physical-therapy done 12 wk']],
    ['Attended 12 of 12 PT visits.', ['physical-therapy done 12']],
    ['Started PT 1/2026, completed 10 weeks.', ['physical-therapy done 10 wk']],
    ['Did not benefit from 8 weeks of PT.', ['physical-therapy done 8 wk']],
    ['PT for 8 weeks without relief.', ['physical-therapy done 8 wk']],
    ['PT 3 years ago.', ['physical-therapy done']],
  ])('%s', (text, expected) => expect(care(text)).toEqual(expected));
});
