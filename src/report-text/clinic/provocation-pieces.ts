import type { TextLaterality, TextProvocation } from '../reading.js';
import type { Verdict } from './provocation-signs.js';

export type Test = TextProvocation['test'];

/** Tests by their codes. */
export const TESTS: ReadonlyMap<string, Test> = new Map(
  (
    ['faber', 'thigh-thrust', 'distraction', 'compression', 'gaenslen', 'sacral-thrust', 'fadir'] as const
  ).map((test) => [test, test]),
);

/** A test named, and the side named with it. */
export interface NamedTest {
  readonly test: Test;
  readonly mark: number;
  readonly side: TextLaterality | undefined;
}

/** What a sentence of an examination is put together from. */
export type Piece =
  | { readonly is: 'test'; readonly test: NamedTest }
  | { readonly is: 'verdict'; readonly verdict: Verdict }
  | { readonly is: 'side'; readonly side: TextLaterality; readonly ends: boolean };

/** Verdicts as pieces. */
export function pieces(verdicts: readonly Verdict[]): readonly Piece[] {
  return verdicts.map((verdict) => ({ is: 'verdict', verdict }));
}
