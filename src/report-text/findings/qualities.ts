import type { Mention } from '../marks/mention.js';
import { plays, playsAny, sense, wordsBetween, type Mark } from '../marks/marks.js';
import type { TextFinding, TextLaterality } from '../reading.js';
import { SIDE_WORDS } from '../words/side-words.js';
import type { Token } from '../words/tokenise.js';

export type Severity = TextFinding['severity'];

/** What a sentence says of a finding beside its place and assertion. */
export interface Qualities {
  readonly laterality: TextLaterality | null;
  readonly severity: Severity;
  readonly acuity?: 'acute' | 'old';
}

/** Marks that may stand between a finding and the words that qualify it. */
const PASSED_LEFT: ReadonlySet<string> = new Set(
  [
    'side severity acuity site list comma level uncertain-before negation-before historical-before',
    'no-level finite-verb shows study not-negation also-at bracket at-this-level',
  ].flatMap((roles) => roles.split(' ')),
);
const PASSED_RIGHT: ReadonlySet<string> = new Set(
  ['side severity level bracket acuity finite-verb site no-level shows at-this-level colon'].flatMap(
    (roles) => roles.split(' '),
  ),
);
/** What parts the places of one finding: "central canal and severe foraminal stenosis". */
const SEPARATORS: ReadonlySet<string> = new Set(['comma', 'list']);
/** Said of a finding before its name is. */
const PREFIXES: ReadonlySet<string> = new Set(['severity', 'side', 'acuity', 'level']);
const JOINTS: ReadonlySet<string> = new Set(['hip', 'si-joint']);
const SEVERITIES: ReadonlyMap<string, Severity> = new Map([
  ['mild', 'mild'],
  ['moderate', 'moderate'],
  ['severe', 'severe'],
]);
const SIDES: ReadonlyMap<string, TextLaterality> = new Map([
  ['left', 'left'],
  ['right', 'right'],
  ['bilateral', 'bilateral'],
]);
const LEFT_WORDS: ReadonlySet<string> = new Set(['left', 'lt', 'leftward']);

/** "worse on the left than on the right": it is on both. */
function isCompared(tokens: readonly Token[], than: number): boolean {
  const behind = tokens.slice(than + 1, than + 1 + COMPARED_REACH);
  return tokens[than]?.text === 'than' && behind.some(({ text }) => SIDE_WORDS.has(text));
}
const COMPARED_REACH = 3;

/** The side a mark names; "more to the left" is left. */
export function sideOf(mark: Mark | undefined, tokens: readonly Token[]): TextLaterality | undefined {
  const code = sense(mark, 'side')?.code;
  if (code === undefined || mark === undefined) return undefined;
  if (code !== 'leaning') return SIDES.get(code);
  if (isCompared(tokens, mark.last + 1)) return 'bilateral';
  return tokens.slice(mark.first, mark.last + 1).some(({ text }) => LEFT_WORDS.has(text)) ? 'left' : 'right';
}

export function severityOf(mark: Mark | undefined): Severity | undefined {
  return SEVERITIES.get(sense(mark, 'severity')?.code ?? '');
}

function acuityOf(mark: Mark | undefined): 'acute' | 'old' | undefined {
  const code = sense(mark, 'acuity')?.code;
  return code === 'acute' || code === 'old' ? code : undefined;
}

class Surroundings {
  private readonly marks: readonly Mark[];
  private readonly tokens: readonly Token[];
  private readonly first: number;
  private readonly last: number;
  private readonly isListed: boolean;
  private readonly ofJoint: boolean;

  constructor(marks: readonly Mark[], tokens: readonly Token[], mention: Mention) {
    this.marks = marks;
    this.tokens = tokens;
    this.first = Math.min(mention.head, mention.site);
    this.last = Math.max(mention.head, mention.site);
    this.ofJoint = mention.finding === 'hip-or-si-pathology' && mention.head === mention.site;
    this.isListed =
      mention.site < mention.head &&
      marks.slice(this.first + 1, this.last).some((mark) => playsAny(mark, SEPARATORS));
  }

