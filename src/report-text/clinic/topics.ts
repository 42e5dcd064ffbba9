import type { Concept } from '../code-system.js';
import { plays, sense } from '../marks.js';
import { isKind, type MentionKind } from './procedure-kinds.js';
import type { ClinicSentence } from './sentence.js';

/** Words of a line that is a heading. */
const LONGEST_HEADING = 5;
/** What an injection into a joint is, by the joint that the note named last. */
const INTO_JOINT: ReadonlyMap<string, MentionKind> = new Map([
  ['si-joint', 'si-joint-injection'],
  ['si-joint-pain', 'si-joint-injection'],
  ['si-joint-injection', 'si-joint-injection'],
  ['sacral-lateral-branch-rfa', 'si-joint-injection'],
  ['lateral-branch-block', 'si-joint-injection'],
  ['hip', 'hip-injection'],
  ['hip-injection', 'hip-injection'],
]);
const INTRA_ARTICULAR: ReadonlySet<string> = new Set(['intra-articular-block', 'intra-articular-injection']);

/** What the lines above speak of, for procedures that name no target. */
export class Topics {
  private joint: string | undefined;
  private heading: Concept | undefined;

  add(sentence: ClinicSentence): void {
    const { marks, placed } = sentence;
    if (marks.length === 0) {
      if (placed.after === 'empty-line') this.heading = undefined;
      return;
    }
    const target = marks.map((mark) => sense(mark, 'target')).find((concept) => concept !== undefined);
    if (target !== undefined) this.joint = target.code;
    const newLine = placed.after === 'line' || placed.after === 'empty-line';
    if (isHeading(sentence)) this.heading = target;
    else if (placed.after === 'empty-line' || (newLine && target !== undefined)) this.heading = undefined;
  }

  named(kind: MentionKind): void {
    this.joint = kind;
  }

  /**
   * The procedure that an action is, from the words above it: "SI joint" as a line of its own, "intra-articular block" in
   * a note on the SI joint.
   */
  kindOf(action: string): MentionKind | undefined {
    if (INTRA_ARTICULAR.has(action)) return INTO_JOINT.get(this.joint ?? '') ?? 'other';
    const kind = this.heading?.properties.get(action);
    return isKind(kind) ? kind : undefined;
  }
}

/** "SI joint", "Right SI joint:": a line that names a place and nothing else. */
function isHeading({ tokens, marks, placed: { first, end, after } }: ClinicSentence): boolean {
  const onlyPlace = marks.every((mark) => plays(mark, 'target', 'side', 'colon'));
  if (tokens[first - 1]?.text === ':' || after === 'stop' || after === 'semicolon' || !onlyPlace)
    return false;
  const words = tokens.slice(first, end).filter(({ kind }) => kind === 'word' || kind === 'number');
  const covered = marks.reduce((sum, mark) => sum + mark.last - mark.first + 1, 0);
  const colons = marks.filter((mark) => plays(mark, 'colon')).length;
  return words.length <= LONGEST_HEADING && words.length > 0 && words.length <= covered - colons;
}
