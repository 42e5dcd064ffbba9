/** Nothing is recommended on an unknown, and no absence rests on what could not be read. */
import type { InterventionFact, PatientFacts, SetAside } from '../../src/evaluation/facts.js';
import type { Decision, StepState } from '../../src/evaluation/evaluation.js';
import { block, care, dataStates, review, rfa, stepOf } from './facts.js';

function reviewed(interventions: readonly InterventionFact[], part: Partial<PatientFacts> = {}) {
  return review({ conservativeCare: [care()], interventions, ...part });
}

const open = (date: string, part: Partial<InterventionFact> = {}) =>
  rfa(null, { date, status: 'unknown', ...part });
const { date: _date, ...undated } = open('2026-03-18');
const worked = rfa(70, { date: '2024-03-04', reliefDuration: 'P8M' });

describe('an ablation of which the record does not say whether it was carried out', () => {
  const NOT_KNOWN = /not whether it was carried out/;
  const NO_OUTCOME = /without what it did/;
  const failed = [rfa(20), rfa(10, { date: '2025-09-01' })] as const;

  test.each<[string, readonly InterventionFact[], readonly [Decision, StepState, RegExp]]>([
    ['alone', [open('2026-03-18')], ['radiofrequency-first', 'unknown', NOT_KNOWN]],
    [
      'after one that failed',
      [failed[0], open('2026-03-18')],
      ['repeat-radiofrequency', 'unknown', NO_OUTCOME],
    ],
    ['after two that failed', [...failed, open('2026-03-18')], ['individual-review', 'met', /: 2;/]],
    ['after one that worked', [worked, open('2026-03-18')], ['repeat-radiofrequency', 'unknown', NO_OUTCOME]],
    ['on its day', [worked, open('2024-03-04')], ['repeat-radiofrequency', 'unknown', NO_OUTCOME]],
    ['before it', [open('2024-03-03'), worked], ['repeat-radiofrequency', 'not-met', /once worn off/]],
    ['without a date', [undated, worked], ['repeat-radiofrequency', 'unknown', NO_OUTCOME]],
    ['in its year', [open('2024'), worked], ['repeat-radiofrequency', 'unknown', NO_OUTCOME]],
  ])('%s', (_situation, ablations, [decision, state, reason]) => {
    const order = reviewed([block(85), ...ablations]);
    expect(order.decision).toBe(decision);
    const step = stepOf(order, 'radiofrequency-ablation');
    expect(step.state).toBe(state);
    expect(step.reason).toMatch(reason);
  });

  test('of the other side: it says nothing of the ordered one', () => {
    const left = { laterality: 'left' } as const;
    const interventions = [block(85), open('2026-03-18', { laterality: 'right' })];
    const order = review({ conservativeCare: [care()], interventions }, left);
    expect(stepOf(order, 'radiofrequency-ablation').state).toBe('not-met');
  });

  test('one that worked would change the decision, also where it is this one', () => {
    expect(reviewed([block(85), open('2026-03-18')]).wouldChange).toContain(
      'An ablation that worked, also elsewhere (at least 50 % for 3 months): repeat ablation, or record its outcome.',
    );
  });
});

describe('a block of which the record does not say whether it was carried out', () => {
  const reason = (...blocks: readonly InterventionFact[]) =>
    stepOf(reviewed(blocks), 'diagnostic-blocks').reason;

  test.each<[string, readonly InterventionFact[], RegExp]>([
    ['alone', [block(null, { status: 'unknown' })], /not whether it was carried out/],
    ['beside a negative one', [block(10), block(null, { status: 'unknown' })], /relieved less/],
    [
      'beside one without its relief',
      [block(null), block(null, { status: 'unknown' })],
      /not what it relieved/,
    ],
  ])('%s', (_situation, blocks, expected) => {
    expect(reason(...blocks)).toMatch(expected);
  });

  test('of the other side: none was found', () => {
    const interventions = [block(null, { status: 'unknown', laterality: 'right' })];
    expect(stepOf(review({ interventions }, { laterality: 'left' }), 'diagnostic-blocks').reason).toMatch(
      /^No diagnostic block/,
    );
  });
});

describe('notes and reports that could not be read', () => {
  test.each<[string, readonly InterventionFact[], Partial<PatientFacts>, Decision]>([
    ['no ablation, notes cut short', [block(85)], { data: dataStates({ documents: 'partial' }) }, 'insufficient-data'], // prettier-ignore
    ['no ablation, notes not read', [block(85)], { data: dataStates({ documents: 'unavailable' }) }, 'insufficient-data'], // prettier-ignore
    ['no ablation, imaging reports not read', [block(85)], { data: dataStates({ diagnosticReports: 'unavailable' }) }, 'radiofrequency-first'], // prettier-ignore
    ['one failed, notes not read', [block(85), rfa(20)], { data: dataStates({ documents: 'partial' }) }, 'insufficient-data'], // prettier-ignore
    ['two failed, notes not read', [block(85), rfa(20), rfa(10, { date: '2025-09-01' })], { data: dataStates({ documents: 'partial' }) }, 'individual-review'], // prettier-ignore
    ['no block, reports not read', [], { data: dataStates({ diagnosticReports: 'partial' }) }, 'insufficient-data'], // prettier-ignore
    ['no block, notes not read', [], { data: dataStates({ documents: 'partial' }) }, 'insufficient-data'], // prettier-ignore
    ['an equivocal block, notes not read', [block(60)], { data: dataStates({ documents: 'partial' }) }, 'insufficient-data'], // prettier-ignore
    ['no block, medicines and orders not read', [], { data: dataStates({ medications: 'unavailable' }) }, 'diagnostic-blocks-first'], // prettier-ignore
  ])('%s', (_situation, interventions, part, decision) => {
    expect(reviewed(interventions, part).decision).toBe(decision);
  });

  test('conservative care too short, notes not read: more may stand in them', () => {
    const data = dataStates({ documents: 'partial' });
    const state = (part: Partial<PatientFacts>) =>
      stepOf(review({ conservativeCare: [care({ weeks: 2 })], ...part }), 'conservative-care').state;
    expect([state({}), state({ data })]).toEqual(['not-met', 'unknown']);
  });
});

describe('a report that is named for an ablation and cannot be read', () => {
  const scanned = (part: Partial<SetAside> = {}): SetAside => ({
    kind: 'sacral-lateral-branch-rfa',
    why: 'unreadable',
    date: '2025-08-11',
    evidence: [{ reference: 'DiagnosticReport/scan' }],
    ...part,
  });
  const stopped = rfa(null, { date: '2025-08-11', status: 'stopped' });

  test.each<[string, SetAside, readonly InterventionFact[], Decision]>([
    ['alone: there may have been one', scanned(), [], 'insufficient-data'],
    [
      'beside one that failed on another day: there may have been two',
      scanned(),
      [rfa(20)],
      'insufficient-data',
    ],
    ['of the day of one on record: it is that one’s', scanned(), [stopped], 'radiofrequency-first'],
    ['of a procedure on record', scanned({ isOfKnown: true }), [], 'radiofrequency-first'],
    ['without a date', scanned({ date: '2025' }), [stopped], 'insufficient-data'],
    ['someone else’s', scanned({ why: 'other-patient' }), [], 'radiofrequency-first'],
    ['named for something else', scanned({ kind: 'facet-rfa' }), [], 'radiofrequency-first'],
  ])('%s', (_situation, record, ablations, decision) => {
    expect(reviewed([block(85), ...ablations], { setAside: [record] }).decision).toBe(decision);
  });
});
