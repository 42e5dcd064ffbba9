/** The day as of which a record is judged: that of the order, unless no order of this call can be of that day. */
import { assess, AS_OF } from './facts.js';

const asOf = (authoredOn: string) => assess({}, { authoredOn }).evaluation.asOf;

test.each(['2026-03-20T09:00:00-05:00', '2026-03-21', '2025-09-01', '2001-03-20'])(
  'an order of %s is judged as of then',
  (authoredOn) => {
    expect(asOf(authoredOn)).toBe(authoredOn.slice(0, 10));
  },
);

test.each(['2026-03-22', '9999-12-31', '2001-03-19', '1970-01-01', '1900-01-01', '2026-03', 'soon'])(
  'an order of %s is judged as of the day of the call',
  (authoredOn) => {
    expect(asOf(authoredOn)).toBe(AS_OF);
  },
);
