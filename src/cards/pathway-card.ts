import type { Card, Link } from '../cds-hooks/card.types.js';
import type { Values } from '../evaluation/criterion.js';
import { compare } from '../evaluation/dates.js';
import { distinctEvidence, type Evidence } from '../evaluation/evidence.js';
import type { Decision, NotCounted, Step } from '../evaluation/evaluation.js';
import type { Policy } from '../evaluation/policy.js';
import { fill } from '../evaluation/sentences.js';
import { codeSpan, fitSummary } from './markdown.js';
import { evidenceText } from './quotation.js';
import { overrideReasons, sourceOf } from './card-parts.js';
import {
  decidingAnswer,
  decidingSides,
  decisionValues,
  isOfDecidingSides,
  isUnread,
  type Subject,
} from './subject.js';
import { stateWord } from './step-words.js';
import { toSuggestions } from './suggestions.js';
import { conditionsOf, type DecisionWords, type VariantCondition, type Words } from './words.js';
import { allOf } from '../lists.js';

/** The first card: the decision, the ladder of steps with their evidence, and what would change it. */
export function pathwayCard(subject: Subject): Card {
  const words = wordsFor(subject);
  const values = decisionValues(subject);
  const suggestions = toSuggestions(subject, words.suggestions);
  return {
    summary: summaryOf(fill(words.summary, values), subject),
    indicator: words.indicator,
    detail: detailOf(subject, words, values),
    source: sourceOf(subject, subject.order.decision),
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'at-most-one' as const }),
    overrideReasons: overrideReasons(subject, words.overrideReasons),
    ...(subject.evidenceUrl !== undefined && { links: [evidenceLink(subject.evidenceUrl, subject)] }),
  };
}

/**
 * The EHR adds `iss` and `launch` to the address (LINK-3), and hands the orders to the page with the user's token, so
 * that the page and the card speak of the same ones.
 */
function evidenceLink(url: string, { words, drafts }: Subject): Link {
  const orders = drafts.map(({ text: _text, meta: _meta, ...order }) => order);
  const appContext = JSON.stringify({ draftOrders: orders });
  return { label: words.phrases.evidenceLink, url, type: 'smart', appContext };
}

/** With what the other side asks for, in full or in short, as far as it fits: the order is for both. */
function summaryOf(summary: string, { order, words, policy }: Subject): string {
  const other = order.decisionBySide?.find(({ decision }) => decision !== order.decision);
  if (!other) return fitSummary(summary);
  const values = { summary, side: other.side, decision: labelOf(other.decision, policy) };
  const whole = [words.phrases.otherSide, words.phrases.otherSideShort].map((phrase) => fill(phrase, values));
  return whole.find((one) => fitSummary(one) === one) ?? fitSummary(summary);
}

/** The decision's words, in the variants that this patient's record calls for. */
function wordsFor(subject: Subject): DecisionWords {
  const words = subject.words.decisions[subject.order.decision];
  return Object.entries(words.variants ?? {})
    .filter(([key]) => conditionsOf(key).every((one) => isCalledFor(one, subject)))
    .reduceRight((so, [, variant]) => ({ ...so, ...variant }), words);
}

/** By the answer of a criterion on the deciding side, by what has to be weighed, or by a note that may be of that side. */
function isCalledFor({ of, id }: VariantCondition, subject: Subject): boolean {
  const { considerations = [], notes = [] } = subject.order;
  if (of === 'consideration') return considerations.some((one) => one.id === id);
  if (of === 'note') return notes.some((one) => one.id === id && isOfDecidingSides(one, subject));
  return decidingAnswer(subject, of)?.because === id;
}

function detailOf(subject: Subject, words: DecisionWords, values: Values): string {
  const { order, words: all } = subject;
  const blocks = [
    fill(words.advice, values),
    weighFirstList(subject),
    foundLine(subject),
    coversLine(subject),
    noSideLine(subject),
    bySideLine(subject),
    [all.phrases.tableHead, '| --- | --- | --- |', ...order.steps.map((step) => row(step, subject))].join(
      '\n',
    ),
    unreadLine(subject),
    ...words.caveats.map((id) => all.caveats[id] ?? ''),
    wouldChangeList(subject),
    all.phrases.adviceOnly,
  ];
  return blocks.filter((block) => block.length > 0).join('\n\n');
}

/** What speaks against proposing as usual: the reader has to see it with the advice. */
function weighFirstList({ order, words }: Subject): string {
  const lines = (order.considerations ?? []).map(
    ({ reason, evidence = [] }) => `- ${reason} ${evidenceList(evidence, words.phrases)}`,
  );
  return lines.length > 0 ? [words.phrases.weighFirst, ...lines].join('\n') : '';
}

/** What a gate rests on (a red flag, another diagnosis): the reader has to see it before anything else. */
function foundLine({ rationale, words, policy }: Subject): string {
  const gates = policy.criteria.filter(({ step }) => step === undefined).map(({ id }) => id);
  const found = allOf(
    allOf(gates, (id) => rationale[0]?.answers.get(id) ?? []).filter(({ because }) => because === 'found'),
    ({ evidence }) => evidence,
  );
  return found.length > 0 ? fill(words.phrases.foundIn, { items: evidenceList(found, words.phrases) }) : '';
}

