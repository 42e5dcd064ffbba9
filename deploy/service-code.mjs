/** Loads the bundled service, with what the engine made of it when the build started it once (keep-code.mjs). */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

const FILE = new URL('service.cjs', import.meta.url);
const CODE = new URL('service.code', import.meta.url);

/** Another version of node, or other options, make the engine compile anew what it runs. */
export function runService() {
  const script = new vm.Script(
    // On the first line, so that places in stack traces are those in the file.
    `(function (exports, require, module, bundleUrl) {${readFileSync(FILE, 'latin1')}\n})`,
    {
      filename: fileURLToPath(FILE),
      cachedData: existsSync(CODE) ? readFileSync(CODE) : undefined,
      importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
    },
  );
  const module = { exports: {} };
  script.runInThisContext()(module.exports, createRequire(FILE), module, FILE.href);
  return script;
}
