import { filterMapped, flatMapped } from './lists.js';
import type { Concept } from './code-system.js';
import { Linker, type Link } from './links.js';
import { plays, sense, type Mark } from './marks.js';
import type { Token } from './tokenise.js';

/** A finding said in one sentence, before its level, side and assertion are known. */
export interface Mention {
  readonly finding: string;
  readonly subtype: string | undefined;
  /** Indexes of the marks it is made of: the change (or the whole phrase) and the place it is said of. */
  readonly head: number;
  readonly site: number;
  /** The words say that nothing is wrong ("foramina are patent"). */
  readonly normal: boolean;
  /** Said not to be of its place, where the change itself is there: "compressing the sac but not the roots". */
  readonly spared: boolean;
}

/** What one mark, or several, say without a place of their own. */
export function mentionAt(head: number, finding: string, subtype?: string): Mention {
  return { finding, subtype, head, site: head, normal: false, spared: false };
}

/** A narrowing said of no place at all, in a spine report, is of the canal. */
function bareMention(marks: readonly Mark[], head: number, tokens: readonly Token[]): readonly Mention[] {
  const word = tokens[marks[head]?.last ?? 0]?.text;
  if (isOfBody(marks, head, word)) return [mentionAt(head, 'fracture')];
  return word === 'stenosis' ? [mentionAt(head, 'central-stenosis')] : [];
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

function linkedMentions(link: Link, marks: readonly Mark[], tokens: readonly Token[]): readonly Mention[] {
  const mark = marks[link.change];
  const change = sense(mark, 'change');
  if (mark === undefined || change === undefined) return [];
  if (link.sites.length === 0) return bareMention(marks, link.change, tokens);
  return flatMapped([...link.sites, ...link.spared], (index, at) => {
    const site = sense(marks[index], 'site');
    const finding = change.properties.get(site?.code ?? '');
    if (finding === undefined) return [];
    const subtype = subtypeOf(finding, change, site);
    const normal = change.properties.get('negates') === 'yes';
    const spared = at >= link.sites.length;
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

/** All findings a sentence speaks of, in the order of their heads. */
export function mentionsOf(tokens: readonly Token[], marks: readonly Mark[]): readonly Mention[] {
  const links = new Map(new Linker(tokens, marks).links().map((link) => [link.change, link]));
  return flatMapped(marks, (mark, index) => {
    const link = links.get(index);
    const linked = link === undefined ? [] : linkedMentions(link, marks, tokens);
    return linked.length > 0 ? linked : wholeMention(mark, index);
  });
}
