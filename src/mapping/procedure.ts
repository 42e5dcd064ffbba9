import type { CodeableConcept, Procedure } from 'fhir/r4.js';
import type { Draft } from '../evaluation/draft.js';
import type { Laterality } from '../evaluation/evidence.js';
import { shareSide } from '../evaluation/sides.js';
import type { ConservativeCareFact, InterventionKind, InterventionStatus } from '../evaluation/facts.js';
import type { InterventionDetail } from '../report-text/reading.js';
import { addAblationOfUnknownSite } from './ablation-of-unknown-site.js';
import type { ToldIntervention } from './collected.js';
import { exclude } from './collected.js';
import { evidenceOf } from './evidence.js';
import { addImplantedDevice } from './implanted-device.js';
import { labelOf, lateralityOf, lateralityOfNote, lateralityOfText, wordsOf } from './laterality.js';
import type { MappingContext } from './mapper.js';
import { addRefusal } from './not-wanted.js';
import { meaningOf } from './procedure-kind.js';
import { notesOf, whyHeld, whyNotDone, whyStopped } from './procedure-notes.js';
import { addPutOff } from './put-off.js';
import { clip, excerptAround, validDate } from './references.js';
import { isOfOtherRegion } from './body-region.js';
import { addNarrative, detailOf, perSide, type ReadText, withScores } from './text-facts.js';
import { allOf } from '../lists.js';

/** Any other, or none, tells neither that it was carried out nor that it was not. */
const STATUS: ReadonlyMap<string, InterventionStatus> = new Map([
  ['completed', 'completed'],
  ['preparation', 'planned'],
  ['on-hold', 'planned'],
  ['not-done', 'not-done'],
  ['stopped', 'stopped'],
  ['entered-in-error', 'entered-in-error'],
]);

/** A procedure that was done, planned, or not done; its notes say how and what came of it. */
export function mapProcedure(procedure: Procedure, reference: string, context: MappingContext): void {
  const sites = [...(procedure.bodySite ?? []), ...nervesNoted(procedure, context)];
  const meaning = meaningOf(procedure.code, sites, context);
  const status = STATUS.get(procedure.status) ?? 'unknown';
  const period = periodOf(procedure);
  const dated = period.start ? { reference, date: period.start } : { reference };
  if (meaning) addRefusal(procedure, meaning, { ...dated, sites }, context);
  else addAblationOfUnknownSite(procedure, dated, context);
  addImplantedDevice(procedure, dated, context);
  if (meaning?.care && !isOfOtherRegion(placeOf(procedure))) {
    context.collected.conservativeCare.push(
      toCare(procedure, meaning.care, { reference, status, ...period }, context),
    );
  }
  if (meaning?.intervention) {
    context.collected.interventions.push(
      ...toTold(procedure, meaning.intervention, { reference, status, ...period }, context),
    );
    return;
  }
  if (status === 'entered-in-error') {
    if (meaning) exclude(context.collected, reference, 'entered-in-error');
    return;
  }
  const isCarriedOut = status === 'completed';
  for (const note of notesRead(procedure, reference, context, period.start))
    if (isCarriedOut) addNarrative(context.collected, note);
    else if (meaning) addNarrative(context.collected, withoutCare(note));
}

/** "Left S1-S3 lateral branches.": where the first words of a note name the nerves, they are the site of an older code. */
function nervesNoted(procedure: Procedure, { terminology }: MappingContext): readonly CodeableConcept[] {
  return allOf(notesOf(procedure), (note) => {
    const text = /^[^.;\n]*/.exec(note)?.[0] ?? '';
    return terminology.conceptsOfText(text).includes('body-site-sacral-lateral-branch') ? [{ text }] : [];
  });
}

/** What the note of care that was not carried out describes is the care that was meant. */
function withoutCare(note: ReadText): ReadText {
  const care = note.reading.care.filter(({ status }) => status !== 'done');
  return { ...note, reading: { ...note.reading, care } };
}

/** The words that say which part of the body it was for. */
function placeOf({ code, bodySite = [], reasonCode = [] }: Procedure): string {
  return [code, ...bodySite, ...reasonCode].map(wordsOf).join('; ');
}

/** Words of a procedure that is none of ours may still tell of one that is ("64999 unlisted: endoscopic ..."). */
function notesRead(
  procedure: Procedure,
  reference: string,
  context: MappingContext,
  date: string | undefined,
): readonly ReadText[] {
  return notesOf(procedure).map((text) => readText({ reference, text, reading: context.read(text) }, date));
}

function readText(
  read: Pick<ReadText, 'reference' | 'text' | 'reading'>,
  date: string | undefined,
): ReadText {
  return date ? { ...read, date } : read;
}

function periodOf(procedure: Procedure): { readonly start?: string; readonly end?: string } {
  const period: { start?: string; end?: string } = {};
  const start = validDate(
    procedure.performedDateTime ?? procedure.performedPeriod?.start ?? procedure.performedString,
  );
  const end = validDate(procedure.performedPeriod?.end);
  if (start) period.start = start;
  if (end) period.end = end;
  return period;
}

interface Told {
  readonly reference: string;
  readonly status: InterventionStatus;
  readonly start?: string;
  readonly end?: string;
}

