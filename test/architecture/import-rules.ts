/** Which room may import which, and which file owns a foreign package. The table of ARCHITECTURE.md as data. */
import { importsOf, type Import, type SourceFile } from './source-file.js';

interface RoomRule {
  /** Rooms and files of src/ whose values and types may be imported, beside the room itself, src/errors.ts and src/lists.ts. */
  readonly values?: readonly string[];
  /** Those of which only types may be imported. */
  readonly types?: readonly string[];
  /** Foreign packages and Node's own modules. */
  readonly packages?: readonly string[];
}

const inner = ['evaluation', 'report-text', 'cds-hooks', 'mapping', 'cards', 'records', 'fhir', 'artifacts'];
const settings = ['config/config.types.ts', 'log.ts', 'metrics.ts', 'tracing.ts'];
const files = ['node:fs', 'node:fs/promises', 'node:path', 'node:url'];
const nodeHttp = ['node:http', 'node:buffer', 'node:crypto', 'node:stream', 'node:util', 'node:zlib'];
const nodeNet = ['node:dns', 'node:net', 'node:timers/promises', 'node:util', 'node:zlib'];
const edge = ['call-service.ts', 'cds-hooks'];

/** By room: the first folder below src/, or the file directly in it. */
const rooms: Readonly<Record<string, RoomRule>> = {
  'errors.ts': {},
  'lists.ts': {},
  config: { values: ['http/trust/trusted-client.types.ts', 'log.ts'] },
  'log.ts': { packages: ['winston', 'node:stream'] },
  'metrics.ts': { packages: ['prom-client'] },
  'tracing.ts': { packages: ['@opentelemetry/api'] },
  evaluation: {},
  'report-text': { packages: ['htmlparser2', 'tinypool', 'unpdf', 'node:url'] },
  'cds-hooks': { packages: ['ajv', 'ajv-formats'] },
  // Facts are written in the evaluation's own dates and sides: those files are shared vocabulary, not policy.
  mapping: {
    values: [
      ...['report-text', 'evaluation/dates.ts', 'evaluation/grouping.ts', 'evaluation/sides.ts'],
      'cds-hooks/processing.ts',
    ],
    types: ['evaluation', 'fhir/retrieval.ts'],
    packages: ['fhir'],
  },
  cards: { values: ['evaluation', 'cds-hooks/members.ts'], types: ['cds-hooks'], packages: ['fhir'] },
  records: {
    values: ['evaluation'],
    types: ['cds-hooks'],
    packages: ['pg', 'node:crypto', 'node:module', 'node:net', 'node:worker_threads', ...files],
  },
  fhir: {
    values: ['cds-hooks'],
    packages: [
      ...['fhir-kit-client', 'undici', 'fhir', 'p-limit', 'lru-cache', 'cockatiel', ...nodeNet],
      // Bulk export alone: an assertion to sign, and files to write.
      ...['jose', 'node:stream/promises', ...files],
    ],
  },
  artifacts: {
    values: ['evaluation', 'mapping', 'cards', 'crd'],
    types: ['cds-hooks', 'report-text'],
    packages: ['ajv', 'fhir', 'lru-cache', 'node:crypto', 'node:module', ...files],
  },
  // What a payer says of orders: FHIR and words of its own, decided by rules that are data.
  crd: {
    values: [
      ...['cds-hooks', 'cards/markdown.ts', 'evaluation/dates.ts', 'evaluation/grouping.ts'],
      ...['mapping/recognise.ts', 'mapping/references.ts'],
      ...['mapping/understood.ts', 'mapping/well-formed.ts'],
    ],
    types: ['fhir', 'mapping'],
    packages: ['fhir', 'node:crypto'],
  },
  // Bytes and texts of a chart, read for one call: between what fetches them and what maps them.
  reading: {
    values: ['mapping', 'report-text'],
    types: ['cds-hooks', 'fhir', 'evaluation'],
    packages: ['fhir', 'lru-cache', 'node:crypto'],
  },
  // A deployment or a FHIR server, looked at from outside.
  check: { values: ['cds-hooks', 'fhir'], packages: ['jose', ...files] },
  // Historical orders, answered by the services that are served; handed those, and where to keep its work.
  replay: {
    values: ['cds-hooks', 'evaluation/dates.ts', 'records'],
    types: ['evaluation'],
    packages: [
      'tinypool',
      'pg-boss',
      'node:crypto',
      'node:events',
      'node:stream',
      'node:stream/promises',
      'node:zlib',
      ...files,
    ],
  },
  cli: { values: [...inner, 'check', 'reading', 'call-service.ts'] },
  'call-service.ts': { values: [...inner, 'reading'], types: settings, packages: ['fhir'] },
  'crd-service.ts': { values: [...inner, 'crd', 'call-service.ts'] },
  http: {
    values: edge,
    types: settings,
    packages: ['express', 'cors', 'helmet', 'jose', 'lru-cache', ...nodeHttp],
  },
  web: {
    values: edge,
    types: settings,
    packages: ['express', 'markdown-it', 'lit-html', 'node:crypto', 'node:zlib', ...files],
  },
  sandbox: {
    values: edge,
    types: settings,
    packages: ['express', 'fhir', 'node:crypto', 'node:timers/promises', ...files],
  },
};

