import { toFeedback } from '../../src/cds-hooks/feedback.js';
import { CdsError } from '../../src/errors.js';
import { without } from './calls.js';
import { faultsOf } from './schemas.js';

const ACCEPTED = {
  card: '4e0a3a1e-3283-4575-ab82-028d55fe2719',
  outcome: 'accepted',
  acceptedSuggestions: [{ id: 'e56e1945-20b3-4393-8503-a1a20fd73152' }],
  outcomeTimestamp: '2020-12-11T00:00:00Z',
};
const REASON = { code: 'contraindicated', system: 'https://terminology.example/reasons' };
const OVERRIDDEN = {
  card: '9368d37b-283f-44a0-93ea-547cebab93ed',
  outcome: 'overridden',
  overrideReason: { reason: REASON, userComment: 'Patient refuses' },
  outcomeTimestamp: '2020-12-11T00:00:00Z',
};
const read = (...feedback: readonly unknown[]) => toFeedback({ feedback });

function refusalOf(body: unknown): CdsError {
  try {
    toFeedback(body);
  } catch (error) {
    if (error instanceof CdsError && error.code === 'ERR_FEEDBACK_INVALID') return error;
  }
  throw new Error('it was not refused');
}

describe('G-70, FB-2, FB-3: feedback that is taken', () => {
  test('the examples of the specification, several in one batch, the same card again', () => {
    const plain = without(OVERRIDDEN, 'overrideReason');
    expect(faultsOf('feedback', { feedback: [ACCEPTED, OVERRIDDEN, plain] })).toEqual([]);
    const about = { card: OVERRIDDEN.card, outcomeTimestamp: '2020-12-11T00:00:00.000Z' };
    expect(read(ACCEPTED, OVERRIDDEN, plain)).toEqual([
      {
        card: ACCEPTED.card,
        outcome: 'accepted',
        outcomeTimestamp: '2020-12-11T00:00:00.000Z',
        acceptedSuggestions: ['e56e1945-20b3-4393-8503-a1a20fd73152'],
      },
      {
        ...about,
        outcome: 'overridden',
        overrideReason: { reason: REASON, userComment: 'Patient refuses' },
      },
      { ...about, outcome: 'overridden' },
    ]);
  });

  test.each([
    ['a comment alone', { userComment: 'x' }, { userComment: 'x' }],
    [
      'a reason with display',
      { reason: { ...REASON, display: 'C' } },
      { reason: { ...REASON, display: 'C' } },
    ],
    ['an empty comment', { userComment: '' }, { userComment: '' }],
  ])('overridden with %s', (_name, overrideReason, expected) => {
    expect(read({ ...OVERRIDDEN, overrideReason })[0]).toMatchObject({ overrideReason: expected });
  });

  test.each([
    ['an object', OVERRIDDEN.overrideReason],
    ['a list of one', [OVERRIDDEN.overrideReason]],
  ])('overrideReasons, as Epic sends it, as %s', (_name, overrideReasons) => {
    const item = { ...without(OVERRIDDEN, 'overrideReason'), overrideReasons };
    expect(read(item)).toEqual(read(OVERRIDDEN));
  });

  test('an override explained by an extension alone', () => {
    const item = { ...OVERRIDDEN, overrideReason: { extension: { 'com.example': 1 } } };
    expect(read(item)[0]).not.toHaveProperty('overrideReason');
  });

  test('FB-7: unknown members, milliseconds, and members of the other outcome are passed over', () => {
    const item = { ...ACCEPTED, outcomeTimestamp: '2020-08-25T21:18:16.375Z', foo: {}, overrideReason: 7 };
    expect(read(item)[0]).toMatchObject({ outcomeTimestamp: '2020-08-25T21:18:16.375Z' });
  });

  test('another offset is the same instant in UTC', () => {
    const item = { ...ACCEPTED, outcomeTimestamp: '2020-12-11T02:30:00+02:30' };
    expect(read(item)[0]?.outcomeTimestamp).toBe('2020-12-11T00:00:00.000Z');
  });

  test('29 February of a leap year', () => {
    expect(read({ ...ACCEPTED, outcomeTimestamp: '2024-02-29T23:59:59Z' })).toHaveLength(1);
  });
});

