import { allOf } from '../../lists.js';
import { Assertions, type Assertion } from './assertion.js';
import { levelNames, Levels } from '../marks/attribution.js';
import { concludedIn, concludedSeverity, subject, type PlacedFinding } from './concluded.js';
import type { SaidIn } from './bundles.js';
import { conjunctsOf, type Conjunct } from './conjuncts.js';
import type { Document, PlacedSentence } from '../document/document.js';
import { withCorrectedLevels } from './corrected-levels.js';
import { withoutCorrected } from './corrected-sides.js';
import { deniedMention, deniesOnlyAPart, withoutTakenOut } from './denied-in-part.js';
import type { Mention } from '../marks/mention.js';
import { gradesPlaces } from '../marks/graded-places.js';
import { isShort, mentionsOf } from '../marks/mentions.js';
import { withListedDenials } from '../marks/listed-denials.js';
import { marksOf, plays, withoutAdverbs, type Mark } from '../marks/marks.js';
import { withoutOldGrades } from '../marks/old-grades.js';
import type { PhraseBook } from '../words/phrase-book.js';
import { spinalOnly } from './other-regions.js';
import { qualitiesOf, type Qualities } from './qualities.js';
import { withoutSetAside } from '../marks/set-aside.js';
import { ToldBefore } from '../marks/told-before.js';
import type { TextFinding } from '../reading.js';
import type { Token } from '../words/tokenise.js';

/** What may be found. */
export const FINDINGS = [
  'facet-arthropathy',
  'foraminal-stenosis',
  'central-stenosis',
  'spondylolisthesis',
  'pars-defect',
  'disc-herniation',
  'disc-bulge',
  'nerve-root-compression',
  'fracture',
  'hip-or-si-pathology',
  'endplate-change',
  'tumor-or-infection',
] as const;
const FINDING_NAMES: ReadonlyMap<string, TextFinding['finding']> = new Map(
  FINDINGS.map((name) => [name, name]),
);
const SUBTYPE_NAMES = [
  'malignancy',
  'infection',
  'benign',
  'sacroiliitis',
  'hip',
  'si-degeneration',
] as const;
const SUBTYPES: ReadonlyMap<string, NonNullable<TextFinding['subtype']>> = new Map(
  SUBTYPE_NAMES.map((name) => [name, name]),
);

/** Sections that ask, warn or plan: what they name is not found. */
const ASKING: ReadonlySet<string> = new Set(['indication', 'technique', 'recommendation', 'risks', 'plan']);
const HISTORICAL: ReadonlySet<string> = new Set(['comparison', 'past-history']);

interface Reading {
  /** What the sentences before have found, and where. */
  readonly told: ToldBefore;
  readonly tokens: readonly Token[];
  readonly sentence: PlacedSentence;
  readonly marks: readonly Mark[];
  /** What it says is quoted from a study, here or in a sentence before. */
  readonly quoted: boolean;
}

/** A study quoted in a history ("MRI showed ...") is a finding, not a question. */
function quotesStudy(marks: readonly Mark[]): boolean {
  return marks.some((mark) => plays(mark, 'study')) && marks.some((mark) => plays(mark, 'shows'));
}

/** What only few findings have; undefined for the many that have none of it. */
function rarities(
  mention: Mention,
  assertion: Assertion,
  { sentence, quoted }: Reading,
): Partial<TextFinding> | undefined {
  const asked = ASKING.has(sentence.section) && !quoted;
  const hypothetical = assertion.hypothetical || asked || sentence.section === 'family-history';
  const historical = assertion.historical || HISTORICAL.has(sentence.section);
  const subtype = SUBTYPES.get(mention.subtype ?? '');
  if (!hypothetical && !historical && !assertion.uncertain && subtype === undefined) return undefined;
  return {
    ...(hypothetical && { hypothetical }),
    ...(historical && { historical }),
    ...(assertion.uncertain && { uncertain: true }),
    ...(subtype !== undefined && { subtype }),
  };
}

function sentenceFindings(reading: Reading): readonly TextFinding[] {
  const { tokens, marks, sentence } = reading;
  const mentions = mentionsOf(tokens, marks);
  if (mentions.length === 0) return [];
  const assertions = new Assertions(tokens, marks);
  const asserted = mentions.map((mention) => ({ mention, assertion: assertions.of(mention) }));
  const told = asserted.filter((each) => !deniesOnlyAPart(each, asserted, reading));
  const negated = new Set(allOf(told, deniedMention));
  const kept = told.map(({ mention }) => mention);
  const handedOn = reading.told.context(sentence.levels, kept, reading);
  const levels = new Levels(tokens, marks, handedOn).of(kept, negated);
  const { roles } = assertions;
  const several = roles.has('comma') || roles.has('list') || isGradedTwice(marks, roles);
  const said = { tokens, marks, assertions, roles, several };
  const found = allOf(told, ({ mention, assertion }, index) => {
    const finding = FINDING_NAMES.get(mention.finding);
    if (finding === undefined || assertion.leftOpen) return [];
    const [start, end] = spanOf(mention, reading);
    const rare = rarities(mention, assertion, reading);
    return allOf(
      waysSaid(mention, assertion.negated, said),
      ({ level: own, laterality, severity, negated, acuity }) => {
        const named = own?.level ? levelNames(own.level, finding) : [];
        const at = named.length > 0 ? named : (levels[index] ?? [null]);
        return allOf(at, (level) => {
          if (level === null && isShort(marks[mention.head])) return [];
          const plain = { finding, level, laterality, severity, negated, start, end };
          return [rare || acuity ? { ...plain, ...rare, ...(acuity && { acuity }) } : plain];
        });
      },
    );
  });
  return withoutTakenOut(found, reading);
}

