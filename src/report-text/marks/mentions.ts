import { filterMapped, allOf } from '../../lists.js';
import type { Concept } from '../words/code-system.js';
import { gradedPlaces } from './graded-places.js';
import { Linker, type Link } from './links.js';
import { mentionAt, type Mention } from './mention.js';
import { plays, sense, type Mark } from './marks.js';
import type { Token } from '../words/tokenise.js';

/** A narrowing said of no place at all, in a spine report, is of the canal. */
function bareMention(marks: readonly Mark[], head: number, tokens: readonly Token[]): readonly Mention[] {
  const word = tokens[marks[head]?.last ?? 0]?.text;
  if (isOfBody(marks, head, word)) return [mentionAt(head, 'fracture')];
  if (word === 'lysis' && isBehindVertebra(marks, head)) return [mentionAt(head, 'pars-defect')];
  return word === 'stenosis' ? [mentionAt(head, 'central-stenosis')] : [];
}

/** "L5 bilateral lysis" */
function isBehindVertebra(marks: readonly Mark[], head: number): boolean {
  const level = marks[plays(marks[head - 1], 'side') ? head - 2 : head - 1]?.level;
  return level?.segments.length === 0;
}

/** "old compression of D11", "loss of height of L3": said of a vertebra it is a fracture. */
function isOfBody(marks: readonly Mark[], head: number, word: string | undefined): boolean {
  const [before, mark, next] = [marks[head - 1], marks[head], marks[head + 1]];
  if (next?.level === undefined || next.level.segments.length > 0) return false;
  const collapses = sense(mark, 'change')?.properties.get('vertebra') === 'fracture';
  return collapses || (word === 'compression' && plays(before, 'acuity'));
}

/** Erosion and marrow oedema of a sacroiliac joint are signs of sacroiliitis, where other changes are of wear. */
function subtypeOf(finding: string, change: Concept, site: Concept | undefined): string | undefined {
  if (finding !== 'hip-or-si-pathology') return undefined;
  return site?.code === 'hip' ? 'hip' : (change.properties.get('si-joint-subtype') ?? 'si-degeneration');
}

const TREATMENTS: ReadonlySet<string> = new Set(
  'injection inj injx injxn block rfa crfa rf rfn ablation radiofrequency denervation neurotomy fusion steroid'.split(
    ' ',
  ),
);

/** "SI joint RFA: good result": what was done there, not what it looks like. */
function isTreated(site: Mark | undefined, tokens: readonly Token[]): boolean {
  return TREATMENTS.has(tokens[(site?.last ?? -1) + 1]?.text ?? '');
}

function linkedMentions(link: Link, marks: readonly Mark[], tokens: readonly Token[]): readonly Mention[] {
  const mark = marks[link.change];
  const change = sense(mark, 'change');
  if (mark === undefined || change === undefined) return [];
  if (link.sites.length === 0) return bareMention(marks, link.change, tokens);
  return allOf([...link.sites, ...link.spared], (index, at) => {
    const site = sense(marks[index], 'site');
    const finding = change.properties.get(site?.code ?? '');
    if (finding === undefined || isTreated(marks[index], tokens)) return [];
    const subtype = subtypeOf(finding, change, site);
    const normal = change.properties.get('negates') === 'yes';
    const spared = at >= link.sites.length;
    if (link.excepted) return [mentionAt(link.change, finding, subtype)];
    return [{ finding, subtype, head: link.change, site: index, normal, spared }];
  });
}

const NO_FINDING = 'not-a-finding';

/** The code of the finding: that of the concept, or of the family it is a kind of. A pathologic fracture is two. */
function wholeMention(mark: Mark, index: number): readonly Mention[] {
  return filterMapped(mark.senses, ({ role, code, properties }) =>
    role === 'finding' && code !== NO_FINDING
      ? mentionAt(index, properties.get('family') ?? code, properties.get('subtype'))
      : undefined,
  );
}

/** "5 mm antero-lateral": what a hyphen ties to the next word is no short form. */
function isPartOfWord(tokens: readonly Token[], { last }: Mark): boolean {
  const [own, joint, next] = tokens.slice(last, last + 3);
  return joint?.text === '-' && own?.end === joint.start && next?.start === joint.end;
}

/** All findings a sentence speaks of, in the order of their heads. */
export function mentionsOf(tokens: readonly Token[], marks: readonly Mark[]): readonly Mention[] {
  const all = new Linker(tokens, marks).links();
  const links = new Map(all.map((link) => [link.change, link]));
  // "NFs patent": what can be a finding by itself is a place where something is said of it.
  const spokenOf = new Set(allOf(all, ({ sites }) => sites));
  const said = allOf(marks, (mark, index) => {
    const link = links.get(index);
    const linked = link === undefined ? [] : linkedMentions(link, marks, tokens);
    if (isShort(mark) && isPartOfWord(tokens, mark)) return linked;
    return linked.length > 0 || spokenOf.has(index) ? linked : wholeMention(mark, index);
  });
  const graded = gradedPlaces(tokens, marks, spokenOf);
  return graded.length === 0 ? said : [...said, ...graded].sort((a, b) => a.head - b.head);
}

/** "FA", "extr": short forms that mean something else where no level stands beside them. */
export function isShort(head: Mark | undefined): boolean {
  return sense(head, 'finding')?.properties.get('needs') === 'level';
}