describe('G-71, FB-2: feedback that is refused, with its place', () => {
  test.each([
    ['no object', [], undefined],
    ['feedback missing', {}, 'feedback'],
    ['feedback an object', { feedback: {} }, 'feedback'],
    ['feedback empty', { feedback: [] }, 'feedback'],
    ['an item that is a string', { feedback: ['x'] }, 'feedback[0]'],
  ])('%s', (_name, body, place) => {
    expect(refusalOf(body)).toMatchObject({ status: 400, expression: place });
  });

  test.each([
    ['card missing', without(ACCEPTED, 'card'), 'card'],
    ['card a number', { ...ACCEPTED, card: 7 }, 'card'],
    ['outcome missing', without(ACCEPTED, 'outcome'), 'outcome'],
    ['outcome ignored', { ...ACCEPTED, outcome: 'ignored' }, 'outcome'],
    [
      'timestamp in the year 0',
      { ...ACCEPTED, outcomeTimestamp: '0000-01-01T00:00:00Z' },
      'outcomeTimestamp',
    ],
    [
      'timestamp before the year 1 in UTC',
      { ...ACCEPTED, outcomeTimestamp: '0001-01-01T00:00:00+14:00' },
      'outcomeTimestamp',
    ],
    [
      'timestamp after the year 9999 in UTC',
      { ...ACCEPTED, outcomeTimestamp: '9999-12-31T23:59:59-14:00' },
      'outcomeTimestamp',
    ],
    ['timestamp missing', without(ACCEPTED, 'outcomeTimestamp'), 'outcomeTimestamp'],
    ['timestamp a date', { ...ACCEPTED, outcomeTimestamp: '2020-12-11' }, 'outcomeTimestamp'],
    ['timestamp without zone', { ...ACCEPTED, outcomeTimestamp: '2020-12-11T00:00:00' }, 'outcomeTimestamp'],
    ['timestamp of no day', { ...ACCEPTED, outcomeTimestamp: '2021-02-29T00:00:00Z' }, 'outcomeTimestamp'],
    ['timestamp of month 13', { ...ACCEPTED, outcomeTimestamp: '2021-13-45T00:00:00Z' }, 'outcomeTimestamp'],
    ['timestamp a number', { ...ACCEPTED, outcomeTimestamp: 1607644800 }, 'outcomeTimestamp'],
    ['nothing accepted', without(ACCEPTED, 'acceptedSuggestions'), 'acceptedSuggestions'],
    ['an empty list accepted', { ...ACCEPTED, acceptedSuggestions: [] }, 'acceptedSuggestions'],
    ['accepted as strings', { ...ACCEPTED, acceptedSuggestions: ['x'] }, 'acceptedSuggestions[0]'],
    ['accepted without id', { ...ACCEPTED, acceptedSuggestions: [{}] }, 'acceptedSuggestions[0].id'],
    ['a reason of nothing', { ...OVERRIDDEN, overrideReason: {} }, 'overrideReason'],
    ['a reason as a string', { ...OVERRIDDEN, overrideReason: 'x' }, 'overrideReason'],
    ['a code as a string', { ...OVERRIDDEN, overrideReason: { reason: 'x' } }, 'overrideReason.reason'],
    [
      'a reason without system',
      { ...OVERRIDDEN, overrideReason: { reason: { code: 'x' } } },
      'overrideReason.reason.system',
    ],
    [
      'a reason without code',
      { ...OVERRIDDEN, overrideReason: { reason: { system: 'x' } } },
      'overrideReason.reason.code',
    ],
    [
      'a comment that is an object',
      { ...OVERRIDDEN, overrideReason: { userComment: {} } },
      'overrideReason.userComment',
    ],
    [
      'overrideReasons of nothing',
      { ...without(OVERRIDDEN, 'overrideReason'), overrideReasons: [{}] },
      'overrideReasons[0]',
    ],
  ])('%s, in the second item', (_name, item, place) => {
    expect(refusalOf({ feedback: [ACCEPTED, item] })).toMatchObject({
      status: 400,
      expression: `feedback[1].${place}`,
    });
  });

  test('G-72: a comment is no document: 10,000 characters pass, 10,001 do not', () => {
    const commented = (length: number) => ({
      ...OVERRIDDEN,
      overrideReason: { userComment: 'x'.repeat(length) },
    });
    expect(read(commented(10_000))).toHaveLength(1);
    expect(refusalOf({ feedback: [commented(10_001)] }).message).not.toContain('xx');
  });
});
