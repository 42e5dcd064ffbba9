import type { DomainResource } from 'fhir/r4.js';
import type { InterventionKind } from '../evaluation/facts.js';
import type { ReportReading } from '../report-text/reading.js';
import type { Collected } from './collected.js';
import type { AttachmentTexts } from './attachments.js';
import type { Whose } from './references.js';
import type { Terminology } from './terminology.js';

/** What every mapper is handed. */
export interface MappingContext {
  readonly terminology: Terminology;
  /** Reads a text; answers of equal texts may be shared. */
  readonly read: (text: string, about?: InterventionKind) => ReportReading;
  readonly attachments: AttachmentTexts;
  /** Words of a resource's text.div; undefined when it has none. */
  readonly narrative: (resource: DomainResource) => string | undefined;
  readonly collected: Collected;
  readonly draftOrderIds: ReadonlySet<string>;
  readonly whose: Whose;
}
