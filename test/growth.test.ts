import { spawnSync } from 'node:child_process';

/** A guard against a hang: what grows with the square of a text takes longer by far, on any machine. */
const PATIENCE_MS = 100_000;

test('long texts of one thing over and over are read to their end', () => {
  const { status, stdout } = spawnSync(process.execPath, ['test/growth.mjs'], {
    timeout: PATIENCE_MS,
    encoding: 'utf8',
  });
  expect({ status, texts: stdout.trim().split('\n').length }).toEqual({ status: 0, texts: 16 });
});