function coversLine({ order, words, otherDrafts }: Subject): string {
  if (otherDrafts === 0) return '';
  return fill(words.phrases.covers, {
    orders: [order.reference, ...(order.coveredOrders ?? [])].map(codeSpan).join(', '),
  });
}

/** A side that only the record names has to be checked by whoever signs. */
function noSideLine(subject: Subject): string {
  const side = decidingSides(subject);
  if (subject.order.laterality || !side) return '';
  return fill(subject.words.phrases.noSide, { side });
}

function bySideLine({ order, words, policy }: Subject): string {
  if (!order.decisionBySide) return '';
  const items = order.decisionBySide.map(({ side, decision }) => `${side}: ${labelOf(decision, policy)}`);
  return fill(words.phrases.bySide, { items: items.join('; ') });
}

function labelOf(decision: Decision, { decisions }: Policy): string {
  return decisions.find((rule) => rule.decision === decision)?.label ?? decision;
}

function row(step: Step, { words }: Subject): string {
  const side = step.side ? ` (${step.side})` : '';
  const cells = [
    step.reason ?? '',
    ...(step.missing ? [fill(words.phrases.missing, { items: step.missing })] : []),
    evidenceList(
      step.evidence ?? [],
      words.phrases,
      step.id === 'conservative-care' ? lastFirst : newestFirst,
    ),
    notCountedList(step.notCounted ?? [], words),
  ];
  return `| ${words.steps[step.id]}${side} | ${stateWord(step, words)} | ${cells.filter(Boolean).join(' ')} |`;
}

const SHOWN = 2;

function newestFirst(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toSorted((a, b) => compare(b.date ?? '', a.date ?? ''));
}

/** Of care the rehabilitation is told last, and the step rests on it: medicines alone would not show what was done. */
function lastFirst(evidence: readonly Evidence[]): readonly Evidence[] {
  return evidence.toReversed();
}

/** The first few, newest first unless told; of one event the words that count. */
function evidenceList(
  evidence: readonly Evidence[],
  phrases: Words['phrases'],
  inOrder = newestFirst,
): string {
  const all = inOrder(distinct(evidence));
  const shown = all.slice(0, SHOWN).map((one) => evidenceText(one, phrases));
  const rest = all.length - shown.length;
  return [...shown, ...(rest > 0 ? [fill(phrases.more, { count: rest })] : [])].join('; ');
}

/** Each statement once; a resource's bare name is left out where its own words are shown, for they tell more. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const quoted = new Set(
    evidence.filter(({ start }) => start !== undefined).map(({ reference }) => reference),
  );
  const telling = evidence.filter(
    ({ reference, start, scores }) => start !== undefined || scores || !quoted.has(reference),
  );
  return distinctEvidence(telling);
}

/** What was entered in error is named and not quoted: nobody stands by its words. */
function notCountedText(
  { why, evidence: { excerpt, ...bare } }: NotCounted,
  phrases: Words['phrases'],
): string {
  const quoted = excerpt !== undefined && why !== 'entered-in-error';
  return evidenceText({ ...bare, ...(quoted && { excerpt }) }, phrases);
}

function notCountedList(
  notCounted: readonly NotCounted[],
  { phrases, notCounted: reasons }: Subject['words'],
): string {
  if (notCounted.length === 0) return '';
  const shown = notCounted
    .toReversed()
    .slice(0, SHOWN + 1)
    .map((one) => `${notCountedText(one, phrases)} (${reasons[one.why]})`);
  const rest = notCounted.length - shown.length;
  return fill(phrases.notCounted, {
    items: [...shown, ...(rest > 0 ? [fill(phrases.more, { count: rest })] : [])].join('; '),
  });
}

/** What was not read, and which signs could for that not be looked for: they outrank the steps, and have no row. */
function unreadLine(subject: Subject): string {
  const { evaluation, words } = subject;
  const unread = evaluation.data
    .filter(({ state }) => state !== 'complete')
    .map(({ kind, reason }) => (reason ? `${words.dataKinds[kind]} (${reason})` : words.dataKinds[kind]));
  if (unread.length === 0) return '';
  return [fill(words.phrases.unread, { items: unread.join('; ') }), ...unreadGates(subject)].join(' ');
}

function unreadGates({ rationale, policy }: Subject): readonly string[] {
  return allOf(policy.criteria, ({ id, step, says }) => {
    const answer = step === undefined ? rationale[0]?.answers.get(id) : undefined;
    const said = answer && isUnread(answer) ? says[answer.because] : undefined;
    return answer && said ? [fill(said.reason, answer.values)] : [];
  });
}

const CHANGES_SHOWN = 3;

function wouldChangeList({ order, words }: Subject): string {
  const changes = (order.wouldChange ?? []).slice(0, CHANGES_SHOWN);
  return changes.length > 0
    ? [words.phrases.wouldChange, ...changes.map((change) => `- ${change}`)].join('\n')
    : '';
}
