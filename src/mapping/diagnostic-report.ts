import type { DiagnosticReport } from 'fhir/r4.js';
import { attachmentKey, isReadInPart, isUndelivered } from './attachments.js';
import { exclude } from './collected.js';
import { wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { meaningOf } from './procedure-kind.js';
import { AMENDED, reportStanding } from './record-status.js';
import { validDate } from './references.js';
import { resultWords, type ReportWords, type ResultSources } from './report-results.js';
import type { ReportReading } from '../report-text/reading.js';
import { addFindings, addNarrative, type ReadText } from './text-facts.js';
import type { LinkedProcedure } from './linked-procedure.js';
import { addOwnDetail } from './linked-procedure.js';
import type { Draft } from '../evaluation/draft.js';
import { allOf } from '../lists.js';

const REGION_WORDS =
  /\b(?:lumb\w*|l-?spine|sacr\w*|si joints?|spin(?:e|al)|pelvi[sc]\w*|hips?|lss)\b|\bL\d\s*[-/]\s*(?:L?\d|S1)\b/i;

export interface ReportLinks extends ResultSources {
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
  const standing = reportStanding(report.status);
  if (standing === 'entered-in-error' || standing === 'cancelled')
    return exclude(collected, reference, standing);
  if (standing === 'unwritten' || isLaboratory(report, context)) return;
  const region = regionOf(report, context);
  if (region === 'other') return exclude(collected, reference, 'other-body-region');
  const texts = textsOf(report, reference, links, context);
  const date = dateOf(report);
  const linked = links.procedures.get(reference) ?? ownProcedure(report, reference, date, context);
  const known: KnownReport = { report, reference, date, isOurs: region === 'ours', linked };
  noteWhatIsMissing(known, texts, context);
  readTexts(known, texts.texts, context);
}

/** What is known of a report before it is read. */
interface KnownReport {
  readonly report: DiagnosticReport;
  readonly reference: string;
  readonly date: string | undefined;
  /** It says so by its code or title; else the region is not known. */
  readonly isOurs: boolean;
  readonly linked: LinkedProcedure | undefined;
}

function dateOf({ effectiveDateTime, effectivePeriod, issued }: DiagnosticReport): string | undefined {
  return validDate(effectiveDateTime ?? effectivePeriod?.start ?? effectivePeriod?.end ?? issued);
}

function noteWhatIsMissing(
  { reference, isOurs, linked }: KnownReport,
  { texts, unreadable, undelivered, looked }: ReportTexts,
  context: MappingContext,
): void {
  const isWordless = texts.length === 0 && (isOurs || linked !== undefined);
  if (undelivered || (isWordless && !looked)) context.collected.undelivered.push(reference);
  if (isWordless || (unreadable && (isOurs || texts.length === 0)))
    noteUnreadable(reference, texts.length, linked, context);
}

function readTexts(known: KnownReport, texts: readonly ReportWords[], context: MappingContext): void {
  const { report, reference, date, isOurs, linked } = known;
  if (!isOurs && !linked && !texts.some(({ text }) => REGION_WORDS.test(text))) return;
  noteStatus(report, reference, texts, context);
  for (const { text, preliminary } of texts) {
    const reading = context.read(text, linked?.kind);
    const placed = isOurs || namesRegion(report, text) ? reading : onlyWithLevel(reading);
    const source: Draft<ReadText> = { reference, text, reading: placed };
    if (date) source.date = date;
    if (preliminary) source.preliminary = preliminary;
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

function noteStatus(
  { status }: DiagnosticReport,
  reference: string,
  texts: readonly ReportWords[],
  { collected }: MappingContext,
): void {
  if (AMENDED.has(status)) collected.recordNotes.push({ id: 'report-amended', evidence: [{ reference }] });
  if (reportStanding(status) === 'unsure' || texts.some(({ preliminary }) => preliminary))
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
  const codings = allOf(report.category ?? [], ({ coding = [] }) => coding);
  const isImaging = codings.some((coding) =>
    context.terminology.conceptsOfCoding(coding).includes('imaging-category'),
  );
  return !isImaging && codings.some(({ code }) => LABORATORY.test(code ?? ''));
}

function regionOf(report: DiagnosticReport, context: MappingContext): 'ours' | 'other' | 'unknown' {
  const coded = context.terminology.conceptsOf(report.code).concepts;
  const titled = allOf(report.presentedForm ?? [], ({ title }) =>
    title ? context.terminology.conceptsOfText(title) : [],
  );
  const concepts = [...coded, ...titled];
  if (concepts.includes('lumbar-imaging') || concepts.includes('pelvis-hip-si-imaging')) return 'ours';
  return concepts.includes('other-region-imaging') ? 'other' : 'unknown';
}

interface ReportTexts {
  readonly texts: readonly ReportWords[];
  readonly unreadable: boolean;
  readonly undelivered: boolean;
  /** A rendition came, or was asked for: where it has no words, there is nothing more to be had. */
  readonly looked: boolean;
}

/** conclusion; presentedForm of the best rendition; result Observations; the narrative only when there is nothing else. */
function textsOf(
  report: DiagnosticReport,
  reference: string,
  links: ReportLinks,
  context: MappingContext,
): ReportTexts {
  const forms = allOf(
    report.presentedForm ?? [],
    (_, index) => context.attachments.get(attachmentKey(reference, index)) ?? [],
  );
  const results = resultWords(report, reference, links, context.collected);
  const own = [
    ...(typeof report.conclusion === 'string' ? [report.conclusion] : []),
    ...allOf(forms, (form) => (form.status === 'read' ? [form.text] : [])),
  ];
  const wanted = (report.presentedForm ?? []).length > 0;
  const isRendered = forms.some(({ status }) => status === 'read');
  // What an Observation would say that did not come is not known; but a rendition of the report has its words (Epic).
  const isResultMissing = results.isMissing && !isRendered;
  const unreadable = isResultMissing || (wanted && !isRendered) || forms.some(isReadInPart);
  const undelivered = forms.some(isUndelivered) || isResultMissing;
  const texts = wordsOnce([...own.map((text) => ({ text })), ...results.words]);
  const narrative = texts.length === 0 ? context.narrative(report) : undefined;
  const all = narrative ? [{ text: narrative }] : texts;
  const isUnsure = reportStanding(report.status) === 'unsure';
  return {
    texts: isUnsure ? all.map(({ text }) => ({ text, preliminary: true as const })) : all,
    ...{ unreadable, undelivered, looked: forms.length > 0 },
  };
}

/** Each text once, as it first stands. */
function wordsOnce(words: readonly ReportWords[]): readonly ReportWords[] {
  const first = new Map<string, ReportWords>();
  for (const one of words) if (!first.has(one.text)) first.set(one.text, one);
  return [...first.values()].filter(({ text }) => text.trim().length > 0);
}
