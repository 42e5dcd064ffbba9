import type { Card, Link } from '../cds-hooks/card.types.js';
import { distinctEvidence, type Evidence } from '../evaluation/evidence.js';
import type { NotCounted, Step } from '../evaluation/evaluation.js';
import { fill } from '../evaluation/sentences.js';
import { codeSpan, fitSummary } from './markdown.js';
import { evidenceText } from './quotation.js';
import { overrideReasons, sourceOf } from './card-parts.js';
import { decidingAnswer, decidingSides, decisionValues, type Subject } from './subject.js';
import { toSuggestions } from './suggestions.js';
import { conditionsOf, type DecisionWords, type VariantCondition } from './words.js';

/** The first card: the decision, the ladder of steps with their evidence, and what would change it. */
export function pathwayCard(subject: Subject): Card {
  const words = wordsFor(subject);
  const values = decisionValues(subject);
  const suggestions = toSuggestions(subject, words.suggestions);
  return {
    summary: fitSummary(fill(words.summary, values)),
    indicator: words.indicator,
    detail: detailOf(subject, words),
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

/** The decision's words, in the variants that this patient's record calls for. */
function wordsFor(subject: Subject): DecisionWords {
  const words = subject.words.decisions[subject.order.decision];
  return Object.entries(words.variants ?? {})
    .filter(([key]) => conditionsOf(key).every((one) => isCalledFor(one, subject)))
    .reduceRight((so, [, variant]) => ({ ...so, ...variant }), words);
}

/** By the answer of a criterion on the deciding side, by what has to be weighed, or by a note. */
function isCalledFor({ of, id }: VariantCondition, subject: Subject): boolean {
  const { considerations = [], notes = [] } = subject.order;
  if (of === 'consideration') return considerations.some((one) => one.id === id);
  if (of === 'note') return notes.some((one) => one.id === id);
  return decidingAnswer(subject, of)?.because === id;
}

function detailOf(subject: Subject, words: DecisionWords): string {
  const { order, words: all } = subject;
  const blocks = [
    fill(words.advice, decisionValues(subject)),
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
    ({ reason, evidence }) => `- ${reason} ${evidenceList(evidence, words.phrases.more)}`,
  );
  return lines.length > 0 ? [words.phrases.weighFirst, ...lines].join('\n') : '';
}

/** What a gate rests on (a red flag, another diagnosis): the reader has to see it before anything else. */
function foundLine({ rationale, words, policy }: Subject): string {
  const gates = policy.criteria.filter(({ step }) => step === undefined).map(({ id }) => id);
  const found = gates
    .flatMap((id) => rationale[0]?.answers.get(id) ?? [])
    .filter(({ because }) => because === 'found')
    .flatMap(({ evidence }) => evidence);
  return found.length > 0
    ? fill(words.phrases.foundIn, { items: evidenceList(found, words.phrases.more) })
    : '';
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
  const items = order.decisionBySide.map(({ side, decision }) => {
    const label = policy.decisions.find((rule) => rule.decision === decision)?.label ?? decision;
    return `${side}: ${label}`;
  });
  return fill(words.phrases.bySide, { items: items.join('; ') });
}

function row(step: Step, { words }: Subject): string {
  const side = step.side ? ` (${step.side})` : '';
  const cells = [
    step.reason ?? '',
    ...(step.missing ? [fill(words.phrases.missing, { items: step.missing })] : []),
    evidenceList(step.evidence ?? [], words.phrases.more),
    notCountedList(step.notCounted ?? [], words),
  ];
  return `| ${words.steps[step.id]}${side} | ${stateWord(step, words)} | ${cells.filter(Boolean).join(' ')} |`;
}

function stateWord({ id, state, because, attempts }: Step, { states }: Subject['words']): string {
  const word = states[id].answers?.[because] ?? states[id][state];
  return fill(word, { counted: attempts?.counted ?? 0 });
}

const SHOWN = 2;

/** The first few, newest first. */
function evidenceList(evidence: readonly Evidence[], more: string): string {
  const newest = distinct(evidence.toReversed());
  const shown = newest.slice(0, SHOWN).map(evidenceText);
  const rest = newest.length - shown.length;
  return [...shown, ...(rest > 0 ? [fill(more, { count: rest })] : [])].join('; ');
}

/** Each statement once; a resource's bare name is left out where its own words are shown, for they tell more. */
function distinct(evidence: readonly Evidence[]): readonly Evidence[] {
  const quoted = new Set(
    evidence.filter(({ start }) => start !== undefined).map(({ reference }) => reference),
  );
  const telling = evidence.filter(({ reference, start }) => start !== undefined || !quoted.has(reference));
  return distinctEvidence(telling);
}

/** What was entered in error is named and not quoted: nobody stands by its words. */
function notCountedText({ why, evidence: { excerpt, ...bare } }: NotCounted): string {
  const quoted = excerpt !== undefined && why !== 'entered-in-error';
  return evidenceText({ ...bare, ...(quoted && { excerpt }) });
}

function notCountedList(
  notCounted: readonly NotCounted[],
  { phrases, notCounted: reasons }: Subject['words'],
): string {
  if (notCounted.length === 0) return '';
  const shown = notCounted
    .toReversed()
    .slice(0, SHOWN + 1)
    .map((one) => `${notCountedText(one)} (${reasons[one.why]})`);
  const rest = notCounted.length - shown.length;
  return fill(phrases.notCounted, {
    items: [...shown, ...(rest > 0 ? [fill(phrases.more, { count: rest })] : [])].join('; '),
  });
}

function unreadLine({ evaluation, words }: Subject): string {
  const unread = evaluation.data
    .filter(({ state }) => state !== 'complete')
    .map(({ kind, reason }) => (reason ? `${words.dataKinds[kind]} (${reason})` : words.dataKinds[kind]));
  return unread.length > 0 ? fill(words.phrases.unread, { items: unread.join('; ') }) : '';
}

const CHANGES_SHOWN = 3;

function wouldChangeList({ order, words }: Subject): string {
  const changes = (order.wouldChange ?? []).slice(0, CHANGES_SHOWN);
  return changes.length > 0
    ? [words.phrases.wouldChange, ...changes.map((change) => `- ${change}`)].join('\n')
    : '';
}
