import type { ClinicSentence } from './sentence.js';

const REASONS: ReadonlySet<string> = new Set(['because', 'since', 'as']);
/** Behind "as" a procedure with one of these is a reason, where "such as RFA" and "as RFA" are none. */
const DETERMINERS: ReadonlySet<string> = new Set('the her his their this that'.split(' '));

/** "Injection was not required because the RFA gave 80%": what is said before a reason is not said of what gives it. */
export function isReasonBehind({ marks, tokens }: ClinicSentence, index: number): boolean {
  const [from, to] = [marks[index]?.last ?? 0, marks[index + 1]?.first ?? 0];
  for (let token = from + 1; token < to; token += 1) {
    const text = tokens[token]?.text ?? '';
    if (REASONS.has(text) && (text !== 'as' || DETERMINERS.has(tokens[token + 1]?.text ?? ''))) return true;
  }
  return false;
}
