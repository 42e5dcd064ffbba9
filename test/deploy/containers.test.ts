/** The Dockerfile and docker-compose.yml: hardened, pinned, and consistent with the rest of the project. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { projectFolder } from '../architecture/source-file.js';

interface ComposeService {
  readonly image: string;
  readonly build?: string;
  readonly read_only?: boolean;
  readonly user?: string;
  readonly cap_drop?: readonly string[];
  readonly security_opt?: readonly string[];
  readonly privileged?: boolean;
  readonly tmpfs?: readonly string[];
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly depends_on?: readonly string[] | Readonly<Record<string, object>>;
  readonly healthcheck?: { readonly test: readonly string[] };
}

interface Compose {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, object>>;
}

const textOf = (file: string): string => readFileSync(path.join(projectFolder, file), 'utf8');
const inProject = (file: string): boolean => existsSync(path.join(projectFolder, file));

/** A tag that names one release: v8.8.0-1, 17.6-bookworm, 22.23.3-bookworm-slim. */
const release = /:v?\d+\.\d+[\w.-]*$/;

describe('docker-compose.yml', () => {
  const compose = parse(textOf('docker-compose.yml'), { merge: true }) as Compose;
  const services = Object.entries(compose.services);

  test('starts the service, HAPI FHIR and Postgres', () => {
    expect(Object.keys(compose.services)).toEqual(expect.arrayContaining(['service', 'hapi', 'postgres']));
  });

  test.each(services)('%s runs without privileges on a read-only file system', (_name, service) => {
    expect(service).toMatchObject({
      read_only: true,
      cap_drop: ['ALL'],
      security_opt: ['no-new-privileges:true'],
      user: expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/),
      tmpfs: expect.arrayContaining(['/tmp']),
    });
    expect(service.privileged).toBeUndefined();
  });

  test.each(services)('%s is built here or pinned to a release', (_name, { build, image }) => {
    expect(build === '.' || release.test(image)).toBe(true);
  });

  test.each(services)('%s publishes ports on the loopback address only', (_name, { ports = [] }) => {
    expect(ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
  });

  test.each(services)('%s names only services, volumes and files that exist', (_name, service) => {
    const needed = service.depends_on ?? [];
    const names = Array.isArray(needed) ? (needed as readonly string[]) : Object.keys(needed);
    const sources = (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? '');
    expect(names.filter((name) => !(name in compose.services))).toEqual([]);
    expect(sources.filter((source) => !(source in compose.volumes) && !inProject(source))).toEqual([]);
  });

  test('the profile `replicas` has two, alike, behind the proxy that knows both', () => {
    const replicas = services.filter(([name]) => name.startsWith('replica-'));
    const [one, other] = replicas.map(([, replica]) => replica);
    expect(replicas).toHaveLength(2);
    expect(one).toEqual(other);
    expect(one).toMatchObject({ profiles: ['replicas'], environment: { DATABASE_URL: expect.any(String) } });
    expect(one?.ports ?? one?.volumes).toBeUndefined();
    const proxied = [...textOf('deploy/nginx/nginx.conf').matchAll(/^ *server ([\w-]+):3000 /gm)];
    expect(proxied.map(([, name]) => name)).toEqual(replicas.map(([name]) => name));
  });

  test.each(['service', 'postgres'])('%s tells its health without curl', (name) => {
    const command = compose.services[name]?.healthcheck?.test.join(' ') ?? '';
    expect(command).toMatch(/^CMD \w+/);
    expect(command).not.toMatch(/curl|wget/);
  });
});

describe('Dockerfile', () => {
  const instructions = textOf('Dockerfile')
    .replaceAll(/\\\n/g, ' ')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const all = (word: string): string[] => instructions.filter((line) => line.startsWith(`${word} `));
  const copied = all('COPY')
    .filter((line) => !line.includes('--from='))
    .flatMap((line) =>
      line
        .split(/\s+/)
        .slice(1, -1)
        .map((name) => name.replace('./', '')),
    );

  test('builds every stage on one pinned release of the Node version in .nvmrc', () => {
    const images = all('FROM').map((line) => line.split(/\s+/)[1] ?? '');
    expect(images.length).toBeGreaterThan(1);
    expect(new Set(images).size).toBe(1);
    expect(images[0]).toMatch(release);
    expect(images[0]).toMatch(`node:${textOf('.nvmrc').trim()}.`);
  });

  test('ends as a numbered user that is not root', () => {
    expect(all('USER').at(-1)).toMatch(/^USER [1-9]\d*:[1-9]\d*$/);
  });

  test('asks for health with node, for the image holds no curl', () => {
    expect(all('HEALTHCHECK')).toEqual([expect.stringMatching(/CMD \["node", .*\/health\/live/)]);
  });

  test('starts the service as `npm start` does', () => {
    const { scripts } = JSON.parse(textOf('package.json')) as { scripts: { start: string } };
    const [command] = all('CMD').map((line) => JSON.parse(line.slice(4)) as readonly string[]);
    expect(command?.join(' ')).toBe(scripts.start);
    expect(scripts.start).toMatch(/ --max-old-space-size=\d+ /);
  });

  test('copies only what exists and what .dockerignore lets through', () => {
    const sent = textOf('.dockerignore').split('\n');
    expect(copied.length).toBeGreaterThan(0);
    expect(copied.filter((name) => !inProject(name))).toEqual([]);
    const isSent = (name: string) => sent.some((line) => `!${name}/`.startsWith(`${line}/`));
    expect(copied.filter((name) => !isSent(name))).toEqual([]);
  });
});
