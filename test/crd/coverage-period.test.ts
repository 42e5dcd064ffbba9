/** Whether a coverage is in force: nobody says in which time zone the payer's days are. */
import { isInTime } from '../../src/crd/coverage-period.js';

/** 20:12 of 26 November in New York. */
const EVENING = '2026-11-27T01:12:00Z';
const on = (period: object, at = EVENING) => isInTime(period, Date.parse(at));

test.each([
  ['nothing', {}],
  ['the day in New York', { end: '2026-11-26' }],
  ['an instant still to come', { end: '2026-11-26T23:59:59-05:00' }],
  ['a day that has ended in UTC, and not everywhere', { end: '2026-11-26' }, '2026-11-27T11:59:59Z'],
  ['the month', { end: '2026-11' }],
  ['the year', { start: '2026', end: '2026' }],
  ['a day that has begun everywhere', { start: '2026-11-27' }, '2026-11-27T12:00:00Z'],
  ['an instant that has begun', { start: '2026-11-26T20:00:00-05:00' }],
])('in force: %s', (_name, period, at = EVENING) => {
  expect(on(period, at)).toBe('yes');
});

test.each([
  ['a day that has ended everywhere', { end: '2026-11-26' }, '2026-11-27T12:00:00Z'],
  ['an instant that has passed', { end: '2026-11-26T20:00:00-05:00' }],
  ['a month that has ended', { end: '2026-10' }],
  ['a day that has begun nowhere', { start: '2026-11-28' }],
  ['an instant to come', { start: '2026-11-26T20:30:00-05:00' }],
  ['it has ended, whenever it began', { start: 'banana', end: '2026-10-01' }],
])('not in force: %s', (_name, period, at = EVENING) => {
  expect(on(period, at)).toBe('no');
});

test.each([
  ['the next day, begun in UTC and not in New York', { start: '2026-11-27' }],
  ['a start that is no date', { start: 'banana' }],
  ['an end that is no date', { end: 'banana' }],
  ['an end that is no day', { end: '9999-13-99' }],
  ['a start that is no text', { start: 7 }],
  ['a time that is none', { end: '2026-11-29T99:00:00Z' }],
])('not known: %s', (_name, period) => {
  expect(on(period)).toBe('unknown');
});
