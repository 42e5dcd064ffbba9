import { readReport, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

/** Kind, side, date, relief, its time and state, as far as told. */
function line({ kind, laterality, date, relief, reliefDuration, status }: TextIntervention): string {
  const figures = relief && (relief.low === relief.high ? `${relief.low}` : `${relief.low}-${relief.high}`);
  const time = relief?.duration ?? reliefDuration;
  return [kind, laterality, date, figures && `${figures}%`, time, status].filter(Boolean).join(' ');
}

/** The procedures of a text, one line each. */
export function told(text: string): string[] {
  return readReport(text, book).interventions.map(line);
}

/** The ids of what a text states. */
export function statements(text: string): string[] {
  return readReport(text, book).statements.map(({ id }) => id);
}

/** The findings of a text with level, side and severity, one line each. */
export function toldFindings(text: string): string[] {
  return readReport(text, book).findings.map(
    ({ finding, level, laterality, severity, negated, historical }) =>
      [negated && 'no', finding, level, laterality, severity, historical && 'before']
        .filter(Boolean)
        .join(' '),
  );
}
