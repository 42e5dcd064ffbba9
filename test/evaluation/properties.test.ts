import fc from 'fast-check';
import { DECISIONS } from '../../src/evaluation/evaluation.js';
import type { InterventionFact, OrderFact, PatientFacts } from '../../src/evaluation/facts.js';
import { assess, block, care, finding, intervention, review, rfa } from './facts.js';

const laterality = fc.constantFrom('left' as const, 'right' as const, 'bilateral' as const);
const low = fc.option(fc.integer({ min: 0, max: 100 }));
const date = fc.constantFrom(
  '2023-05-01',
  '2024-06-10',
  '2025-01-10',
  '2025-06-01',
  '2025-12-01',
  '2026-03-01',
  '2025',
);
const duration = fc.constantFrom({}, { reliefDuration: 'P6M' }, { reliefDuration: 'P3W' });

const anyIntervention: fc.Arbitrary<InterventionFact> = fc
  .record({ make: fc.constantFrom(block, rfa), low, laterality, date, duration })
  .map(({ make, low: percent, duration: lasted, ...part }) => make(percent, { ...part, ...lasted }));
const anyFacts: fc.Arbitrary<Partial<PatientFacts>> = fc.record({
  interventions: fc.array(anyIntervention, { maxLength: 6 }),
  conservativeCare: fc.array(
    fc.integer({ min: 1, max: 12 }).map((weeks) => care({ weeks })),
    { maxLength: 2 },
  ),
  findings: fc.array(
    fc
      .record({ level: fc.constantFrom('L3-L4', 'L5-S1'), negated: fc.boolean(), date })
      .map((part) => finding(part)),
    { maxLength: 4 },
  ),
});

/** Every date in it, so many years later; by fours, so that every month keeps its length. */
function moved<T>(value: T, years: number): T {
  const text = JSON.stringify(value).replaceAll(/(?<!\d)20\d\d(?=-\d\d)|(?<=")20\d\d(?=")/g, (found) =>
    String(Number(found) + years),
  );
  return JSON.parse(text) as T;
}

describe('properties of the evaluation', () => {
  test('the order of the facts never shows', () => {
    fc.assert(
      fc.property(anyFacts, (part) => {
        const reversed = {
          ...part,
          interventions: part.interventions?.toReversed() ?? [],
          findings: part.findings?.toReversed() ?? [],
        };
        expect(assess(reversed)).toEqual(assess(part));
      }),
    );
  });

  test('a completed and failed ablation never moves the decision back toward radiofrequency first', () => {
    const rank = (part: Partial<PatientFacts>) => DECISIONS.indexOf(review(part).decision);
    fc.assert(
      fc.property(
        anyFacts,
        laterality,
        fc.constantFrom('2024-02-01', '2025-09-01', '2026-03-10'),
        (part, side, when) => {
          const failed = rfa(20, { laterality: side, date: when });
          const before = rank(part);
          const after = rank({ ...part, interventions: [...(part.interventions ?? []), failed] });
          if (before > DECISIONS.indexOf('radiofrequency-first'))
            expect(after).toBeGreaterThan(DECISIONS.indexOf('radiofrequency-first'));
          else if (before === DECISIONS.indexOf('radiofrequency-first'))
            expect(after).toBeGreaterThanOrEqual(before);
        },
      ),
    );
  });

  test('an erroneous copy changes notCounted alone', () => {
    fc.assert(
      fc.property(
        anyFacts,
        anyIntervention,
        fc.option(laterality, { nil: undefined }),
        (part, copy, side) => {
          const wrong = { ...copy, status: 'entered-in-error' as const };
          const ordered = { laterality: side } as Partial<OrderFact>;
          const before = review(part, ordered);
          const after = review({ ...part, interventions: [...(part.interventions ?? []), wrong] }, ordered);
          const bare = (one: typeof before) => ({
            ...one,
            steps: one.steps.map(({ notCounted, ...step }) => step),
          });
          expect(bare(after)).toEqual(bare(before));
        },
      ),
    );
  });

  test('moving all dates, the order with them, moves dates alone', () => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(-4, 4, 8), (part, years) => {
        const before = review(part);
        const day = moved('2026-03-20', years);
        const after = review(moved(part, years), { authoredOn: day }, day);
        expect(after).toEqual(moved(before, years));
      }),
    );
  });

  test('a procedure of another region changes no decision', () => {
    fc.assert(
      fc.property(anyFacts, (part) => {
        const other = intervention('trigger-point-injection', { relief: { low: 90, high: 90 } });
        expect(review({ ...part, interventions: [...(part.interventions ?? []), other] }).decision).toBe(
          review(part).decision,
        );
      }),
    );
  });

  test('nothing is recommended on an unknown: radiofrequency-first always has a met diagnostic step', () => {
    fc.assert(
      fc.property(anyFacts, (part) => {
        const { decision, decisionBySide, steps } = review(part);
        if (decision !== 'radiofrequency-first') return;
        const side = decisionBySide?.find((one) => one.decision === decision)?.side;
        const blocks = steps.filter(
          ({ id, side: of }) =>
            id === 'diagnostic-blocks' && (of === undefined || side === undefined || of === side),
        );
        expect(new Set(blocks.map(({ state }) => state))).toEqual(new Set(['met']));
      }),
    );
  });
});
