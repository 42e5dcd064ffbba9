/** Keeps lines of the product's log, each with its line feed, for the reporter of the whole run. */
export function keepLines(lines: string): void;
