import type { Card } from '../cds-hooks/card.types.js';
import type { Intervention, PainGenerator } from '../evaluation/evaluation.js';
import type { DataKind, Severity } from '../evaluation/facts.js';
import { facetSegments, foraminalSegments } from '../evaluation/pain-generators/segments.js';
import { fill } from '../evaluation/sentences.js';
import { overrideReasons, sourceOf } from './card-parts.js';
import { codeSpan, fitSummary } from './markdown.js';
import { evidenceText } from './quotation.js';
import type { Subject } from './subject.js';
import type { GeneratorsWords } from './words.js';
import { toSuggestions } from './suggestions.js';
import { allOf } from '../lists.js';

const RANK: Readonly<Record<Severity, number>> = { mild: 0, moderate: 1, severe: 2 };

/** The second card: sources of the pain that look untreated. None where the headline would be empty. */
export function generatorsCard(subject: Subject): Card | undefined {
  const headline = headlined(subject);
  if (headline.length === 0) return undefined;
  const { generatorsCard: words } = subject.words;
  const names = namesByPlace(subject, headline);
  const suggestions = toSuggestions(subject, words.suggestions, { list: names.join('; ') });
  return {
    summary: summaryOf(subject, names),
    indicator: words.indicator,
    detail: detailOf(subject, headline),
    source: sourceOf(subject, 'other-pain-generators'),
    ...(suggestions.length > 0 && { suggestions, selectionBehavior: 'at-most-one' as const }),
    overrideReasons: overrideReasons(subject, words.overrideReasons),
  };
}

/** Unaddressed findings that the policy puts into the headline, the severe ones and those with a level first. */
function headlined({ order, policy }: Subject): readonly PainGenerator[] {
  const { generators, minimumSeverity } = policy.painGenerators.headline;
  return (order.painGenerators ?? [])
    .filter(({ status, finding }) => status === 'unaddressed' && generators.includes(finding))
    .filter(({ severity }) => severity === undefined || RANK[severity] >= RANK[minimumSeverity])
    .toSorted((a, b) => weight(b, generators) - weight(a, generators));
}

function weight({ finding, level, severity }: PainGenerator, order: readonly string[]): number {
  return (level ? 100 : 0) + (severity ? RANK[severity] * 20 : 10) - order.indexOf(finding);
}

/** "L3-L4 spondylolisthesis with pars defect; L5-S1 foraminal stenosis": one phrase per level. */
function namesByPlace({ policy }: Subject, generators: readonly PainGenerator[]): readonly string[] {
  const byLevel = new Map<string, string[]>();
  for (const { finding, level } of generators) {
    const place = levelOf(level, byLevel);
    byLevel.set(place, [...(byLevel.get(place) ?? []), policy.names.findings[finding]]);
  }
  return allOf([...byLevel], ([level, names]) => {
    const distinct = [...new Set(names)];
    return level ? [`${level} ${distinct.join(' with ')}`] : distinct;
  });
}

/** A vertebra's finding (pars defect of L3) is named with the segment below it where that one is named. */
function levelOf(level: string | undefined, known: ReadonlyMap<string, unknown>): string {
  if (!level || level.includes('-')) return level ?? '';
  return [...known.keys()].find((segment) => segment.startsWith(`${level}-`)) ?? level;
}

/** Records that would show that a finding was tested or treated. */
const SHOWING_TESTS: readonly DataKind[] = ['procedures', 'diagnosticReports', 'documents'];

/** Of what was not read nothing is said to be missing: the words in which the card may speak of treatment. */
function wordsOf({ evaluation, words }: Subject): GeneratorsWords {
  const unread = evaluation.data.filter(
    ({ kind, state }) => state !== 'complete' && SHOWING_TESTS.includes(kind),
  );
  if (unread.length === 0) return words.generatorsCard;
  const items = unread.map(({ kind }) => words.dataKinds[kind]).join(' and ');
  const { unread: said } = words.generatorsCard;
  return { ...words.generatorsCard, ...said, advice: fill(said.advice, { items }) };
}

function summaryOf(subject: Subject, names: readonly string[]): string {
  const words = wordsOf(subject);
  const all = fill(words.summary, { list: names.join('; ') });
  if (fitSummary(all) === all) return all;
  for (let shown = names.length - 1; shown > 0; shown -= 1) {
    const list = names.slice(0, shown).join('; ');
    const some = fill(words.summaryMany, { list, count: names.length - shown });
    if (fitSummary(some) === some) return some;
  }
  return fitSummary(all);
}

const ROWS = 6;