  /** The nearest answer: inside the mention, before it, then behind it. */
  nearest<T>(of: 'acuity' | 'side' | 'severity', read: (mark: Mark) => T | undefined): T | undefined {
    return this.inside(read) ?? this.before(read, of) ?? this.behind(read);
  }

  /** From a place to the change said of it, as far as no other place of the change stands between. */
  private inside<T>(read: (mark: Mark) => T | undefined): T | undefined {
    for (let index = this.last; index >= this.first; index -= 1) {
      const mark = this.marks[index];
      const isOthers = this.isListed && (plays(mark, 'site') || playsAny(mark, SEPARATORS));
      if (isOthers) return undefined;
      const answer = this.read(index, read);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  private before<T>(read: (mark: Mark) => T | undefined, of: string): T | undefined {
    for (let index = this.first - 1; index >= 0; index -= 1) {
      if (this.endsClause(index) || this.closesAside(index)) return undefined;
      // "facets mild, no stenosis": the grade is of what stands before the denial.
      if (of === 'severity' && plays(this.marks[index], 'negation-before')) return undefined;
      const answer = this.read(index, read);
      if (answer !== undefined) return answer;
      if (!playsAny(this.marks[index], PASSED_LEFT) || plays(this.marks[index], 'finding')) return undefined;
    }
    return undefined;
  }

  private behind<T>(read: (mark: Mark) => T | undefined): T | undefined {
    for (let index = this.last + 1; index < this.marks.length; index += 1) {
      const answer = this.belongsToNext(index) ? undefined : this.read(index, read);
      if (answer !== undefined) return answer;
      if (!playsAny(this.marks[index], PASSED_RIGHT) && !this.addsSeverity(index)) return undefined;
    }
    return undefined;
  }

  /** "protrusion compressing the left root", "bulge, mild stenosis": the word qualifies what follows. */
  private belongsToNext(index: number): boolean {
    if (index === this.last + 2 && this.isInBracketOfPlaces(index - 1)) return false;
    if (index === this.last + 1 && this.isJoint(index + 1)) return false;
    if (plays(this.marks[index], 'finite-verb') || plays(this.marks[index - 1], 'finite-verb')) return false;
    if (this.endsClause(index) || (index === this.last + 1 && this.isOnSide(index))) return false;
    let next = index + 1;
    while (playsAny(this.marks[next], PREFIXES) || this.joinsPrefixes(next) || this.isJoinedDenial(next))
      next += 1;
    return plays(this.marks[next], 'finding', 'change', 'site');
  }

  /** "protrusion (left foraminal / extraforaminal)": in the bracket nothing more is found. */
  private isInBracketOfPlaces(bracket: number): boolean {
    if (!plays(this.marks[bracket], 'bracket')) return false;
    const end = this.marks.findIndex((mark, index) => index > bracket && plays(mark, 'bracket'));
    return end > 0 && !this.marks.slice(bracket + 1, end).some((mark) => plays(mark, 'finding', 'change'));
  }

  /** "osteonecrosis of the left femoral head": the joint that a finding of joints is in. */
  private isJoint(site: number): boolean {
    const [next, then] = [this.marks[site], this.marks[site + 1]];
    if (!this.ofJoint || next === undefined || !JOINTS.has(sense(next, 'site')?.code ?? '')) return false;
    const beside = then !== undefined && wordsBetween(this.tokens, next, then) === 0;
    return !beside || !plays(then, 'change', 'finite-verb');
  }

  /** "narrows the foramen moderately and touches the root", "arthropathy bilaterally with a slip": said of what precedes. */
  private endsClause(index: number): boolean {
    const [mark, next] = [this.marks[index], this.marks[index + 1]];
    if (mark === undefined || mark.first !== mark.last || !plays(mark, 'severity', 'side')) return false;
    const [behind, then] = [this.tokens[mark.last + 1]?.text, this.tokens[mark.last + 2]?.text];
    const carries = behind === 'with' || (behind === ',' && then === 'with');
    if (carries || this.endsFinding(index)) return true;
    if (this.tokens[mark.last]?.text.endsWith('ly') !== true) return false;
    return next === undefined || playsAny(next, SEPARATORS);
  }

  /** "spondylolysis bilateral, grade 2 slip": right behind one finding, and a comma before the next. */
  private endsFinding(index: number): boolean {
    if (!plays(this.marks[index + 1], 'comma')) return false;
    let before = index;
    while (plays(this.marks[before], 'severity', 'side') && this.isBeside(before)) before -= 1;
    const noun = sense(this.marks[before], 'change')?.properties.get('form') === 'noun';
    return before < index && (noun || plays(this.marks[before], 'finding'));
  }

  private isBeside(index: number): boolean {
    const [before, mark] = [this.marks[index - 1], this.marks[index]];
    return before !== undefined && mark !== undefined && wordsBetween(this.tokens, before, mark) === 0;
  }

  /** "an extrusion on the left displacing the root": said of what it stands right behind. */
  private isOnSide(index: number): boolean {
    const { first, last } = this.marks[index] ?? { first: 0, last: -1 };
    return (
      plays(this.marks[index], 'side') && this.tokens.slice(first - 2, last).some(({ text }) => text === 'on')
    );
  }

  /** "facet hypertrophy (severe), and a slip": in the bracket it is said of what stands before it. */
  private closesAside(index: number): boolean {
    const mark = this.marks[index];
    if (!plays(mark, 'bracket') || this.tokens[mark?.first ?? 0]?.text !== ')') return false;
    return playsAny(this.marks[index + 1], SEPARATORS) && index + 1 < this.first;
  }

  /** "moderate left and mild right stenosis", "mild right and no left stenosis" */
  private joinsPrefixes(index: number): boolean {
    if (!plays(this.marks[index], 'list')) return false;
    const next = plays(this.marks[index + 1], 'negation-before') ? index + 2 : index + 1;
    return playsAny(this.marks[next], PREFIXES);
  }

  private isJoinedDenial(index: number): boolean {
    return plays(this.marks[index], 'negation-before') && this.joinsPrefixes(index - 1);
  }

  /** "stenosis, severe.", "stenosis, severe at L4-5." */
  private addsSeverity(comma: number): boolean {
    const [next, last] = [this.marks[comma + 2], this.marks[comma + 3]];
    const atLevel = next?.level !== undefined && last === undefined;
    const ends = next === undefined || atLevel || plays(next, 'comma', 'bracket', 'ends-scope');
    return plays(this.marks[comma], 'comma') && plays(this.marks[comma + 1], 'severity') && ends;
  }

  private read<T>(index: number, read: (mark: Mark) => T | undefined): T | undefined {
    const mark = this.marks[index];
    return mark === undefined ? undefined : read(mark);
  }
}

/** @param roles the parts played in the sentence: what is not there is not looked for */
export function qualitiesOf(
  mention: Mention,
  marks: readonly Mark[],
  tokens: readonly Token[],
  roles: ReadonlySet<string>,
): Qualities {
  const around = new Surroundings(marks, tokens, mention);
  const dated = mention.finding === 'fracture' && roles.has('acuity');
  const acuity = dated ? around.nearest('acuity', acuityOf) : undefined;
  const laterality = roles.has('side') ? around.nearest('side', (mark) => sideOf(mark, tokens)) : undefined;
  const ofTracer = sense(marks[mention.head], 'change')?.properties.get('grade') === 'of-tracer';
  const severity = roles.has('severity') && !ofTracer ? around.nearest('severity', severityOf) : undefined;
  return {
    // A slip is of the whole segment: "right greater than left, with a slip".
    laterality:
      (mention.finding === 'spondylolisthesis' && laterality === 'bilateral' ? null : laterality) ?? null,
    severity: severity ?? null,
    ...(acuity !== undefined && { acuity }),
  };
}
