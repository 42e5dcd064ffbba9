const DATE_TIME =
  /^(\d{4})-(\d{2})-(\d{2})T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/i;

/**
 * An RFC 3339 date-time as an instant in UTC, `YYYY-MM-DDThh:mm:ss.sssZ`; undefined when it is none. CDS Hooks asks
 * for UTC; another offset says as much and is converted. A leap second is not accepted, nor what is in UTC before the
 * year 1 or after 9999, which no database keeps as it is written.
 */
export function toInstant(text: string): string | undefined {
  const [, year, month, day] = DATE_TIME.exec(text) ?? [];
  if (!isCalendarDay(Number(year), Number(month), Number(day))) return undefined;
  const instant = new Date(text.toUpperCase()).toISOString();
  return /^(?!0000)\d{4}-/.test(instant) ? instant : undefined;
}

// Date.parse alone takes 30 February for 2 March.
function isCalendarDay(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
