/** Text from the chart made safe for GitHub Flavored Markdown, also inside a table cell. */
const SPECIAL = /[\\`*_{}[\]()#+!|<>~@&]/g;
/** The sign by which GFM knows an address. Some renderers look for addresses after unescaping, so an escape is not enough. */
const ADDRESS_SIGN = /(?<=https?|ftp):(?=\/\/)|(?<=www)\.|(?<=[\w.+-])@(?=[\w-])/gi;
/** What every such sign stands in; nearly no words of a record have it. */
const ADDRESS = /@|:\/\/|www\./i;
const WORD_JOINER = '\u2060';
// eslint-disable-next-line no-control-regex -- control characters are what it removes
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;
/** What makes a text more than one even line; nearly none has it, and looking costs less than replacing. */
const UNEVEN = new RegExp(`${CONTROL.source}|[^\\S ]|  |^ | $`);

/**
 * Escapes everything that Markdown, GFM tables or autolinks would act on, and makes one line of it. Control and
 * direction characters, which could hide or reorder words, become spaces; an address is broken by a word joiner.
 */
export function escapeMarkdown(text: string): string {
  const line = oneLine(text);
  const broken = ADDRESS.test(line) ? line.replace(ADDRESS_SIGN, (sign) => `${WORD_JOINER}${sign}`) : line;
  return broken.replace(SPECIAL, '\\$&');
}

export function oneLine(text: string): string {
  return UNEVEN.test(text) ? text.replace(CONTROL, ' ').replace(/\s+/g, ' ').trim() : text;
}

/** A reference as a code span; references hold no backtick (checked where they are made). */
export function codeSpan(reference: string): string {
  return `\`${reference.replaceAll('`', '')}\``;
}

/** In one line, cut at a word, by code points, with an ellipsis. */
export function shorten(words: string, length: number): string {
  const text = oneLine(words);
  // There are never more code points than UTF-16 units.
  if (text.length <= length) return text;
  const points = Array.from(text);
  if (points.length <= length) return text;
  const cut = points.slice(0, length - 1).join('');
  const space = cut.lastIndexOf(' ');
  return `${space > length / 2 ? cut.slice(0, space) : cut}…`;
}

const SUMMARY_LENGTH = 139;

/** A summary that fits: at most 139 in UTF-16 units, and so in code points (CARD-2). */
export function fitSummary(summary: string): string {
  const text = oneLine(summary);
  if (text.length <= SUMMARY_LENGTH) return text;
  let length = SUMMARY_LENGTH;
  while (shorten(text, length).length > SUMMARY_LENGTH) length -= 1;
  return shorten(text, length);
}
