/** How the code of src/ has to look: sizes, and what only the outermost files may touch. */
import ts from 'typescript';
import { namedFunctionsOf, nodesOf, placeOf, type NamedFunction, type SourceFile } from './source-file.js';

/** The files that read clock, randomness, environment and process, and hand them on. */
const outermost = [
  'src/app.ts',
  'src/main.ts',
  'src/cli.ts',
  'src/config/config.ts',
  'src/commands/replay-worker.ts',
];
/** The files that print for a person. */
const printing = ['src/main.ts', 'src/cli.ts'];

const ambientValues =
  /^(Date\.now|Math\.random|performance\.now|process\.\w+|crypto\.(randomUUID|getRandomValues))$/;
const randomFunctions = /^random(UUID|Bytes|Int|FillSync|Fill)$/;

/** Files longer than a number of lines. */
export function longFiles(sources: readonly SourceFile[], limit: number): readonly string[] {
  return sources.filter(({ lines }) => lines > limit).map((file) => `${file.path}: ${file.lines} lines`);
}

/** Places that write the type `any`. */
export function anyTypes(sources: readonly SourceFile[]): readonly string[] {
  return placesIn(sources, (node) => node.kind === ts.SyntaxKind.AnyKeyword);
}

/** Places that print, outside the files made for it. */
export function consoleUses(sources: readonly SourceFile[]): readonly string[] {
  const others = sources.filter((file) => !printing.includes(file.path));
  return placesIn(
    others,
    (node) => ts.isPropertyAccessExpression(node) && node.expression.getText() === 'console',
  );
}

/** Places that read clock, randomness, environment or process, outside the files made for it. */
export function ambientUses(sources: readonly SourceFile[]): readonly string[] {
  return placesIn(
    sources.filter((file) => !outermost.includes(file.path)),
    isAmbient,
  );
}

function isAmbient(node: ts.Node): boolean {
  if (ts.isPropertyAccessExpression(node)) return ambientValues.test(node.getText());
  if (ts.isImportSpecifier(node)) return randomFunctions.test((node.propertyName ?? node.name).text);
  if (ts.isNewExpression(node)) return node.expression.getText() === 'Date' && !node.arguments?.length;
  return ts.isCallExpression(node) && node.expression.getText() === 'Date';
}

function placesIn(sources: readonly SourceFile[], isOffence: (node: ts.Node) => boolean): readonly string[] {
  return sources.flatMap((file) =>
    nodesOf(file.tree)
      .filter(isOffence)
      .map((node) => `${placeOf(node)} ${node.getText()}`),
  );
}

/** Functions longer than a number of lines. */
export function longFunctions(sources: readonly SourceFile[], limit: number): readonly string[] {
  return functionsWhere(sources, ({ lines }) => lines > limit).map(
    ({ place, name, lines }) => `${place} ${name}: ${lines} lines`,
  );
}

/** Functions with more than a number of parameters. */
export function crowdedFunctions(sources: readonly SourceFile[], limit: number): readonly string[] {
  return functionsWhere(sources, ({ parameters }) => parameters > limit).map(
    ({ place, name, parameters }) => `${place} ${name}: ${parameters} parameters`,
  );
}

function functionsWhere(
  sources: readonly SourceFile[],
  holds: (one: NamedFunction) => boolean,
): readonly NamedFunction[] {
  return sources.flatMap(namedFunctionsOf).filter(holds);
}

/** Lines of the function that a share of all named functions does not exceed; 0.5 is the median. */
export function functionLength(sources: readonly SourceFile[], share: number): number {
  const lengths = sources
    .flatMap((file) => namedFunctionsOf(file).map(({ lines }) => lines))
    .sort((a, b) => a - b);
  return lengths[Math.ceil(lengths.length * share) - 1] ?? 0;
}
