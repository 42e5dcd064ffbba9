import type {
  ConditionFact,
  InterventionFact,
  PatientFacts,
  StatementFact,
} from '../../src/evaluation/facts.js';
import { block, care, review, rfa } from './facts.js';

/** The order is of 2026-03-20. */
function ids(part: Partial<PatientFacts>): readonly string[] {
  return (review(part).considerations ?? []).map(({ id }) => id);
}

const statement = (id: StatementFact['id'], date: string): StatementFact => ({
  id,
  date,
  evidence: [{ reference: 'DocumentReference/visit', date }],
});

describe('a refusal stands until something later takes it back', () => {
  const declined = statement('rfa-declined', '2026-01-10');

  test.each<[string, readonly InterventionFact[], boolean]>([
    ['nothing later', [], true],
    ['an ablation planned later', [rfa(null, { status: 'planned', date: '2026-02-01' })], false],
    ['an ablation carried out later', [rfa(20, { date: '2026-01-11' })], false],
    ['one of the same day', [rfa(20, { date: '2026-01-10' })], true],
    ['one without a date', [rfa(20, { date: '' })], true],
    ['one that was not done', [rfa(null, { status: 'not-done', date: '2026-02-01' })], true],
    ['a block carried out later', [block(85, { date: '2026-02-01' })], true],
  ])('%s', (_name, interventions, stands) => {
    expect(ids({ statements: [declined], interventions }).includes('rfa-declined')).toBe(stands);
  });

  test.each<[string, Partial<PatientFacts>, boolean]>([
    ['therapy done later', { conservativeCare: [care({ start: '2026-02-01', end: '2026-03-15' })] }, false],
    ['therapy planned later', { conservativeCare: [care({ start: '2026-02-01', status: 'planned' })] }, true],
    [
      'medicines later',
      { conservativeCare: [care({ care: 'medication', start: '2026-02-01', end: '2026-03-15' })] },
      true,
    ],
  ])('of rehabilitation: %s', (_name, part, stands) => {
    const statements = [statement('rehabilitation-declined', '2026-01-10')];
    expect(ids({ statements, ...part }).includes('rehabilitation-declined')).toBe(stands);
  });
});

describe('a statement is weighed for as long as the policy says', () => {
  test.each<[StatementFact['id'], string, string, boolean]>([
    ['ablation-spoken-of', 'rfa-spoken-of', '2025-03-20', true],
    ['ablation-spoken-of', 'rfa-spoken-of', '2025-03-19', false],
    ['rfa-declined', 'rfa-declined', '2024-03-20', true],
    ['rfa-declined', 'rfa-declined', '2024-03-19', false],
    ['implanted-device', 'implanted-device', '2009-01-10', true],
  ])('%s, as %s, of %s: %s', (id, consideration, date, weighed) => {
    expect(ids({ statements: [statement(id, date)] }).includes(consideration)).toBe(weighed);
  });

  test('what one note says in two places is cited with both', () => {
    const said = (excerpt: string): StatementFact => ({
      ...statement('implanted-device', '2025-05-20'),
      evidence: [{ reference: 'DocumentReference/visit', excerpt }],
    });
    const statements = [said('Pacemaker in place.'), said('Device check due.'), said('Pacemaker in place.')];
    const [found] = review({ statements }).considerations ?? [];
    expect(found?.evidence?.map(({ excerpt }) => excerpt)).toEqual([
      'Pacemaker in place.',
      'Device check due.',
    ]);
  });
});

describe('pain of less than three months', () => {
  const pain = (onset: string, part: Partial<ConditionFact> = {}): ConditionFact => ({
    concepts: ['sij-pain', 'pelvis'],
    recognisedBy: 'code',
    date: onset,
    onset,
    evidence: [{ reference: 'Condition/pain' }],
    ...part,
  });
  const isRecent = (part: Partial<PatientFacts>) => ids(part).includes('pain-of-less-than-three-months');

  test.each<[string, Partial<PatientFacts>, boolean]>([
    ['a day less', { conditions: [pain('2025-12-21')] }, true],
    ['to the day', { conditions: [pain('2025-12-20')] }, false],
    ['on the day of the order', { conditions: [pain('2026-03-20')] }, true],
    ['after the order: no onset', { conditions: [pain('2026-03-21')] }, false],
    [
      'called chronic',
      {
        conditions: [pain('2026-01-10')],
        statements: [statement('chronic-pain', '2026-03-01'), statement('opioid-taper', '2026-03-01')],
      },
      false,
    ],
    [
      'chronic by another code',
      {
        conditions: [pain('2026-01-10'), pain('2026-02-10', { concepts: ['chronic-pain'] })],
      },
      false,
    ],
    [
      'back pain of which no day is known: it may be older',
      {
        conditions: [
          pain('2026-01-10'),
          {
            concepts: ['nonspecific-back-pain'],
            recognisedBy: 'code',
            evidence: [{ reference: 'Condition/back' }],
          },
        ],
      },
      false,
    ],
    [
      'treated half a year ago',
      {
        conditions: [pain('2026-01-10')],
        conservativeCare: [
          care({ start: '2025-09-01', evidence: [{ reference: 'Procedure/pt', date: '2026-02-01' }] }),
        ],
      },
      false,
    ],
  ])('%s', (_name, part, recent) => {
    expect(isRecent(part)).toBe(recent);
  });

  test('the card names the day of its onset, without the time', () => {
    const [found] = review({ conditions: [pain('2026-01-10T08:30:00Z')] }).considerations ?? [];
    expect(found?.reason).toMatch(/^The recorded onset of this pain is 2026-01-10, less than 3 months/);
  });
});
