import type { DocumentReference } from 'fhir/r4.js';
import { attachmentKey, isReadInPart, isUndelivered } from './attachments.js';
import { exclude, type Collected } from './collected.js';
import { addOwnDetail, type LinkedProcedure } from './linked-procedure.js';
import type { MappingContext } from './mapper.js';
import { noteStanding, reportStanding } from './record-status.js';
import { validDate } from './references.js';
import { addFindings, addNarrative, type ReadText } from './text-facts.js';
import { allOf } from '../lists.js';

/**
 * A note: what it tells of procedures, examination and care. Findings that it quotes from imaging go to `quoted`,
 * for they count only where no report of the imaging itself was read.
 */
export function mapDocumentReference(
  document: DocumentReference,
  reference: string,
  linked: LinkedProcedure | undefined,
  context: MappingContext & { readonly quoted: Collected },
): void {
  const standing = noteStanding(document.status);
  if (standing === 'entered-in-error' || reportStanding(document.docStatus) === 'entered-in-error')
    return exclude(context.collected, reference, 'entered-in-error');
  if (standing === 'superseded') return exclude(context.collected, reference, 'superseded');
  // Whether it still stands is not known: it is heard as a preliminary one is, and its kind is not whole.
  if (standing === 'unsure') context.collected.undelivered.push(reference);
  const forms = allOf(
    document.content,
    (_, index) => context.attachments.get(attachmentKey(reference, index)) ?? [],
  );
  const texts = allOf(forms, (form) => (form.status === 'read' ? [form.text] : []));
  if (forms.some(isUndelivered)) context.collected.undelivered.push(reference);
  if (texts.length === 0 && forms.length > 0) noteUnreadable(reference, linked, context);
  else if (forms.some(isReadInPart)) noteUnreadPages(reference, context);
  const date = validDate(document.context?.period?.start ?? document.date);
  const preliminary = standing === 'unsure' || document.docStatus === 'preliminary';
  for (const text of texts) {
    const source = {
      reference,
      text,
      reading: context.read(text, linked?.kind),
      ...(date && { date }),
      ...(preliminary && { preliminary }),
    };
    readNote(source, linked ?? ownProcedure(source, document, context), context);
  }
}

function noteUnreadPages(reference: string, { collected }: MappingContext): void {
  collected.recordNotes.push({ id: 'report-unreadable', evidence: [{ reference }] });
}

function noteUnreadable(
  reference: string,
  linked: LinkedProcedure | undefined,
  { collected }: MappingContext,
): void {
  collected.recordNotes.push({ id: 'report-unreadable', evidence: [{ reference }] });
  exclude(collected, reference, 'unreadable');
  if (!linked) return;
  const { kind } = linked;
  collected.setAside.push({ kind, why: 'unreadable', isOfKnown: true, evidence: [{ reference }] });
}

function readNote(
  source: ReadText,
  linked: LinkedProcedure | undefined,
  context: MappingContext & { readonly quoted: Collected },
): void {
  addFindings(context.quoted, source);
  addNarrative(context.collected, linked ? { ...source, about: linked.reference } : source);
  if (linked)
    addOwnDetail(context.collected, { ...source, reading: context.read(source.text, linked.kind) }, linked);
}

/** A procedure note without a Procedure resource: it stands for the procedure it describes first. */
function ownProcedure(
  source: ReadText,
  document: DocumentReference,
  context: MappingContext,
): LinkedProcedure | undefined {
  const isProcedureNote = context.terminology
    .conceptsOf(document.type)
    .concepts.includes('procedure-note-document');
  const [first] = source.reading.interventions.filter(
    ({ status, date, datedByLabel }) => status === 'completed' && (date === undefined || datedByLabel),
  );
  if (!isProcedureNote || !first) return undefined;
  const date = dayTold(first.date, source.date);
  return {
    reference: source.reference,
    kind: first.kind,
    status: 'completed',
    ...(date && { date }),
  };
}

/** The day that the note gives, where the time of the document is not of the same day and says more. */
function dayTold(told: string | undefined, ofDocument: string | undefined): string | undefined {
  return told === undefined || ofDocument?.startsWith(told) ? ofDocument : told;
}
