/** The ends of tokens of ASCII, by character code: several times as fast as the pattern that knows all scripts. */

const OTHER = 0;
const BLANK = 1;
const DIGIT = 2;
const LETTER = 3;
/** Beyond ASCII: the pattern has to look. */
const UNKNOWN = 4;
const STOP = '.'.charCodeAt(0);
const APOSTROPHE = "'".charCodeAt(0);

const CLASSES: readonly number[] = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/\s/u.test(character)) return BLANK;
  if (/\d/u.test(character)) return DIGIT;
  return /[a-z]/iu.test(character) ? LETTER : OTHER;
});

function classAt(text: string, index: number): number {
  if (index >= text.length) return OTHER;
  return CLASSES[text.charCodeAt(index)] ?? UNKNOWN;
}

function endOf(text: string, start: number, is: number): number {
  let end = start;
  while (classAt(text, end) === is) end += 1;
  return end;
}

/** Of "12", "0.5", where no letter follows; `start` where the digits begin a word. */
function endOfNumber(text: string, start: number): number | undefined {
  const whole = endOf(text, start, DIGIT);
  const next = classAt(text, whole);
  if (next === UNKNOWN) return undefined;
  if (next === LETTER) return start;
  if (text.charCodeAt(whole) !== STOP || classAt(text, whole + 1) !== DIGIT) return whole;
  const fraction = endOf(text, whole + 1, DIGIT);
  const behind = classAt(text, fraction);
  if (behind === UNKNOWN) return undefined;
  return behind === LETTER ? whole : fraction;
}

/** A run of letters and digits, with letters behind apostrophes. */
function endOfWord(text: string, start: number): number | undefined {
  let end = start;
  for (let is = classAt(text, end); is === LETTER || is === DIGIT; is = classAt(text, end)) end += 1;
  for (;;) {
    if (classAt(text, end) === UNKNOWN) return undefined;
    if (text.charCodeAt(end) !== APOSTROPHE) return end;
    const behind = endOf(text, end + 1, LETTER);
    if (classAt(text, behind) === UNKNOWN) return undefined;
    if (behind === end + 1) return end;
    end = behind;
  }
}

/** The end of the token that begins at an offset; undefined where what is not ASCII has a say in it. */
export function endOfAscii(text: string, start: number): number | undefined {
  switch (classAt(text, start)) {
    case LETTER:
      return endOfWord(text, start);
    case DIGIT: {
      const end = endOfNumber(text, start);
      return end === start ? endOfWord(text, start) : end;
    }
    case BLANK: {
      const end = endOf(text, start, BLANK);
      return classAt(text, end) === UNKNOWN ? undefined : end;
    }
    case UNKNOWN:
      return undefined;
    default:
      return start + 1;
  }
}
