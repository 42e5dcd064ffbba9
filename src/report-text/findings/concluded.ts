import type { TextFinding } from '../reading.js';

/** A finding and the part of the report it stands in. */
export interface PlacedFinding {
  readonly finding: TextFinding;
  readonly section: string;
}

/** Findings that agree in this speak of the same thing, whatever their side and certainty. */
export function subject({ finding, level, negated }: TextFinding): string {
  return `${finding}|${level ?? ''}|${negated ? 'no' : ''}`;
}

/** What the impression says of each subject: severity by side. */
export type Concluded = ReadonlyMap<string, ReadonlyMap<TextFinding['laterality'], TextFinding['severity']>>;

/** The severities of the impression. */
export function concludedIn(found: readonly PlacedFinding[]): Concluded {
  const concluded = new Map<string, Map<TextFinding['laterality'], TextFinding['severity']>>();
  for (const { finding, section } of found) {
    if (section !== 'impression' || finding.severity === null) continue;
    const name = subject(finding);
    const bySide = concluded.get(name) ?? new Map<TextFinding['laterality'], TextFinding['severity']>();
    concluded.set(name, bySide.set(finding.laterality, finding.severity));
  }
  return concluded;
}

/** The impression's severity of the same side; of any, where it knows but one and that one is not of one side of others. */
export function concludedSeverity(finding: TextFinding, concluded: Concluded): TextFinding['severity'] {
  const bySide = concluded.size === 0 ? undefined : concluded.get(subject(finding));
  if (!bySide) return finding.severity;
  const [only, ...others] = bySide;
  const isOther = others.length > 0 || only === undefined || isOfOneSide(only[0], finding.laterality);
  return bySide.get(finding.laterality) ?? (isOther ? finding.severity : only[1]);
}

/** Whether what is said of one side leaves the other open: "mild on both sides" where the right alone is called severe. */
function isOfOneSide(one: TextFinding['laterality'], found: TextFinding['laterality']): boolean {
  return one !== found && found !== null && (one === 'left' || one === 'right');
}
