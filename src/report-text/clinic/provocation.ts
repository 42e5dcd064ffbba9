import { allOf } from '../../lists.js';
import { plays, sense } from '../marks/marks.js';
import { sideOf } from '../findings/qualities.js';
import type { Span, TextLaterality, TextProvocation, TextProvocationCount } from '../reading.js';
import { countsIn } from './provocation-counts.js';
import { pieces, TESTS, type NamedTest, type Piece, type Test } from './provocation-pieces.js';
import { isOfHip } from './provocation-places.js';
import { furtherSign, signAt, signBefore, type Verdict } from './provocation-signs.js';
import { isOfAnother, isOfSame, verdictsAt } from './provocation-verdicts.js';
import { conceptIn, withTables } from './provocation-tables.js';
import { spanOf, wordsOf, type ClinicSentence } from './sentence.js';

const VERBS: ReadonlySet<string> = new Set(['was', 'were', 'is', 'are']);
/** Words from a test to its result with a verb between: "test was negative". */
const VERB_REACH = 4;

class Examination {
  private readonly sentence: ClinicSentence;
  private readonly followsTests: boolean;
  private readonly found: TextProvocation[] = [];
  /** Results read, those too that are of the hip and left out. */
  told = 0;

  constructor(sentence: ClinicSentence, followsTests: boolean) {
    this.sentence = sentence;
    this.followsTests = followsTests;
  }

  read(): readonly TextProvocation[] {
    const pieces = this.ownPieces();
    const first = pieces.find(({ is }) => is !== 'side')?.is;
    if (first === 'test') this.resultsBehind(pieces);
    else if (first === 'verdict') this.resultsBefore(pieces);
    return this.found;
  }

  /** "Gillet negative, FABER positive": a result that a comma ends before any test is of one that is not read here. */
  private ownPieces(): readonly Piece[] {
    const pieces = this.pieces();
    let begin = 0;
    for (let piece = pieces[0]; piece?.is === 'verdict'; piece = pieces[begin]) {
      if (piece.verdict.leads || !isOfAnother(this.sentence, piece.verdict)) break;
      begin += pieces[begin + 1]?.is === 'side' ? 2 : 1;
    }
    return pieces.slice(begin);
  }

  private pieces(): readonly Piece[] {
    const { marks } = this.sentence;
    const inList = this.followsTests || marks.some((mark) => plays(mark, 'provocation', 'provocation-any'));
    const tests = marks.filter((mark) => plays(mark, 'provocation'));
    const [firstTest] = tests;
    // "+FABER +Gaenslen": the sign of the next is no sign of the one before.
    const signsLead =
      firstTest !== undefined &&
      signBefore(this.sentence, firstTest).length > 0 &&
      [firstTest, tests.at(-1)].some(
        (mark) => mark !== undefined && signAt(this.sentence, mark).length === 0,
      );
    return allOf(marks, (mark, index): Piece[] => {
      const named = sense(mark, 'provocation') ?? (inList ? sense(mark, 'provocation-in-list') : undefined);
      const test = TESTS.get(named?.properties.get('test') ?? named?.code ?? '');
      if (test !== undefined) {
        const side = signsLead ? sideOf(marks[index - 1], this.sentence.tokens) : undefined;
        const piece: Piece = { is: 'test', test: { test, mark: index, side } };
        return signsLead
          ? [...pieces(signBefore(this.sentence, mark)), piece]
          : [piece, ...pieces(signAt(this.sentence, mark))];
      }
      const verdicts = verdictsAt(this.sentence, index);
      if (verdicts !== undefined) return [...pieces(verdicts)];
      const side = sideOf(mark, this.sentence.tokens);
      if (side === undefined || signsLead) return [];
      const ends =
        index + 1 === marks.length ||
        plays(marks[index + 1], 'comma', 'list', 'bracket', 'place', 'negation-before');
      return [...pieces(furtherSign(this.sentence, mark)), { is: 'side', side, ends }];
    });
  }

  /** "FABER and thigh thrust positive on the right; compression negative". */
  private resultsBehind(pieces: readonly Piece[]): void {
    let named: NamedTest[] = [];
    const heading = this.headingSide();
    let side = heading;
    let told: Verdict | undefined;
    let sidesLead = false;
    for (const [at, piece] of pieces.entries()) {
      if (piece.is === 'side') side = told && !sidesLead && !this.opensTest(pieces, at) ? side : piece.side;
      else if (piece.is === 'test' && told?.leads) this.tell([piece.test], told, heading);
      else if (piece.is === 'test') {
        if (told) named = [];
        named.push({ ...piece.test, side });
        [side, told] = [heading, undefined];
      } else {
        // "FABER: right positive, left negative": what stands behind is of the next result.
        const before = side ?? named.at(-1)?.side;
        sidesLead = before !== undefined && pieces[at + 1]?.is === 'side' && pieces[at + 2]?.is === 'verdict';
        // "FABER right positive, left not tested": a side that stands between is the side of the result.
        const led = told === undefined ? before : side;
        const isLed = sidesLead || (led !== undefined && led !== heading);
        const behind = isLed ? undefined : this.sideBehind(pieces, at);
        const own = behind ?? side;
        const goesOn =
          told === undefined || (own !== heading && isOfSame(this.sentence, told, piece.verdict));
        // "Right FABER positive, left negative": of the side that was named first nothing more is said.
        const tests = told === undefined ? named : named.map((test) => ({ ...test, side: undefined }));
        if (goesOn && !piece.verdict.leads) this.tell(tests, piece.verdict, own);
        [side, told] = [heading, piece.verdict];
      }
    }
  }

