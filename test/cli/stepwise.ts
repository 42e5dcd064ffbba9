import { spawnSync } from 'node:child_process';

/** The command line as built: `npm test` builds first. */
export function stepwise(
  words: readonly string[],
  input = '',
  settings: Readonly<Record<string, string>> = {},
) {
  const env = { ...process.env, ...settings };
  return spawnSync('node', ['dist/cli.js', ...words], {
    encoding: 'utf8',
    input,
    env,
    timeout: 240_000,
    maxBuffer: 2 ** 24,
  });
}