/** "severe left / mild right": said in several ways without a comma. */
function isGradedTwice(marks: readonly Mark[], roles: ReadonlySet<string>): boolean {
  return roles.has('severity') && marks.filter((mark) => plays(mark, 'severity')).length > 1;
}

function spanOf({ head, site }: Mention, { tokens, marks }: Reading): readonly [number, number] {
  const first = tokens[marks[Math.min(head, site)]?.first ?? 0];
  const last = tokens[marks[Math.max(head, site)]?.last ?? 0];
  return [first?.start ?? 0, last?.end ?? 0];
}

/** Once, or once for each of several sides or levels. */
function waysSaid(
  mention: Mention,
  negated: boolean,
  said: SaidIn & { readonly roles: ReadonlySet<string>; readonly several: boolean },
): readonly (Conjunct & Pick<Qualities, 'acuity'>)[] {
  const { acuity, laterality, severity } = qualitiesOf(mention, said.marks, said.tokens, said.roles);
  const base = { laterality, severity, negated };
  const conjuncts = said.several ? conjunctsOf(mention, base, said) : [];
  const ways = conjuncts.length > 0 ? conjuncts : [base];
  return acuity ? ways.map((way) => ({ ...way, acuity })) : ways;
}

function key(finding: TextFinding): string {
  const { laterality, hypothetical, historical } = finding;
  return `${subject(finding)}|${finding.subtype ?? ''}|${laterality ?? ''}|${hypothetical ? 'h' : ''}|${historical ? 'p' : ''}`;
}

/** Said twice is found once: the first place stays, the impression's severity counts. */
function withoutRepeats(found: readonly PlacedFinding[]): readonly TextFinding[] {
  const concluded = concludedIn(found);
  const kept = new Map<string, TextFinding>();
  for (const { finding } of found) {
    const severity = concludedSeverity(finding, concluded);
    const name = key(finding);
    const before = kept.get(name);
    if (before === undefined)
      kept.set(name, severity === finding.severity ? finding : { ...finding, severity });
    else if (before.severity === null && severity !== null) kept.set(name, { ...before, severity });
  }
  return withoutVaguer([...kept.values()]);
}

/** What is told of a joint of one side, and elsewhere of none, is one: "Left sacroiliitis. IMPRESSION: Sacroiliitis." */
function withoutVaguer(found: readonly TextFinding[]): readonly TextFinding[] {
  const ofJoint = found.filter(({ finding }) => finding === 'hip-or-si-pathology');
  const sided = new Set(
    ofJoint.flatMap((each) => (each.laterality === null ? [] : [key({ ...each, laterality: null })])),
  );
  if (sided.size === 0) return found;
  return found.filter((each) => each.laterality !== null || !sided.has(key(each)));
}

/** The findings of a report, in the order of the text. */
export function findingsOf(document: Document, book: PhraseBook): readonly TextFinding[] {
  let quoting: string | undefined;
  const told = new ToldBefore();
  const found = allOf(document.sentences, (sentence) => {
    const { tokens } = document;
    const all = withListedDenials(tokens, marksOf(tokens, sentence, book.imaging, true));
    const marks = withoutOldGrades(tokens, withoutSetAside(tokens, withoutAdverbs(tokens, all)));
    if (!marks.some((mark) => plays(mark, 'finding', 'change')) && !gradesPlaces(marks)) return [];
    const goesOn = quoting === sentence.section && sentence.after !== 'empty-line';
    const quoted = goesOn || quotesStudy(marks);
    quoting = quoted ? sentence.section : undefined;
    const reading = { tokens, sentence, marks, quoted, told };
    return sentenceFindings(reading).map((finding) => {
      if (!finding.negated) told.add(finding.finding, finding.level);
      return { finding, section: sentence.section };
    });
  });
  const ofSpine = spinalOnly(document, book);
  const spinal = found.filter(({ finding }) => ofSpine(finding));
  return withoutRepeats(withForamina(document, corrected(document, spinal)));
}

/** As an addendum corrects it. */
function corrected({ text }: Document, found: readonly PlacedFinding[]): readonly PlacedFinding[] {
  return withCorrectedLevels(text, withoutCorrected(text, found));
}

const ANY_STENOSIS = /^(?:stenos[ie]s|narrowing)$/iu;

/** "L2-3: No stenosis.": of the foramina as well as of the canal, where nothing else is said of them at that level. */
function withForamina({ text }: Document, found: readonly PlacedFinding[]): readonly PlacedFinding[] {
  const isBare = ({ finding, negated, level, start, end }: TextFinding): boolean =>
    negated && level !== null && finding === 'central-stenosis' && ANY_STENOSIS.test(text.slice(start, end));
  if (!found.some(({ finding }) => isBare(finding))) return found;
  const told = new Set(
    found.flatMap(({ finding: { finding, level } }) => (finding === 'foraminal-stenosis' ? [level] : [])),
  );
  return allOf(found, (each) => {
    const { finding } = each;
    if (!isBare(finding) || told.has(finding.level)) return [each];
    return [each, { ...each, finding: { ...finding, finding: 'foraminal-stenosis' } }];
  });
}