function detailOf(subject: Subject, headline: readonly PainGenerator[]): string {
  const { phrases } = subject.words;
  const words = wordsOf(subject);
  const rest = headline.length - ROWS;
  const rows = headline.slice(0, ROWS).map((generator) => row(generator, subject));
  const blocks = [
    words.advice,
    [words.tableHead, '| --- | --- | --- | --- |', ...rows].join('\n'),
    ...(rest > 0 ? [fill(phrases.more, { count: rest })] : []),
    others(subject, headline),
    reachOfBlocks(subject),
  ];
  return blocks.filter((block) => block.length > 0).join('\n\n');
}

function row(generator: PainGenerator, subject: Subject): string {
  const { finding, level, laterality, severity, evidence } = generator;
  const [chief] = evidence;
  const name = [level, subject.policy.names.findings[finding]].filter(Boolean).join(' ');
  return `| ${name} | ${[laterality, severity].filter(Boolean).join(', ')} | ${evidenceText(chief, subject.words.phrases)} | ${tests(generator, subject)} |`;
}

/** What was done at that very level, with its relief: it was not enough to count as treated, or the row would not be here. */
function tests({ level, finding }: PainGenerator, subject: Subject): string {
  const words = wordsOf(subject);
  const aimed = aimedAt(subject, finding);
  const done = (subject.order.interventions ?? []).filter(
    (one) =>
      one.status === 'completed' &&
      aimed.has(one.kind) &&
      level !== undefined &&
      reached(one).includes(level),
  );
  const lines = done.slice(-2).map((one) =>
    fill(words.tested, {
      intervention: subject.policy.names.interventions[one.kind],
      date: one.date?.slice(0, 10) ?? '',
      relief: reliefOf(one),
    }),
  );
  return lines.length > 0
    ? `${lines.join('; ')} ${codeSpan(done.at(-1)?.evidence[0].reference ?? '')}`
    : words.untested;
}

/** Blocks and treatments that the policy ties to a finding. */
function aimedAt({ policy }: Subject, finding: PainGenerator['finding']): ReadonlySet<string> {
  const { excludedBy, treatedBy } = policy.painGenerators;
  return new Set([
    ...excludedBy.filter(({ generator }) => generator === finding).map(({ block }) => block),
    ...treatedBy.filter(({ generator }) => generator === finding).map(({ treatment }) => treatment),
  ]);
}

function reached({ kind, levels = [] }: Intervention): readonly string[] {
  return kind === 'medial-branch-block' || kind === 'facet-rfa'
    ? facetSegments(levels)
    : foraminalSegments(levels);
}

export function reliefOf({ reliefPercent }: Intervention): string {
  if (!reliefPercent) return 'relief not recorded';
  const { low, high } = reliefPercent;
  return low === high ? `${low} % relief` : `${low}-${high} % relief`;
}

/** One line each for what was ruled out, treated, or is too mild for the table. */
function others(subject: Subject, headline: readonly PainGenerator[]): string {
  const { generatorsCard: words } = subject.words;
  const all = subject.order.painGenerators ?? [];
  const lines: readonly (readonly [string, readonly PainGenerator[]])[] = [
    [words.ruledOut, all.filter(({ status }) => status === 'excluded')],
    [words.treated, all.filter(({ status }) => status === 'treated')],
    [words.notSevere, all.filter((one) => one.status === 'unaddressed' && !headline.includes(one))],
  ];
  return lines
    .filter(([, generators]) => generators.length > 0)
    .map(([sentence, generators]) =>
      fill(sentence, { list: generators.map((one) => named(one, all, subject)).join(', ') }),
    )
    .join(' ');
}

/** With its side where the other side stands apart: "right L5-S1 foraminal stenosis". */
function named(one: PainGenerator, all: readonly PainGenerator[], { policy }: Subject): string {
  const { finding, level, laterality } = one;
  const isApart = all.some(
    (other) => other !== one && other.finding === finding && other.level === level && laterality,
  );
  return [isApart && laterality, level, policy.names.findings[finding]].filter(Boolean).join(' ');
}

/** Negative medial branch blocks say nothing of the levels they did not reach. */
function reachOfBlocks({ order, words }: Subject): string {
  const segments = allOf(
    (order.interventions ?? []).filter(
      ({ kind, outcome }) => kind === 'medial-branch-block' && outcome === 'negative',
    ),
    ({ levels = [] }) => facetSegments(levels),
  );
  const levels = [...new Set(segments)].sort();
  return levels.length > 0 ? fill(words.generatorsCard.blockReach, { levels: levels.join(', ') }) : '';
}
