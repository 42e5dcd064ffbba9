import type { Phrase, PhrasePart } from './phrase.js';

/** Where a phrase stands in a sentence: word indexes, end exclusive. */
export interface PhraseHit {
  readonly phrase: number;
  readonly start: number;
  readonly end: number;
}

interface Node {
  readonly words: Map<string, Node>;
  /** By the stem without its asterisk. */
  readonly stems: Map<string, Node>;
  /** Where a group that begins here ends, by the group. */
  readonly groupEnds: Map<string, Node>;
  /** Reached without a further word: behind an alternative, or past words that may be left out. */
  readonly onward: Node[];
  readonly phrases: number[];
  /** This node and all that is onward of it, once it has been asked for. */
  reached?: readonly Node[];
}

function newNode(): Node {
  return { words: new Map(), stems: new Map(), groupEnds: new Map(), onward: [], phrases: [] };
}

/** All phrases of all value sets in one graph of words: a text is read once, whatever their number. */
export class PhraseTrie {
  readonly #root = newNode();

  /** Adds a phrase under its number; its words have to be written as those of the sentences are. */
  add(phrase: Phrase, number: number): void {
    nodeAfter(this.#root, phrase).phrases.push(number);
  }

  /** Every phrase at every place of a sentence. Cost: its words times the longest phrase. */
  hitsIn(words: readonly string[]): readonly PhraseHit[] {
    const hits: PhraseHit[] = [];
    for (let start = 0; start < words.length; start++) {
      let nodes: Iterable<Node> = reachedFrom(this.#root);
      for (let end = start; end < words.length; end++) {
        const next = nodesAtWord(nodes, words[end] ?? '');
        if (next.size === 0) break;
        for (const { phrases } of next) {
          for (const phrase of phrases) hits.push({ phrase, start, end: end + 1 });
        }
        nodes = next;
      }
    }
    return hits;
  }
}

function nodeAfter(node: Node, phrase: Phrase): Node {
  return phrase.reduce(
    (at, part) => ('words' in part ? part.words.reduce(nodeAfterWord, at) : nodeAfterGroup(at, part)),
    node,
  );
}

function nodeAfterWord(node: Node, word: string): Node {
  const isStem = word.endsWith('*');
  const edges = isStem ? node.stems : node.words;
  const key = isStem ? word.slice(0, -1) : word;
  const next = edges.get(key) ?? newNode();
  edges.set(key, next);
  return next;
}

function nodeAfterGroup(node: Node, group: Extract<PhrasePart, { readonly oneOf: unknown }>): Node {
  const key = JSON.stringify(group);
  const known = node.groupEnds.get(key);
  if (known) return known;
  const end = newNode();
  node.groupEnds.set(key, end);
  for (const alternative of group.oneOf) nodeAfter(node, alternative).onward.push(end);
  if (group.optional) node.onward.push(end);
  return end;
}

function nodesAtWord(nodes: Iterable<Node>, word: string): ReadonlySet<Node> {
  const found = new Set<Node>();
  for (const { words, stems } of nodes) {
    addReached(found, words.get(word));
    if (stems.size === 0) continue;
    for (let length = 1; length <= word.length; length++) addReached(found, stems.get(word.slice(0, length)));
  }
  return found;
}

function addReached(found: Set<Node>, node: Node | undefined): void {
  if (!node || found.has(node)) return;
  for (const one of reachedFrom(node)) found.add(one);
}

// A Set grows while it is walked: nodes onward of nodes onward are reached too. Nodes without further words and
// phrases of their own are only passed through.
function reachedFrom(node: Node): readonly Node[] {
  if (node.reached) return node.reached;
  const reached = new Set([node]);
  for (const { onward } of reached) for (const next of onward) reached.add(next);
  node.reached = [...reached].filter(
    ({ words, stems, phrases }) => words.size + stems.size + phrases.length > 0,
  );
  return node.reached;
}
