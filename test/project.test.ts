/** What a clone of this project needs to be installed, built and shared anywhere. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { filesBelow, projectFolder } from './architecture/source-file.js';

const textOf = (file: string): string => readFileSync(path.join(projectFolder, file), 'utf8');

const jsonOf = (file: string): unknown => JSON.parse(textOf(file));

interface Manifest {
  readonly license: string;
  readonly dependencies: Record<string, string>;
  readonly devDependencies: Record<string, string>;
  readonly overrides: Record<string, string>;
}

interface LockedPackage {
  readonly resolved?: string;
  readonly integrity?: string;
  /** It lies inside the archive of the package above it. */
  readonly inBundle?: boolean;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}

describe('the data files', () => {
  test.each([...filesBelow('hooks', '.json'), ...filesBelow('fhir-mappings', '.json')])(
    '%s is JSON',
    (file) => {
      expect(() => jsonOf(file)).not.toThrow();
    },
  );

  test.each(filesBelow('fhir-mappings', '.json'))('%s is named for the resource it holds', (file) => {
    const { resourceType, id } = jsonOf(file) as { resourceType: string; id: string };
    expect(path.posix.basename(file)).toBe(`${resourceType}-${id}.json`);
  });
});

describe('the package', () => {
  const manifest = jsonOf('package.json') as Manifest;

  test('is licensed under Apache-2.0, and the licence is there', () => {
    expect(manifest.license).toBe('Apache-2.0');
    expect(textOf('LICENSE')).toContain('Apache License');
  });

  test.each(['dependencies', 'devDependencies', 'overrides'] as const)(
    'pins an exact version of each of its %s',
    (group) => {
      const loose = Object.entries(manifest[group]).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
      expect(loose).toEqual([]);
    },
  );
});

describe('the lockfile', () => {
  const lock = jsonOf('package-lock.json') as { packages: Record<string, LockedPackage> };
  const packages = Object.entries(lock.packages).filter(([name]) => name !== '');

  test('names no registry, so that npm ci asks the one the machine is set up for', () => {
    expect(packages.length).toBeGreaterThan(0);
    expect(packages.filter(([, one]) => one.resolved !== undefined).map(([name]) => name)).toEqual([]);
    expect(textOf('.npmrc')).toContain('omit-lockfile-registry-resolved=true');
  });

  test('holds the digest of each package', () => {
    const without = packages.filter(([, one]) => one.integrity === undefined && one.inBundle !== true);
    expect(without.map(([name]) => name)).toEqual([]);
  });

  test('holds no package of production that runs a script when it is installed', () => {
    const running = packages.filter(([, one]) => one.hasInstallScript === true && one.dev !== true);
    expect(running.map(([name]) => name)).toEqual([]);
    expect(packages.some(([, one]) => one.hasInstallScript === true)).toBe(true);
  });

  test('belongs to the versions in package.json', () => {
    const { dependencies, devDependencies } = jsonOf('package.json') as Manifest;
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies });
  });
});
