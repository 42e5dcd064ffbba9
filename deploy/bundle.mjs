/**
 * The last step of the build: puts the service, dist/main.js with all it imports, into one file, dist/service.cjs,
 * which dist/main.js loads from then on together with the engine's code of it (service-code.mjs). A start reads this
 * in place of 850 modules. What is imported later on is run later on, as before. The other compiled modules stay
 * beside it for the command line, and the data and pages where they are.
 */
import { spawnSync } from 'node:child_process';
import { copyFile, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { sharesNoShapes, withSharedShapes } from './spreads.mjs';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));
const beside = (file) => fileURLToPath(new URL(file, import.meta.url));

/** They start threads from files of their own. */
const LEFT_OUT = ['@electric-sql/pglite', 'tinypool', 'unpdf'];

if (sharesNoShapes) {
  const files = await readdir(DIST, { recursive: true });
  for (const file of files.filter((name) => name.endsWith('.js'))) {
    const module = path.join(DIST, file);
    await writeFile(module, withSharedShapes(await readFile(module, 'utf8')));
  }
}

/** A module still finds what lies around it: its own address is told from that of the bundle (`bundleUrl`). */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async (module) => {
      const file = path.relative(DIST, module.path).split(path.sep).join('/');
      if (file.startsWith('..')) return undefined;
      const text = await readFile(module.path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', `new URL('./${file}', bundleUrl).href`) };
    });
  },
};

const { outputFiles } = await build({
  ...{ entryPoints: [path.join(DIST, 'main.js')], outfile: path.join(DIST, 'service.cjs'), write: false },
  ...{
    bundle: true,
    sourcemap: true,
    external: LEFT_OUT,
    plugins: [ownAddresses],
    legalComments: 'none',
    minifyWhitespace: true,
  },
  ...{ platform: 'node', target: 'node20.19', format: 'cjs', logLevel: 'warning' },
});
for (const { path: file, text } of outputFiles) {
  // The engine keeps a text of plain letters in half the memory; what else there is stands in comments and patterns.
  const escaped = (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`;
  await writeFile(file, file.endsWith('.map') ? text : text.replace(/[^\0-\x7f]/g, escaped));
}

await copyFile(beside('service-code.mjs'), path.join(DIST, 'service-code.js'));
await writeFile(
  path.join(DIST, 'main.js'),
  "import { runService } from './service-code.js';\n\nrunService();\n",
);
await rm(path.join(DIST, 'main.js.map'), { force: true });

// As `npm start` has it: the engine takes code only from a process with the same options.
const { scripts } = JSON.parse(await readFile(beside('../package.json'), 'utf8'));
const options = scripts.start.split(' ').filter((word) => word.startsWith('--'));
const { status } = spawnSync(process.execPath, [...options, beside('keep-code.mjs')], { stdio: 'inherit' });
// Without it a start takes longer, and nothing else changes.
if (status !== 0) console.warn('the engine’s code of the service was not kept: starts take longer');