  private sideBehind(pieces: readonly Piece[], at: number): TextLaterality | undefined {
    const next = pieces[at + 1];
    return next?.is === 'side' && !this.opensTest(pieces, at + 1) ? next.side : undefined;
  }

  /** "Right: FABER positive, Gaenslen negative", "Exam: R SIJ: +FABER": the side of all. */
  private headingSide(): TextLaterality | undefined {
    const { marks, tokens } = this.sentence;
    const begin = plays(marks[0], 'colon') ? 1 : 0;
    const colon = marks.findIndex(
      (mark, at) => at > begin && !plays(mark, 'target', 'place', 'provocation-any'),
    );
    return plays(marks[begin], 'side') && plays(marks[colon], 'colon')
      ? sideOf(marks[begin], tokens)
      : undefined;
  }

  /** A side right before a test belongs to it, unless a comma parts them ("positive bilaterally, thigh thrust ..."). */
  private opensTest(pieces: readonly Piece[], at: number): boolean {
    const piece = pieces[at];
    return pieces[at + 1]?.is === 'test' && !(piece?.is === 'side' && piece.ends);
  }

  /** "Positive FABER and right thigh thrust, negative compression". */
  private resultsBefore(pieces: readonly Piece[]): void {
    let verdict: Verdict | undefined;
    let side: TextLaterality | undefined;
    for (const [at, piece] of pieces.entries()) {
      if (piece.is === 'verdict') [verdict, side] = [piece.verdict, this.sideOfAll(pieces.slice(at + 1))];
      else if (piece.is === 'side') side = piece.side;
      else if (verdict !== undefined) {
        const next = pieces[at + 1];
        const own = this.resultOfLast(piece.test, next);
        if (own !== undefined) {
          this.tell([piece.test], own, side);
          continue;
        }
        const last =
          next?.is === 'side' && pieces.slice(at + 2).every(({ is }) => is === 'side')
            ? next.side
            : undefined;
        this.tell([piece.test], verdict, side ?? last ?? this.headingSide());
      }
    }
  }

  /** "positive on the right (FABER, Gaenslen) and the sacral thrust was negative": a verb ties it to what is before it. */
  private resultOfLast({ mark }: NamedTest, next: Piece | undefined): Verdict | undefined {
    if (next?.is !== 'verdict') return undefined;
    const behind = (this.sentence.marks[mark]?.last ?? 0) + 1;
    const verb = wordsOf(this.sentence, behind, next.verdict.first);
    return verb.length <= VERB_REACH && verb.some((word) => VERBS.has(word)) ? next.verdict : undefined;
  }

  /** "positive FABER, thigh thrust and compression on the right": one side, behind the last of them. */
  private sideOfAll(pieces: readonly Piece[]): TextLaterality | undefined {
    const end = pieces.findIndex(({ is }) => is === 'verdict');
    const group = end < 0 ? pieces : pieces.slice(0, end);
    const last = group.at(-1);
    const only = group.filter(({ is }) => is === 'side').length === 1;
    return only && last?.is === 'side' ? last.side : undefined;
  }

  private tell(named: readonly NamedTest[], verdict: Verdict, side: TextLaterality | undefined): void {
    const { result } = verdict;
    if (result === undefined) return;
    const common =
      named.length > 1 && named.slice(1).every((test) => test.side === undefined)
        ? named[0]?.side
        : undefined;
    for (const test of named) {
      const mark = this.sentence.marks[test.mark];
      if (mark === undefined) continue;
      this.told += 1;
      if (isOfHip(this.sentence, test.test, mark, verdict)) continue;
      const laterality = test.side ?? common ?? side ?? null;
      const span = spanOf(
        this.sentence,
        Math.min(mark.first, verdict.first),
        Math.max(mark.last, verdict.last),
      );
      this.found.push({ test: test.test, result, laterality, ...span });
    }
  }
}

/** Provocation tests with their results and sides, and counts of them, in the order of the text. */
export function provocationOf(sentences: readonly ClinicSentence[]): {
  provocation: readonly TextProvocation[];
  provocationCounts: readonly TextProvocationCount[];
} {
  const provocation: TextProvocation[] = [];
  const counts: TextProvocationCount[] = [];
  let followsTests = false;
  for (const sentence of sentences) {
    if (sentence.placed.after === 'empty-line') followsTests = false;
    const examination: Examination | undefined = sentence.speaks
      ? new Examination(sentence, followsTests)
      : undefined;
    provocation.push(...(examination?.read() ?? []));
    const told: number = examination?.told ?? 0;
    if (examination) counts.push(...countsIn(sentence, told));
    followsTests = told > 0 || (followsTests && sentence.placed.after === 'semicolon');
  }
  return {
    provocation: withoutRepeats(withTables(provocation, sentences, testAt)),
    provocationCounts: counts,
  };
}

/** The test that the words of a table's cell name. */
function testAt(sentence: ClinicSentence, cell: Span): Test | undefined {
  const named = conceptIn(sentence, cell, 'provocation', 'provocation-in-list');
  return TESTS.get(named?.properties.get('test') ?? named?.code ?? '');
}

function withoutRepeats(found: readonly TextProvocation[]): readonly TextProvocation[] {
  const seen = new Map<string, TextProvocation>();
  for (const each of found) {
    const key = `${each.test}|${each.laterality ?? ''}|${each.result}`;
    if (!seen.has(key)) seen.set(key, each);
  }
  return [...seen.values()];
}
