import type { Token } from '../words/tokenise.js';

const GRADES: ReadonlySet<string> = new Set('none normal minimal mild moderate marked severe'.split(' '));
const PARTINGS: ReadonlySet<string> = new Set(['/', '|']);
const BRACKETS: ReadonlySet<string> = new Set(['[', ']', '(', ')', '*', '_']);
/** "mild/moderate" is a range; three grades are a choice. */
const FEWEST = 3;
const OPENS_CLAUSE: ReadonlySet<string> = new Set(['.', ';', '•']);

/** The end of a choice of grades that begins at a token; undefined where none does. */
function menuEnd(tokens: readonly Token[], first: number): number | undefined {
  let end = first;
  const grades = new Set<string>();
  let [graded, partings] = [0, 0];
  for (; end < tokens.length; end += 1) {
    const text = tokens[end]?.text ?? '';
    if (GRADES.has(text)) {
      grades.add(text);
      graded += 1;
    } else if (PARTINGS.has(text)) partings += 1;
    else if (!BRACKETS.has(text)) break;
  }
  return grades.size >= FEWEST && partings === graded - 1 ? end : undefined;
}

/** The one grade of a choice that is marked ("none / [mild] / severe"); none where it is not just one. */
function chosenOf(menu: readonly Token[]): readonly Token[] {
  const isBracket = (index: number): boolean => BRACKETS.has(menu[index]?.text ?? '');
  const marked = menu.filter(({ text }, at) => GRADES.has(text) && isBracket(at - 1) && isBracket(at + 1));
  return marked.length === 1 ? marked : [];
}

function clauseBegin(tokens: readonly Token[], colon: number): number {
  let begin = colon;
  const opens = (token: Token | undefined): boolean =>
    token === undefined || token.kind === 'newline' || OPENS_CLAUSE.has(token.text);
  while (!opens(tokens[begin - 1])) begin -= 1;
  return begin;
}

/** "L3-4 stenosis: none / [mild] / severe" with the grade that is chosen; what nothing is chosen of is not asked. */
export function withChosenGrades(tokens: readonly Token[]): readonly Token[] {
  const read: Token[] = [];
  let from = 0;
  for (let colon = 0; colon < tokens.length; colon += 1) {
    const end = tokens[colon]?.text === ':' ? menuEnd(tokens, colon + 1) : undefined;
    if (end === undefined) continue;
    const chosen = chosenOf(tokens.slice(colon + 1, end));
    const keep = chosen.length > 0 ? colon + 1 : Math.max(from, clauseBegin(tokens, colon));
    read.push(...tokens.slice(from, keep), ...chosen);
    from = end;
    colon = end - 1;
  }
  return from === 0 ? tokens : [...read, ...tokens.slice(from)];
}
