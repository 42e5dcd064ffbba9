import { plays, playsAny, sense, wordsBetween, type Mark } from '../marks/marks.js';
import type { TextIntervention } from '../reading.js';
import { HAPPENED, isKind, type MentionKind } from './procedure-kinds.js';
import type { ClinicSentence } from './sentence.js';

/** Verbs of giving a drug, that name no procedure by themselves. */
const GIVEN: ReadonlySet<string> = new Set(
  'put placed instilled deposited delivered applied administered gave given infiltrated introduced'.split(
    ' ',
  ),
);
const TYING: ReadonlySet<string> = new Set('on onto over to into in at around along near about'.split(' '));
const BETWEEN: ReadonlySet<string> = new Set(
  'side level list percent volume number finite-verb done technique drug at-least care-continues'.split(' '),
);
/** Words from a drug to the place it is given to. */
const REACH = 8;
/** A drug given for what follows: on the way to a lesion, or to the skin. */
const ON_THE_WAY: ReadonlySet<string> = new Set(
  'lesion lesioning lesioned ablation rfa radiofrequency cannula electrode probe skin tract track wheal superficial'.split(
    ' ',
  ),
);

/** The ablation that the injection of a nerve prepares. */
const LESIONED: ReadonlyMap<MentionKind, MentionKind> = new Map<MentionKind, MentionKind>([
  ['lateral-branch-block', 'sacral-lateral-branch-rfa'],
  ['medial-branch-block', 'facet-rfa'],
]);

/** "Lidocaine was injected to anesthetize the lateral branch", in a text that tells of the ablation: no block by itself. */
export function isBeforeLesion(
  kind: MentionKind,
  marks: readonly Mark[],
  told: readonly { readonly kind: MentionKind; readonly status: TextIntervention['status'] }[],
): boolean {
  const ablation = LESIONED.get(kind);
  if (ablation === undefined || marks.some((mark) => plays(mark, 'procedure'))) return false;
  if (marks.some((mark) => sense(mark, 'action')?.code === 'block')) return false;
  return told.some((event) => event.kind === ablation && HAPPENED.has(event.status));
}

/** "put local anesthetic on the lateral branches": a block or injection told without its name. */
export function givenTo(
  { tokens, placed, marks }: ClinicSentence,
  drug: number,
): { kind: MentionKind; first: number; last: number } | undefined {
  const own = tokens.slice(placed.first, placed.end);
  if (!own.some(({ text }) => GIVEN.has(text)) || own.some(({ text }) => ON_THE_WAY.has(text)))
    return undefined;
  const target = targetBehind(marks, tokens, drug);
  const [place, from] = [marks[target ?? -1], marks[drug]];
  if (target === undefined || place === undefined || from === undefined) return undefined;
  const tied = tokens.slice(from.last + 1, place.first).some(({ text }) => TYING.has(text));
  const concept = sense(place, 'target');
  const kind = concept?.properties.get(concept.code.endsWith('branch') ? 'block' : 'injection');
  return tied && isKind(kind) ? { kind, first: drug, last: target } : undefined;
}

function targetBehind(
  marks: readonly Mark[],
  tokens: ClinicSentence['tokens'],
  drug: number,
): number | undefined {
  let words = 0;
  for (let index = drug + 1; index < marks.length; index += 1) {
    const [before, mark] = [marks[index - 1], marks[index]];
    if (before === undefined || mark === undefined) return undefined;
    words += wordsBetween(tokens, before, mark);
    if (words > REACH) return undefined;
    if (plays(mark, 'target')) return index;
    if (!playsAny(mark, BETWEEN)) return undefined;
  }
  return undefined;
}