function toTold(
  procedure: Procedure,
  kind: InterventionKind,
  told: Told,
  context: MappingContext,
): readonly ToldIntervention[] {
  const label = [procedure.code, ...(procedure.bodySite ?? [])].map(wordsOf).filter(Boolean).join('. ');
  const texts = [label, ...notesOf(procedure)];
  const notes = texts.map((text) => ({ text, reading: context.read(text, kind) }));
  for (const { text, reading } of told.status === 'entered-in-error' ? [] : notes.slice(1)) {
    addNarrative(context.collected, readText({ reference: told.reference, text, reading }, told.start));
  }
  const detail = combine(notes.map(({ reading }) => reading.about));
  const { laterality: noted, ...rest } = detailOf(detail);
  const { laterality, sideContradicted } = sideOf(procedure, noted, context);
  const date = told.start ?? told.end;
  const own = notes.map(({ text, reading }) => ({ text, about: reading.about }));
  const held = whyHeld(procedure);
  const excerpt =
    reliefExcerpt(own) ??
    contradiction(own.slice(1)) ??
    whyStopped(procedure) ??
    whyNotDone(procedure) ??
    held ??
    labelOf(procedure.code);
  const fact: Draft<ToldIntervention> = {
    kind,
    status: told.status,
    ...rest,
    toldBy: 'record',
    evidence: withScores(evidenceOf(told.reference, date, excerpt), detail.relief),
  };
  if (date) fact.date = date;
  if (laterality) fact.laterality = laterality;
  if (sideContradicted) fact.sideContradicted = sideContradicted;
  if (isCalledFailed(procedure)) fact.calledFailed = true;
  if (told.status !== 'completed') fact.contradictedByText = false;
  if (held) addPutOff({ reference: told.reference, kind, date, laterality }, held, context.collected);
  return perSide(fact, detail.relief);
}

/** Side by its code and body sites, else by its notes; none where its words say left and a body site right. */
function sideOf(
  procedure: Procedure,
  noted: Laterality | undefined,
  { terminology }: MappingContext,
): Pick<ToldIntervention, 'laterality' | 'sideContradicted'> {
  const { code, bodySite = [] } = procedure;
  const [worded, placed] = [lateralityOfText(wordsOf(code)), lateralityOf(bodySite, terminology)];
  if (worded && placed && !shareSide(worded, placed)) return { sideContradicted: true };
  const laterality =
    lateralityOf([code, ...bodySite], terminology) ??
    noted ??
    lateralityOfNote(notesOf(procedure).join('. '));
  return laterality ? { laterality } : {};
}

/** An outcome of one word. */
function isCalledFailed({ outcome }: Procedure): boolean {
  return /^\W*(?:failed|failure)\W*$/i.test(wordsOf(outcome));
}

interface OwnNote {
  readonly text: string;
  readonly about: InterventionDetail | undefined;
}

/** The words that give the relief stand as the excerpt, for they are what the decision rests on. */
function reliefExcerpt(notes: readonly OwnNote[]): string | undefined {
  const note = notes.find(({ about }) => about?.relief);
  const relief = note?.about?.relief;
  return note && relief && excerptAround(note.text, relief);
}

/** The note that says that it was not carried through, for then it is what the reader has to see. */
function contradiction(notes: readonly OwnNote[]): string | undefined {
  const note = notes.find(({ about }) => about?.notCarriedThrough);
  return note && clip(note.text);
}

/** Several texts of one procedure: the first that says a thing counts; the lowest relief of them does. */
function combine(details: readonly (InterventionDetail | undefined)[]): InterventionDetail {
  const known = details.filter((detail) => detail !== undefined);
  const relief = allOf(known, (detail) => detail.relief ?? []).reduce<InterventionDetail['relief']>(
    (worst, one) => (worst && worst.low <= one.low ? worst : one),
    undefined,
  );
  return {
    ...known.reduceRight<Partial<InterventionDetail>>((all, detail) => ({ ...all, ...detail }), {}),
    levels: [...new Set(allOf(known, ({ levels }) => levels))],
    ...(relief && { relief }),
    ...(known.some(({ notCarriedThrough }) => notCarriedThrough) && { notCarriedThrough: true }),
  };
}

function toCare(
  procedure: Procedure,
  care: ConservativeCareFact['care'],
  { reference, status, start, end }: Told,
  context: MappingContext,
): ConservativeCareFact {
  const stated = allOf(notesOf(procedure), (text) => context.read(text).care).filter(
    (one) => one.care === care && one.status === 'done',
  );
  const weeks = Math.max(...allOf(stated, (one) => one.weeks ?? []));
  const visits = Math.max(...allOf(stated, (one) => one.visits ?? []));
  const label = labelOf(procedure.code);
  const fact: Draft<ConservativeCareFact> = {
    care,
    status: status === 'completed' ? 'done' : status,
    evidence: evidenceOf(reference, start, label),
  };
  if (start) fact.start = start;
  if (end) fact.end = end;
  if (Number.isFinite(weeks)) fact.weeks = weeks;
  if (Number.isFinite(visits)) fact.visits = visits;
  return fact;
}