/** The shell around the rooms, which puts them together; it may import anything. */
const shell = ['app.ts', 'main.ts', 'cli.ts', 'commands', 'compose', 'greeting.ts', 'server.ts'];

/** Where a foreign package may be imported at all, whatever the room's rule says. */
const owners: Readonly<Record<string, RegExp>> = {
  'fhir-kit-client': /^src\/fhir\/ehr-client\.ts$/,
  undici: /^src\/fhir\//,
  cockatiel: /^src\/fhir\//,
  winston: /^src\/log\.ts$/,
  'prom-client': /^src\/metrics\.ts$/,
  '@opentelemetry/api': /^src\/tracing\.ts$/,
  jose: /^src\/(check\/test-client\.ts$|fhir\/bulk\/token-source\.ts$|http\/(trust\/|[a-z-]*(authenticate|trust|jwt|jwks)[a-z-]*\.ts$))/,
  pg: /^src\/records\/postgres\.ts$/,
  unpdf: /^src\/report-text\//,
  tinypool: /^src\/(report-text\/|replay\/pool\.ts$)/,
  'pg-boss': /^src\/replay\/queue\//,
  htmlparser2: /^src\/report-text\//,
  'markdown-it': /^src\/web\//,
  ajv: /^src\/(cds-hooks|artifacts)\//,
  express: /^src\/((http|web|sandbox)\/|app\.ts$)/,
};

/** Imports against the direction of the rooms: `src/evaluation/x.ts:3 imports express`. */
export function wrongDirections(sources: readonly SourceFile[]): readonly string[] {
  return named(sources, (file, one) => {
    const room = roomOf(file.path);
    return !shell.includes(room) && !isAllowed(room, rooms[room] ?? {}, one);
  });
}

/** The floors of the report reader, the lowest first: each may import those below it, `decode` none of them. */
const floors = ['reading.ts', 'words', 'levels', 'marks', 'document', 'findings', 'clinic', 'index.ts'];

/** Imports of the report reader that go up a floor: `src/report-text/words/a.ts:1 imports src/report-text/clinic/b.ts`. */
export function upwardImports(sources: readonly SourceFile[]): readonly string[] {
  const readers = sources.filter(({ path }) => roomOf(path) === 'report-text');
  return named(readers, (file, { target }) => {
    if (roomOf(target) !== 'report-text' || floorOf(target) === floorOf(file.path)) return false;
    const [own, other] = [floorOf(file.path), floorOf(target)].map((floor) => floors.indexOf(floor));
    if (floorOf(target) === 'decode') return floorOf(file.path) !== 'index.ts';
    return own === undefined || other === undefined || other === -1 || other > own;
  });
}

function floorOf(file: string): string {
  return file.split('/')[2] ?? file;
}

/** Foreign packages imported outside the file or folder that owns them. */
export function strayPackages(sources: readonly SourceFile[]): readonly string[] {
  return named(sources, (file, { target }) => owners[packageOf(target)]?.test(file.path) === false);
}

function named(
  sources: readonly SourceFile[],
  isWrong: (file: SourceFile, one: Import) => boolean,
): readonly string[] {
  return sources.flatMap((file) =>
    importsOf(file)
      .filter((one) => isWrong(file, one))
      .map(({ place, target, typeOnly }) => `${place} imports ${target}${typeOnly ? ' (types)' : ''}`),
  );
}

function isAllowed(room: string, rule: RoomRule, { target, typeOnly }: Import): boolean {
  if (!target.startsWith('src/')) return rule.packages?.includes(packageOf(target)) ?? false;
  const allowed = [
    room,
    'errors.ts',
    'lists.ts',
    ...(rule.values ?? []),
    ...(typeOnly ? (rule.types ?? []) : []),
  ];
  return allowed.some((one) => target === `src/${one}` || target.startsWith(`src/${one}/`));
}

function roomOf(file: string): string {
  return file.split('/')[1] ?? file;
}

/** `@scope/name/part` belongs to `@scope/name`, `fhir/r4.js` to `fhir`; a module of Node is itself. */
function packageOf(target: string): string {
  if (target.startsWith('node:')) return target;
  return target.split('/', target.startsWith('@') ? 2 : 1).join('/');
}
