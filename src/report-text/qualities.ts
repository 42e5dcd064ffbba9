import type { Mention } from './mentions.js';
import { plays, playsAny, sense, type Mark } from './marks.js';
import type { TextFinding, TextLaterality } from './reading.js';
import type { Token } from './tokenise.js';

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

/** The side a mark names; "more to the left" is left. */
export function sideOf(mark: Mark | undefined, tokens: readonly Token[]): TextLaterality | undefined {
  const code = sense(mark, 'side')?.code;
  if (code === undefined || mark === undefined) return undefined;
  if (code !== 'leaning') return SIDES.get(code);
  return tokens.slice(mark.first, mark.last + 1).some(({ text }) => LEFT_WORDS.has(text)) ? 'left' : 'right';
}

function severityOf(mark: Mark | undefined): Severity | undefined {
  return SEVERITIES.get(sense(mark, 'severity')?.code ?? '');
}

function acuityOf(mark: Mark | undefined): 'acute' | 'old' | undefined {
  const code = sense(mark, 'acuity')?.code;
  return code === 'acute' || code === 'old' ? code : undefined;
}

class Surroundings {
  private readonly marks: readonly Mark[];
  private readonly first: number;
  private readonly last: number;

  constructor(marks: readonly Mark[], mention: Mention) {
    this.marks = marks;
    this.first = Math.min(mention.head, mention.site);
    this.last = Math.max(mention.head, mention.site);
  }

  /** The nearest answer: inside the mention, before it, then behind it. */
  nearest<T>(read: (mark: Mark) => T | undefined): T | undefined {
    return this.inside(read) ?? this.before(read) ?? this.behind(read);
  }

  private inside<T>(read: (mark: Mark) => T | undefined): T | undefined {
    for (let index = this.last; index >= this.first; index -= 1) {
      const answer = this.read(index, read);
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  private before<T>(read: (mark: Mark) => T | undefined): T | undefined {
    for (let index = this.first - 1; index >= 0; index -= 1) {
      const answer = this.read(index, read);
      if (answer !== undefined) return answer;
      if (!playsAny(this.marks[index], PASSED_LEFT)) return undefined;
    }
    return undefined;
  }

  private behind<T>(read: (mark: Mark) => T | undefined): T | undefined {
    for (let index = this.last + 1; index < this.marks.length; index += 1) {
      const answer = this.belongsToNext(index) ? undefined : this.read(index, read);
      if (answer !== undefined) return answer;
      if (!playsAny(this.marks[index], PASSED_RIGHT)) return undefined;
    }
    return undefined;
  }

  /** "protrusion compressing the left root", "bulge, mild stenosis": the word qualifies what follows. */
  private belongsToNext(index: number): boolean {
    const next = this.marks[index + 1];
    return plays(next, 'finding', 'change', 'site', 'severity') && !plays(this.marks[index], 'finite-verb');
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
  const around = new Surroundings(marks, mention);
  const dated = mention.finding === 'fracture' && roles.has('acuity');
  const acuity = dated ? around.nearest(acuityOf) : undefined;
  const laterality = roles.has('side') ? around.nearest((mark) => sideOf(mark, tokens)) : undefined;
  const severity = roles.has('severity') ? around.nearest(severityOf) : undefined;
  return {
    laterality: laterality ?? null,
    severity: severity ?? null,
    ...(acuity !== undefined && { acuity }),
  };
}
