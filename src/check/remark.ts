/** One thing that was looked at: in order, worth knowing, or to be mended before clinicians are served. */
export interface Remark {
  readonly state: 'ok' | 'note' | 'wrong';
  /** Plain words; nothing of a patient, no token. */
  readonly says: string;
}

export const ok = (says: string): Remark => ({ state: 'ok', says });
export const note = (says: string): Remark => ({ state: 'note', says });
export const wrong = (says: string): Remark => ({ state: 'wrong', says });

/** A line for a person at a terminal. */
export function remarkAsText({ state, says }: Remark): string {
  return `${state.padEnd(5)}  ${says}\n`;
}

/** What is said at the end, from all that was remarked. */
export function summaryOf(remarks: readonly Remark[]): string {
  const count = remarks.filter(({ state }) => state === 'wrong').length;
  if (count === 0) return 'Nothing is wrong.\n';
  return `${count === 1 ? 'One thing has' : `${count} things have`} to be mended.\n`;
}
