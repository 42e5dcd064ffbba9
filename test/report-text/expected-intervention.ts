import type { TextIntervention, TextRelief } from '../../src/report-text/index.js';

/** What a labelled note expects of one procedure; what is left out is not compared. */
export interface ExpectedIntervention {
  kind: string;
  status: OneOf<string>;
  optional?: boolean;
  levels?: string[];
  laterality?: string;
  technique?: string;
  drug?: string;
  date?: string;
  /** null: none is right, too. */
  relief?: OneOf<Pick<TextRelief, 'low' | 'high' | 'ofIndexPain'> | null>;
  reliefDuration?: OneOf<string | null>;
}

export type OneOf<T> = T | readonly T[];

export function oneOf<T>(expected: OneOf<T>, found: T): boolean {
  return (Array.isArray(expected) ? (expected as T[]) : [expected as T]).includes(found);
}

const PERCENT_TOLERANCE = 1;

function reliefAgrees({ relief: expected }: ExpectedIntervention, found: TextRelief | undefined): boolean {
  if (expected === undefined) return found === undefined;
  return [expected].flat().some((each) => {
    if (each === null || found === undefined) return each === null && found === undefined;
    const { low, high, ofIndexPain } = each;
    return (
      Math.abs(low - found.low) <= PERCENT_TOLERANCE &&
      Math.abs(high - found.high) <= PERCENT_TOLERANCE &&
      (ofIndexPain === undefined || ofIndexPain === found.ofIndexPain)
    );
  });
}

export function agrees(expected: ExpectedIntervention, found: TextIntervention): boolean {
  const { relief } = found;
  const plain = (['laterality', 'technique', 'drug', 'date'] as const).every(
    (name) => expected[name] === undefined || expected[name] === found[name],
  );
  const duration = expected.reliefDuration;
  return (
    expected.kind === found.kind &&
    oneOf(expected.status, found.status) &&
    (expected.levels === undefined || expected.levels.join() === found.levels.join()) &&
    plain &&
    (expected.optional === true || reliefAgrees(expected, relief)) &&
    (duration === undefined ||
      oneOf<string | null>(duration, relief?.duration ?? found.reliefDuration ?? null))
  );
}
