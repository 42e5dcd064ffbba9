import type { Extension, ValueSet, ValueSetComposeInclude } from 'fhir/r4.js';
import { StartupError } from '../errors.js';
import { TEXT_EXCLUSION, TEXT_PATTERN } from './canonical.js';
import { seventhCharacterOf, type CodeIndex, type SeventhCharacter } from './code-index.js';
import { HIERARCHICAL } from './code-systems.js';
import type { TextPattern, TextRecogniser } from './text-recogniser.js';

/** Reads the codes, hierarchies, imports and words of value sets into the index and the recogniser. */
export class ValueSetReader {
  readonly #byUrl: ReadonlyMap<string, ValueSet>;
  readonly #codes: CodeIndex;
  readonly #words: TextRecogniser;

  constructor(valueSets: readonly ValueSet[], codes: CodeIndex, words: TextRecogniser) {
    this.#byUrl = new Map(valueSets.map((valueSet) => [valueSet.url ?? '', valueSet]));
    this.#codes = codes;
    this.#words = words;
  }

  /** @throws StartupError naming the file and the place that cannot be read */
  add(valueSet: ValueSet): void {
    this.#addAs(valueSet.id ?? '', valueSet, [valueSet.url ?? '']);
  }

  // `path`: the value sets from the importing one to this one, so that no circle is walked.
  #addAs(concept: string, valueSet: ValueSet, path: readonly string[]): void {
    const file = `ValueSet-${valueSet.id ?? ''}.json`;
    for (const [index, include] of (valueSet.compose?.include ?? []).entries()) {
      const place = `${file}#/compose/include/${index}`;
      this.#addCodes(concept, include, place);
      for (const url of include.valueSet ?? []) this.#addImport(concept, url, { place, path });
    }
    this.#addWords(concept, valueSet, file);
  }

  #addCodes(concept: string, include: ValueSetComposeInclude, place: string): void {
    const { system = '' } = include;
    for (const { code } of include.concept ?? []) this.#codes.addCode(concept, system, code);
    const isA = include.filter?.find(({ op }) => op === 'is-a');
    if (!isA) return;
    if (!HIERARCHICAL.has(system))
      throw new StartupError(`${place}/filter`, 'is-a needs a system whose codes continue their parents');
    this.#codes.addBranch(concept, { system, code: isA.value }, seventhOf(include, place));
  }

  #addImport(
    concept: string,
    url: string,
    { place, path }: { place: string; path: readonly string[] },
  ): void {
    const imported = this.#byUrl.get(url);
    if (!imported || path.includes(url))
      throw new StartupError(
        `${place}/valueSet`,
        'has to be another ValueSet of this folder, not in a circle',
      );
    this.#addAs(concept, imported, [...path, url]);
  }

  #addWords(concept: string, { extension = [] }: ValueSet, file: string): void {
    const excluded = extension
      .filter(({ url }) => url === TEXT_EXCLUSION)
      .flatMap(({ valueString }) => valueString ?? []);
    for (const [index, one] of extension.entries()) {
      const pattern = patternOf(one, excluded);
      if (!pattern) continue;
      try {
        this.#words.addPattern(concept, pattern);
      } catch (error) {
        const message = error instanceof Error ? error.message : 'cannot be read';
        throw new StartupError(`${file}#/extension/${index}`, message);
      }
    }
  }
}

function seventhOf(
  { system = '', filter }: ValueSetComposeInclude,
  place: string,
): SeventhCharacter | undefined {
  const regex = filter?.find(({ op }) => op === 'regex');
  if (!regex) return undefined;
  const seventh = seventhCharacterOf(system, regex.value);
  if (!seventh)
    throw new StartupError(
      `${place}/filter`,
      'a regex filter of code is .{7}[LETTERS] or .{3,7}, of ICD-10-CM',
    );
  return seventh;
}

function patternOf(extension: Extension, excluded: readonly string[]): TextPattern | undefined {
  if (extension.url !== TEXT_PATTERN) return undefined;
  const parts = extension.extension ?? [];
  const valuesOf = (name: string) =>
    parts.filter(({ url }) => url === name).flatMap(({ valueString }) => valueString ?? []);
  const [first, ...others] = extension.valueString === undefined ? valuesOf('all') : [extension.valueString];
  return first === undefined
    ? undefined
    : { all: [first, ...others], none: [...valuesOf('none'), ...excluded] };
}
