import type { Concept } from '../words/code-system.js';
import { plays, sense } from '../marks/marks.js';
import { sideOf } from '../findings/qualities.js';
import type { TextLaterality } from '../reading.js';
import { isKind, type MentionKind } from './procedure-kinds.js';
import type { ClinicSentence } from './sentence.js';

/** Words of a line that is a heading. */
const LONGEST_HEADING = 5;
/** Sentences from a joint to the injection into it. */
const JOINT_REACH = 3;
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
const OTHER_JOINTS: ReadonlySet<string> = new Set(
  [
    'knee shoulder ankle elbow wrist hand thumb finger foot toe cmc mcp mtp tmj acromioclavicular glenohumeral',
    'subtalar patellofemoral tibiotalar facet zygapophyseal cervical',
  ].flatMap((words) => words.split(' ')),
);
const NECK = 'facets-elsewhere';
const INTRA_ARTICULAR: ReadonlySet<string> = new Set(['intra-articular-block', 'intra-articular-injection']);

/** What the lines above speak of, for procedures that name no target. */
export class Topics {
  private joint: string | undefined;
  private jointSide: TextLaterality | undefined;
  private sentences = 0;
  private jointAt = -Infinity;
  /** Another joint is named behind the last of ours; looked for up to a token. */
  private otherJoint = false;
  private lookedTo = 0;
  private begin = 0;
  private heading: Concept | undefined;

  add(sentence: ClinicSentence): void {
    const { marks, placed } = sentence;
    this.sentences += 1;
    this.begin = placed.first;
    if (marks.length === 0) {
      if (placed.after === 'empty-line') this.heading = undefined;
      return;
    }
    const at = marks.findIndex((mark) => plays(mark, 'target'));
    const target = sense(marks[at], 'target');
    if (target !== undefined) {
      this.joint = target.code;
      this.jointAt = this.sentences;
      this.forgetOther((marks[at]?.last ?? 0) + 1);
      this.jointSide = sideBeside(sentence, at);
    }
    const newLine = placed.after === 'line' || placed.after === 'empty-line';
    if (isHeading(sentence)) this.heading = target;
    else if (placed.after === 'empty-line' || (newLine && target !== undefined)) this.heading = undefined;
  }

  /** @param ofNeck a block of facets elsewhere than in the low back: what "the RFA" then is of */
  named(kind: MentionKind, ofNeck: boolean): void {
    if (INTO_JOINT.get(this.joint ?? '') !== INTO_JOINT.get(kind)) this.jointSide = undefined;
    this.joint = ofNeck ? NECK : kind;
    this.forgetOther(this.begin);
  }

  /** What was told of last was of the neck or the chest. */
  get isNeck(): boolean {
    return this.joint === NECK;
  }

  private forgetOther(token: number): void {
    [this.otherJoint, this.lookedTo] = [false, token];
  }

  /** "Ankle OA" in a sentence without a word of treatment, which has no marks. */
  private namesOtherJoint({ tokens, placed }: ClinicSentence): boolean {
    for (; this.lookedTo < placed.end; this.lookedTo += 1)
      this.otherJoint ||= OTHER_JOINTS.has(tokens[this.lookedTo]?.text ?? '');
    return this.otherJoint;
  }

  /** The side of the joint that an injection which names no target is into. */
  get side(): TextLaterality | undefined {
    return this.jointSide;
  }

  /** "The target was the left SI joint. Bupivacaine was injected.": into the joint named right before. */
  justNamed(): MentionKind | undefined {
    return this.sentences - this.jointAt <= JOINT_REACH ? INTO_JOINT.get(this.joint ?? '') : undefined;
  }

  /**
   * The procedure that an action is, from the words above it: "SI joint" as a line of its own, "intra-articular block" in
   * a note on the SI joint.
   */
  kindOf(action: string, sentence: ClinicSentence): MentionKind | undefined {
    if (INTRA_ARTICULAR.has(action)) {
      const other = this.namesOtherJoint(sentence);
      return (other ? undefined : INTO_JOINT.get(this.joint ?? '')) ?? 'other';
    }
    const kind = this.heading?.properties.get(action);
    return isKind(kind) ? kind : undefined;
  }
}

/** "right SI joint", "SI joint right", "SI joint pain, right": the side of a place named. */
function sideBeside({ marks, tokens, placed }: ClinicSentence, target: number): TextLaterality | undefined {
  const beside = sideOf(marks[target - 1], tokens) ?? sideOf(marks[target + 1], tokens);
  const last = plays(marks[target + 1], 'comma') ? marks[target + 2] : undefined;
  const ends =
    last !== undefined && (last.last + 1 >= placed.end || ENDS.has(tokens[last.last + 1]?.text ?? ''));
  return beside ?? (ends ? sideOf(last, tokens) : undefined);
}
const ENDS: ReadonlySet<string> = new Set(['.', ';', ':', '\n']);

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
