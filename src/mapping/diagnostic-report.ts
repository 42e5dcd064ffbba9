import type { DiagnosticReport, Observation, Reference } from 'fhir/r4.js';
import { attachmentKey, isReadInPart, isUndelivered } from './attachments.js';
import { isObservation } from './chart.js';
import { exclude } from './collected.js';
import { wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { meaningOf } from './procedure-kind.js';
import { literalReference, validDate } from './references.js';
import type { ReportReading } from '../report-text/reading.js';
import { AMENDED } from './superseded.js';
import { addFindings, addNarrative, type ReadText } from './text-facts.js';
import type { LinkedProcedure } from './linked-procedure.js';
import { addOwnDetail } from './linked-procedure.js';

const PRELIMINARY: ReadonlySet<string> = new Set(['preliminary', 'partial', 'unknown']);
const REGION_WORDS =
  /\b(?:lumb\w*|l-?spine|sacr\w*|si joints?|spin(?:e|al)|pelvi[sc]\w*|hips?|lss)\b|\bL\d\s*[-/]\s*(?:L?\d|S1)\b/i;

export interface ReportLinks {
  /** Observations by `Observation/<id>`: some EHRs keep the words of a report there. */
  readonly observations: ReadonlyMap<string, Observation>;
  readonly procedures: ReadonlyMap<string, LinkedProcedure>;
}

/** Findings and narrative of a report of the lumbar spine, pelvis, hips or sacroiliac joints, or of a procedure. */
export function mapDiagnosticReport(
  report: DiagnosticReport,
  reference: string,
  links: ReportLinks,
  context: MappingContext,
): void {
  const { collected } = context;
  if (report.status === 'entered-in-error') return exclude(collected, reference, 'entered-in-error');
  if (report.status === 'cancelled') return exclude(collected, reference, 'cancelled');
  if (report.status === 'registered' || isLaboratory(report, context)) return;
  const region = regionOf(report, context);
  if (region === 'other') return exclude(collected, reference, 'other-body-region');
  const { texts, unreadable, undelivered, looked } = textsOf(report, reference, links, context);
  const date = validDate(
    report.effectiveDateTime ?? report.effectivePeriod?.start ?? report.effectivePeriod?.end ?? report.issued,
  );
  const linked = links.procedures.get(reference) ?? ownProcedure(report, reference, date, context);
  const isWordless = texts.length === 0 && (region === 'ours' || linked !== undefined);
  if (undelivered || (isWordless && !looked)) collected.undelivered.push(reference);
  if (isWordless || (unreadable && (region === 'ours' || texts.length === 0)))
    noteUnreadable(reference, texts.length, linked, context);
  if (region === 'unknown' && !linked && !texts.some((text) => REGION_WORDS.test(text))) return;
  const preliminary = PRELIMINARY.has(report.status);
  noteStatus(report, reference, context);
  for (const text of texts) {
    const reading = context.read(text, linked?.kind);
    const placed = region === 'ours' || namesRegion(report, text) ? reading : onlyWithLevel(reading);
    const source = {
      reference,
      text,
      reading: placed,
      ...(date && { date }),
      ...(preliminary && { preliminary }),
    };
    read(source, linked, context);
  }
}

/** A report that is named for a procedure and belongs to no Procedure stands for it ("Fluoroscopic guided SI injection"). */
function ownProcedure(
  { code }: DiagnosticReport,
  reference: string,
  date: string | undefined,
  context: MappingContext,
): LinkedProcedure | undefined {
  const kind = meaningOf(code, [], context)?.intervention;
  return kind && { reference, kind, status: 'completed', ...(date && { date }) };
}

function read(source: ReadText, linked: LinkedProcedure | undefined, context: MappingContext): void {
  addFindings(context.collected, source);
  addNarrative(context.collected, linked ? { ...source, about: linked.reference } : source);
  if (linked) addOwnDetail(context.collected, source, linked);
}

const OUR_REGION = /\b(?:lumb\w*|l-?spine|sacr\w*|si joints?|pelvi[sc]\w*|hips?|lss)\b/i;
const HEAD_LENGTH = 200;

/** Whether the title or the head of the text says that the study is of our region. */
function namesRegion({ code, presentedForm = [] }: DiagnosticReport, text: string): boolean {
  const titles = presentedForm.map(({ title = '' }) => title);
  return OUR_REGION.test([wordsOf(code), ...titles, text.slice(0, HEAD_LENGTH)].join(' '));
}

/** Of a study of an unnamed region only what names a spinal level: a mass or a fracture may be anywhere. */
function onlyWithLevel(reading: ReportReading): ReportReading {
  return { ...reading, findings: reading.findings.filter(({ level }) => level !== null) };
}

function noteStatus({ status }: DiagnosticReport, reference: string, { collected }: MappingContext): void {
  if (AMENDED.has(status)) collected.recordNotes.push({ id: 'report-amended', evidence: [{ reference }] });
  if (PRELIMINARY.has(status))
    collected.recordNotes.push({ id: 'report-preliminary', evidence: [{ reference }] });
}

function noteUnreadable(
  reference: string,
  textsRead: number,
  linked: LinkedProcedure | undefined,
  { collected }: MappingContext,
): void {
  collected.recordNotes.push({ id: 'report-unreadable', evidence: [{ reference }] });
  if (textsRead > 0) return;
  exclude(collected, reference, 'unreadable');
  if (!linked) return;
  const { kind, date } = linked;
  const isOfKnown = linked.reference !== reference;
  collected.setAside.push({
    kind,
    why: 'unreadable',
    ...(isOfKnown && { isOfKnown }),
    ...(date && { date }),
    evidence: [{ reference }],
  });
}

const LABORATORY =
  /^(?:LAB|CH|HM|MB|SP|SR|BLB|CP|CUS|CTH|GE|IMM|MCB|MYC|NRS|OT|PAT|TX|VR|laboratory|LP29693-6|LP7839-6)$/i;

function isLaboratory(report: DiagnosticReport, context: MappingContext): boolean {
  const codings = (report.category ?? []).flatMap(({ coding = [] }) => coding);
  const isImaging = codings.some((coding) =>
    context.terminology.conceptsOfCoding(coding).includes('imaging-category'),
  );
  return !isImaging && codings.some(({ code }) => LABORATORY.test(code ?? ''));
}

function regionOf(report: DiagnosticReport, context: MappingContext): 'ours' | 'other' | 'unknown' {
  const coded = context.terminology.conceptsOf(report.code).concepts;
  const titled = (report.presentedForm ?? []).flatMap(({ title }) =>
    title ? context.terminology.conceptsOfText(title) : [],
  );
  const concepts = [...coded, ...titled];
  if (concepts.includes('lumbar-imaging') || concepts.includes('pelvis-hip-si-imaging')) return 'ours';
  return concepts.includes('other-region-imaging') ? 'other' : 'unknown';
}

interface ReportTexts {
  readonly texts: readonly string[];
  readonly unreadable: boolean;
  readonly undelivered: boolean;
  /** A rendition came, or was asked for: where it has no words, there is nothing more to be had. */
  readonly looked: boolean;
}

/** conclusion; presentedForm of the best rendition; result Observations; the narrative only when there is nothing else. */
function textsOf(
  report: DiagnosticReport,
  reference: string,
  { observations }: ReportLinks,
  context: MappingContext,
): ReportTexts {
  const forms = (report.presentedForm ?? []).flatMap(
    (_, index) => context.attachments.get(attachmentKey(reference, index)) ?? [],
  );
  const results = (report.result ?? []).map((result) => observationOf(result, report, observations));
  const texts = [
    ...(typeof report.conclusion === 'string' ? [report.conclusion] : []),
    ...forms.flatMap((form) => (form.status === 'read' ? [form.text] : [])),
    ...results.flatMap((result) => (typeof result?.valueString === 'string' ? [result.valueString] : [])),
  ].filter((text) => text.trim().length > 0);
  const wanted = (report.presentedForm ?? []).length > 0;
  const isRendered = forms.some(({ status }) => status === 'read');
  // What an Observation would say that did not come is not known; but a rendition of the report has its words (Epic).
  const isResultMissing = results.includes(undefined) && !isRendered;
  const unreadable = isResultMissing || (wanted && !isRendered) || forms.some(isReadInPart);
  const undelivered = forms.some(isUndelivered) || isResultMissing;
  const looked = forms.length > 0;
  if (texts.length > 0) return { texts: [...new Set(texts)], unreadable, undelivered, looked };
  const narrative = context.narrative(report);
  return { texts: narrative ? [narrative] : [], unreadable, undelivered, looked };
}

/** An Observation that a report refers to: in itself, or of the chart; undefined where it did not come. */
function observationOf(
  { reference = '' }: Reference,
  { contained = [] }: DiagnosticReport,
  observations: ReadonlyMap<string, Observation>,
): Observation | undefined {
  if (!reference.startsWith('#')) return observations.get(literalReference({ reference }) ?? '');
  return contained.filter(isObservation).find(({ id }) => reference === `#${id ?? ''}`);
}
