import type { CodeableConcept, Coding, DiagnosticReport, Identifier } from 'fhir/r4.js';
import { instantsOf, type Instants } from '../evaluation/dates.js';
import { lateralityOfText, wordsOf } from './laterality.js';
import { AMENDED, reportStanding, type ReportStanding } from './record-status.js';
import type { Terminology } from './terminology.js';
import { allOf } from '../lists.js';

/** What was withdrawn, or is not written yet, takes nobody's place, and is left out itself. */
const STANDING: ReadonlySet<ReportStanding> = new Set(['sure', 'unsure']);

/** More than a report has versions: what so many share is no name of one examination. */
const MOST_VERSIONS = 20;

/**
 * Reports that an amended version of the same examination takes the place of; by `Type/id`. The same examination is
 * one number of one system under one code, or one code that names a body region at one time. In doubt both are read:
 * two examinations may share a number, a generic code or a day, and a red flag must not go with a version that is none.
 */
export function supersededReports(
  reports: readonly DiagnosticReport[],
  terminology: Terminology,
): ReadonlySet<string> {
  const superseded = new Set<string>();
  // Only an amended one takes another's place.
  if (!reports.some(({ status }) => AMENDED.has(status))) return superseded;
  const groups = new Map<string, Version[]>();
  for (const report of reports) {
    if (!STANDING.has(reportStanding(report.status))) continue;
    const version = versionOf(report, terminology);
    for (const key of version.keys) {
      const group = groups.get(key);
      if (group) group.push(version);
      else groups.set(key, [version]);
    }
  }
  for (const group of groups.values()) {
    if (group.length > MOST_VERSIONS) continue;
    for (const older of group)
      if (group.some((newer) => newer !== older && takesPlaceOf(newer, older)))
        superseded.add(`DiagnosticReport/${older.report.id ?? ''}`);
  }
  return superseded;
}

interface Version {
  readonly report: DiagnosticReport;
  readonly keys: readonly string[];
  readonly identifiers: readonly string[];
  readonly side: ReturnType<typeof lateralityOfText>;
  readonly issued: Instants | undefined;
}

function versionOf(report: DiagnosticReport, terminology: Terminology): Version {
  const { code: concept } = report as { readonly code?: CodeableConcept };
  const identifiers = allOf(report.identifier ?? [], identifierKey);
  const names = namesOf(concept);
  const ofRegion = names.filter(({ concept: one }) => regionsOf(one, terminology).length > 0);
  const study = report.effectiveDateTime ?? report.effectivePeriod?.start;
  const regions = ofRegion.length > 0 ? [''] : regionsOfHead(report, terminology);
  return {
    report,
    keys: [
      ...allOf(identifiers, (one) =>
        allOf(regions, (region) => names.map(({ key }) => `${one}|${key}|${region}`)),
      ),
      ...(study ? ofRegion.map(({ key }) => `study|${key}|${study}`) : []),
    ],
    identifiers,
    side: lateralityOfText(wordsOf(concept)),
    issued: instantsOf(report.issued),
  };
}

/** A number without a system is anybody's. */
function identifierKey({ system, value }: Identifier): readonly string[] {
  return system && value ? [`id|${system}|${value}`] : [];
}

interface Name {
  readonly key: string;
  readonly concept: CodeableConcept;
}

/** Each coding, and the text, of a code. */
function namesOf(concept: CodeableConcept | undefined): readonly Name[] {
  const codings = (concept?.coding ?? []).filter(({ code }: Coding) => code);
  return [
    ...codings.map((one) => ({
      key: `${one.system ?? ''}|${one.code ?? ''}`,
      concept: { coding: [one] },
    })),
    ...(concept?.text ? [{ key: concept.text, concept: { text: concept.text } }] : []),
  ];
}

const REGIONS: readonly string[] = ['lumbar-imaging', 'pelvis-hip-si-imaging', 'other-region-imaging'];
const HEAD_LENGTH = 200;

function regionsOf(concept: CodeableConcept, terminology: Terminology): readonly string[] {
  return terminology.conceptsOf(concept).concepts.filter((id) => REGIONS.includes(id));
}

/** Under a generic code ("Radiology Reports") the titles and the first words tell what was looked at. */
function regionsOfHead(
  { presentedForm = [], conclusion }: DiagnosticReport,
  terminology: Terminology,
): readonly string[] {
  const heads = [...presentedForm.map(({ title }) => title), conclusion?.slice(0, HEAD_LENGTH)];
  const found = allOf(heads, (text) => (text ? regionsOf({ text }, terminology) : []));
  return [...new Set(found)];
}

function takesPlaceOf(newer: Version, older: Version): boolean {
  if (!AMENDED.has(newer.report.status) || newer.side !== older.side) return false;
  if (areOfTwo(newer.identifiers, older.identifiers)) return false;
  return AMENDED.has(older.report.status)
    ? isBefore(older.issued, newer.issued)
    : !isBefore(newer.issued, older.issued);
}

/** Two numbers of one system are two reports. */
function areOfTwo(ours: readonly string[], theirs: readonly string[]): boolean {
  if (ours.some((one) => theirs.includes(one))) return false;
  const systemOf = (key: string) => key.slice(0, key.lastIndexOf('|'));
  const systems = new Set(ours.map(systemOf));
  return theirs.some((key) => systems.has(systemOf(key)));
}

function isBefore(one: Instants | undefined, other: Instants | undefined): boolean {
  return one !== undefined && other !== undefined && one.last < other.first;
}
