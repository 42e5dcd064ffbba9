/** docs/dependencies.md names what is installed in production: every package, its version and its licence. */
import { readFileSync } from 'node:fs';

interface LockedPackage {
  readonly version: string;
  readonly license: string;
  readonly dev?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, LockedPackage>;
};
const page = readFileSync('docs/dependencies.md', 'utf8');

test('what is in the lockfile for production is what is named, no more and no less', () => {
  const installed = Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && !dev)
    .map(([place, { version, license }]) => [place.replace(/.*node_modules\//, ''), version, license]);
  const named = [...page.matchAll(/(?:\| |: |, )(@?[\w./-]+) (\d[\w.-]*) \((\(.+?\)|[^)]+)\)/g)].map(
    (match) => match.slice(1),
  );
  expect(installed.length).toBeGreaterThan(100);
  expect(named.map((one) => one.join(' ')).sort()).toEqual(installed.map((one) => one.join(' ')).sort());
});
