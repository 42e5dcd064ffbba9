import fc from 'fast-check';
import type { Decision, OrderEvaluation } from '../../src/evaluation/evaluation.js';
import type { ConservativeCareFact, InterventionFact, PatientFacts } from '../../src/evaluation/facts.js';
import { block, care, dataStates, inForce, intervention, review, rfa } from './facts.js';

/**
 * Each sentence of wouldChange is taken at its word: the facts it asks for are put into the record, the record is
 * evaluated anew, and the decision has to be the one it names.
 */
const WEEK_SEVEN = '2026-01-30';
const worked = rfa(70, { date: '2025-06-01', reliefDuration: 'P4M' });

/** More positive blocks, each on a day of its own, than there are blocks in the record. */
function manyBlocks({ interventions = [] }: Partial<PatientFacts>): readonly InterventionFact[] {
  const kinds = ['lateral-branch-block', 'si-joint-injection'] as const;
  return kinds.flatMap((kind) =>
    Array.from({ length: interventions.length + 1 }, (_, day) =>
      intervention(kind, {
        date: `2026-03-${day + 11}`,
        relief: { low: 90, high: 90 },
      }),
    ),
  );
}

const also = (part: Partial<PatientFacts>, ...more: readonly InterventionFact[]) => ({
  ...part,
  interventions: [...(part.interventions ?? []), ...more],
});

const SUPPLIED: readonly (readonly [RegExp, (part: Partial<PatientFacts>) => Partial<PatientFacts>])[] = [
  [
    /^Conservative care documented as not done/,
    (part) => ({
      ...part,
      conservativeCare: [...(part.conservativeCare ?? []), care({ status: 'not-done' })],
    }),
  ],
  [/^At least 4 weeks of conservative care/, (part) => ({ ...part, conservativeCare: [care({ weeks: 4 })] })],
  [
    /^The rehabilitation documented as shorter/,
    (part) => ({
      ...part,
      conservativeCare: (part.conservativeCare ?? []).map((one) => ({ ...one, weeks: 2 })),
    }),
  ],
  [/^A diagnostic block of the ordered side/, (part) => also(part, block(75, { date: '2026-03-01' }))],
  [/^Further blocks of the same target/, (part) => also(part, ...manyBlocks(part))],
  [
    /^2 failed ablations of the ordered side/,
    (part) => also(part, rfa(49, { date: WEEK_SEVEN }), rfa(49, { date: '2025-08-15' })),
  ],
  [/^An ablation that worked, also elsewhere/, (part) => also(part, worked)],
  [/^The unread records read, with nothing more/, (part) => ({ ...part, data: dataStates() })],
];

function supplied(sentence: string, part: Partial<PatientFacts>): Partial<PatientFacts> {
  const [, supply] = SUPPLIED.find(([pattern]) => pattern.test(sentence)) ?? [];
  if (!supply) throw new Error(`nothing is known to supply for: ${sentence}`);
  return supply(part);
}

function named(sentence: string): Decision | undefined {
  return inForce.policy.decisions.find(({ label }) => sentence.endsWith(`: ${label}.`))?.decision;
}

const laterality = fc.constantFrom('left' as const, 'right' as const, 'bilateral' as const);
const low = fc.option(fc.constantFrom(0, 20, 49, 50, 60, 74, 75, 100));
const anyIntervention: fc.Arbitrary<InterventionFact> = fc
  .record({
    make: fc.constantFrom(block, rfa),
    low,
    laterality,
    date: fc.constantFrom('2023-05-01', '2024-06-10', '2025-06-01', '2025-11-01', '2026-03-10'),
    status: fc.constantFrom('completed' as const, 'completed' as const, 'unknown' as const),
    lasted: fc.constantFrom({}, { reliefDuration: 'P4M' }, { reliefDuration: 'P3W' }),
  })
  .map(({ make, low: percent, lasted, ...part }) => make(percent, { ...part, ...lasted }));
const anyCare: fc.Arbitrary<ConservativeCareFact> = fc.constantFrom(
  care({ weeks: 12 }),
  care({ weeks: 2 }),
  care({ weeks: undefined } as never),
  care({ care: 'medication', weeks: 12 }),
  care({ status: 'not-done' }),
);
const anyRecord: fc.Arbitrary<Partial<PatientFacts>> = fc.record({
  interventions: fc.array(anyIntervention, { maxLength: 4 }),
  conservativeCare: fc.array(anyCare, { maxLength: 1 }),
  data: fc.constantFrom(
    dataStates(),
    dataStates({ procedures: 'partial' }),
    dataStates({ documents: 'unavailable' }),
    dataStates({ diagnosticReports: 'partial' }),
  ),
});

test('what would change the decision does, when it is documented, and to the decision named', () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(anyRecord, fc.constantFrom('left' as const, 'bilateral' as const), (part, ordered) => {
      const before = review(part, { laterality: ordered });
      for (const sentence of before.wouldChange ?? []) {
        seen.add(sentence);
        const after: OrderEvaluation = review(supplied(sentence, part), { laterality: ordered });
        expect([sentence, after.decision]).toEqual([sentence, named(sentence)]);
      }
    }),
    { numRuns: 1000 },
  );
  expect(seen.size).toBeGreaterThan(5);
});
