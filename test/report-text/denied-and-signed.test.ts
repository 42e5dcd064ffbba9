import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { statements } from './told.js';

const DENIED = ['rfa-denied-by-plan'];

function ablations(text: string): string[] {
  return readReport(text, book).interventions.map(({ status }) => status);
}

describe('an ablation that the payer denied is not planned', () => {
  test.each([
    'Plan does not cover SI RFA.',
    'Left SIJ RFA requested x2, denied by UR.',
    "Her plan doesn't cover SIJ RFA.",
    'SI joint RFA is not covered.',
    'Work comp adjuster denied SIJ RFA.',
    'Left SIJ RFA denied by BCBS.',
  ])('%s', (text) => {
    expect(statements(text)).toEqual(DENIED);
    expect(ablations(text)).toEqual(['not-done']);
  });

  test.each([
    'RFA was not denied by insurance.',
    'SIJ RFA has not yet been denied by insurance.',
    'If the insurance denies it, SIJ RFA will be appealed.',
    'SIJ RFA was delayed because insurance denied the MRI.',
    'SIJ RFA was delayed because physical therapy was denied by insurance.',
  ])('but not where nothing, or something else, was denied: %s', (text) =>
    expect(statements(text)).not.toContain('rfa-denied-by-plan'),
  );

  test.each([
    'SIJ RFA denied by insurance, needs PT first.',
    'Not only was the MRI denied, insurance denied SIJ RFA too.',
    'Insurance denied the SIJ RFA because PT was not documented.',
    'SIJ RFA not done, denied by insurance for lack of physical therapy.',
  ])('whatever was asked for first: %s', (text) => expect(statements(text)).toContain('rfa-denied-by-plan'));

  test('also without its target: RFA denied by UR.', () =>
    expect(statements('RFA denied by UR.')).toEqual(DENIED));

  test.each([
    ['Plan: left SIJ RFA.', ['planned']],
    ['Underwent left SIJ RFA 5/2025 with 20% relief.', ['completed']],
    ['Patient denies any prior SI RFA.', ['not-done']],
    ['Denies previous SI joint RFA.', ['not-done']],
  ])('but no payer: %s', (text, expected) => {
    expect(statements(text)).toEqual([]);
    expect(ablations(text)).toEqual(expected);
  });

  test('nor where it was approved after all', () =>
    expect(statements('SIJ RFA denied at first by insurance, then approved on appeal.')).toEqual([]));
});

describe('provocation tests with their signs before them', () => {
  const results = (text: string) =>
    readReport(text, book).provocation.map(({ test: name, result }) => `${name} ${result}`);

  test.each([
    [
      'Exam: +FABER, +thigh thrust, +Gaenslen, + distraction L, neg compression.',
      [
        'faber positive',
        'thigh-thrust positive',
        'gaenslen positive',
        'distraction positive',
        'compression negative',
      ],
    ],
    ['+FABER, +thigh thrust, +Gaenslen.', ['faber positive', 'thigh-thrust positive', 'gaenslen positive']],
    ['+FABER +Gaenslen +thigh thrust', ['faber positive', 'gaenslen positive', 'thigh-thrust positive']],
    ['SI exam:\n+ FABER\n+ Gaenslen', ['faber positive', 'gaenslen positive']],
    [
      'PE: + left FABER, + left thigh thrust, - Gaenslen',
      ['faber positive', 'thigh-thrust positive', 'gaenslen negative'],
    ],
    ['FABER +, Gaenslen +, thigh thrust -', ['faber positive', 'gaenslen positive', 'thigh-thrust negative']],
    ['FABER (+), Gaenslen (-)', ['faber positive', 'gaenslen negative']],
    ['FABER: positive, Gaenslen: negative', ['faber positive', 'gaenslen negative']],
  ])('%s', (text, expected) => expect(results(text)).toEqual(expected));
});
