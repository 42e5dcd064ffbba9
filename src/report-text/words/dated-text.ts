import { dateOrderOf, type DatedText, type DateOrder, type TextDate } from './dates.js';
import { monthColumnOf } from './month-columns.js';

/** A text with what its dates are read by: looked for once, and only where a date asks for it, for it goes through all of it. */
export function datedText(text: string): DatedText {
  let order: { readonly is: DateOrder } | undefined;
  let column: readonly TextDate[] | undefined;
  return {
    text,
    dateOrder: () => (order ??= { is: dateOrderOf(text) }).is,
    columnDates: () => (column ??= monthColumnOf(text)),
  };
}
