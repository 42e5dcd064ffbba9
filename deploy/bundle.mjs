/**
 * The last step of the build: puts the service, dist/main.js with all it imports, into a few files. A start reads and
 * resolves these in place of 850 modules. What is imported later on is loaded later on, as before. The other compiled
 * modules stay beside them for the command line, and the data and pages where they are.
 */
import { readFile, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const DIST = fileURLToPath(new URL('../dist/', import.meta.url));

/** They start threads from files of their own. */
const LEFT_OUT = ['@electric-sql/pglite', 'tinypool', 'unpdf'];

/** A module still finds what lies around it: its own address is told from that of the file it comes to stand in. */
const ownAddresses = {
  name: 'own-addresses',
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async (module) => {
      const file = path.relative(DIST, module.path).split(path.sep).join('/');
      if (file.startsWith('..')) return undefined;
      const text = await readFile(module.path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', `new URL('./${file}', import.meta.url).href`) };
    });
  },
};

for (const name of await readdir(DIST)) if (/^chunk-.*\.js/.test(name)) await rm(path.join(DIST, name));

await build({
  ...{ entryPoints: [path.join(DIST, 'main.js')], outdir: DIST, allowOverwrite: true },
  ...{ bundle: true, splitting: true, sourcemap: true, chunkNames: 'chunk-[hash]', external: LEFT_OUT },
  ...{ platform: 'node', target: 'node20.19', format: 'esm', logLevel: 'warning', plugins: [ownAddresses] },
  // Libraries in CommonJS ask for modules of Node by require().
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
});
