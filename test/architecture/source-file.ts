/** What the rules of structure look at: TypeScript files as trees, with their imports and their named functions. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

export const projectFolder = fileURLToPath(new URL('../../', import.meta.url));

export interface SourceFile {
  /** From the project's folder, with forward slashes: `src/http/health.ts`. */
  readonly path: string;
  readonly lines: number;
  readonly tree: ts.SourceFile;
}

export interface Import {
  /** `src/errors.ts` for a file of the project, else as written: `node:fs`, `fhir/r4.js`, `@scope/name/part`. */
  readonly target: string;
  /** Gone after compilation. */
  readonly typeOnly: boolean;
  readonly place: string;
}

export interface NamedFunction {
  readonly place: string;
  readonly name: string;
  readonly lines: number;
  readonly parameters: number;
}

/** Every file below a folder with one of the endings, as paths from the project's folder. */
export function filesBelow(folder: string, ...endings: readonly string[]): readonly string[] {
  return readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/')))
    .filter((name) => endings.some((ending) => name.endsWith(ending)))
    .sort();
}

export function readSource(file: string): SourceFile {
  return parseSource(file, readFileSync(path.join(projectFolder, file), 'utf8'));
}

export function parseSource(file: string, text: string): SourceFile {
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return { path: file, lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0), tree };
}

/** `src/http/health.ts:12`. */
export function placeOf(node: ts.Node): string {
  const tree = node.getSourceFile();
  return `${tree.fileName}:${tree.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** A node and everything below it, depth first. */
export function nodesOf(node: ts.Node): readonly ts.Node[] {
  const nodes = [node];
  ts.forEachChild(node, (child) => {
    nodes.push(...nodesOf(child));
  });
  return nodes;
}

/** Static and dynamic imports, re-exports and `import('...')` types. */
export function importsOf(file: SourceFile): readonly Import[] {
  return nodesOf(file.tree).flatMap((node) => {
    const specifier = specifierOf(node);
    if (specifier === undefined) return [];
    return [{ target: resolve(file.path, specifier), typeOnly: isTypeOnly(node), place: placeOf(node) }];
  });
}

function specifierOf(node: ts.Node): string | undefined {
  const specifier = specifierNode(node);
  return specifier && ts.isStringLiteral(specifier) ? specifier.text : undefined;
}

function specifierNode(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined;
  const dynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
  return dynamic ? node.arguments[0] : undefined;
}

function isTypeOnly(node: ts.Node): boolean {
  if (ts.isImportTypeNode(node)) return true;
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  return ts.isImportDeclaration(node) && node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
}

function resolve(importer: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier;
  return path.posix.join(path.posix.dirname(importer), specifier).replace(/\.js$/, '.ts');
}

/** Functions, methods, accessors and constructors that have a name of their own or of what they are assigned to. */
export function namedFunctionsOf(file: SourceFile): readonly NamedFunction[] {
  return nodesOf(file.tree).flatMap((node) => {
    if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) return [];
    const name = nameOf(node);
    if (name === undefined) return [];
    const lines = node.getText().split('\n').length;
    return [{ place: placeOf(node), name, lines, parameters: node.parameters.length }];
  });
}

function nameOf(node: ts.SignatureDeclaration): string | undefined {
  if (ts.isConstructorDeclaration(node)) return 'constructor';
  if (node.name) return node.name.getText();
  const { parent } = node;
  const assigned =
    ts.isVariableDeclaration(parent) || ts.isPropertyAssignment(parent) || ts.isPropertyDeclaration(parent);
  return assigned ? parent.name.getText() : undefined;
}
