import type { DiagnosticReport, Observation, Reference, Resource } from 'fhir/r4.js';
import { isObservation } from './chart.js';
import { exclude, type Collected } from './collected.js';
import { reportStanding } from './record-status.js';
import { isPatient, literalReference, ownReference, type Whose } from './references.js';

/** Words of a report; `preliminary` where what they stand in is not final. */
export interface ReportWords {
  readonly text: string;
  readonly preliminary?: true;
}

export interface ResultWords {
  readonly words: readonly ReportWords[];
  /** Some result did not come, has no words yet, or cannot be told to be this patient's. */
  readonly isMissing: boolean;
}

export interface ResultSources {
  /** The patient's own by `Type/id`: some EHRs keep the words of a report in Observations. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly whose: Whose;
}

/** What the Observations say that a report refers to. What was withdrawn, or is another patient's, is set aside, and said so. */
export function resultWords(
  report: DiagnosticReport,
  reference: string,
  sources: ResultSources,
  collected: Collected,
): ResultWords {
  const words: ReportWords[] = [];
  let isMissing = false;
  for (const result of report.result ?? []) {
    const observation = observationOf(result, report, sources);
    if (observation === 'other-patient') {
      collected.recordNotes.push({ id: 'other-patient-record', evidence: [{ reference }] });
      continue;
    }
    const standing = observation && reportStanding(observation.status);
    if (standing === 'entered-in-error' || standing === 'cancelled')
      excludeOfChart(result, standing, collected);
    else if (!observation || standing === 'unwritten') isMissing = true;
    else if (typeof observation.valueString === 'string')
      words.push({ text: observation.valueString, ...(standing === 'unsure' && { preliminary: true }) });
  }
  return { words, isMissing };
}

/** What stands inside a report has no reference of its own to be named by. */
function excludeOfChart(
  result: Reference,
  why: 'entered-in-error' | 'cancelled',
  collected: Collected,
): void {
  const reference = literalReference(result);
  if (reference) exclude(collected, reference, why);
}

/** An Observation that a report refers to: in itself, or of the chart; undefined where it did not come. */
function observationOf(
  { reference = '' }: Reference,
  report: DiagnosticReport,
  { resources, whose }: ResultSources,
): Observation | 'other-patient' | undefined {
  if (!reference.startsWith('#')) {
    const ofChart = resources.get(ownReference({ reference }, whose) ?? '');
    return ofChart && isObservation(ofChart) ? ofChart : undefined;
  }
  const inside = (report.contained ?? [])
    .filter(isObservation)
    .find(({ id }) => reference === `#${id ?? ''}`);
  const { subject } = inside ?? {};
  // Without a subject, or with the report's own, it is of whom the report is.
  if (subject === undefined || subject.reference === report.subject?.reference) return inside;
  const belongs = isPatient(subject, whose);
  if (belongs === 'unknown') return undefined;
  return belongs === 'yes' ? inside : 'other-patient';
}
