/**
 * Before the tests under test/postgres: a cluster of their own on a free loopback port, in a folder that goes with
 * it. Postgres refuses to run as root; then the user `postgres` of Debian's package runs it. The folder of its
 * programs and of its data stand in POSTGRES_BIN and POSTGRES_DATA, so that a test can stop it.
 */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../free-port.mjs';

export default async function setUp() {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-postgres-'));
  chmodSync(folder, 0o777);
  process.env.POSTGRES_BIN = binFolder();
  process.env.POSTGRES_DATA = path.join(folder, 'data');
  process.env.POSTGRES_PORT = String(await freePort());
  runAsUser(
    'initdb',
    '--auth=trust',
    '--username=stepwise',
    '--encoding=UTF8',
    '--pgdata',
    process.env.POSTGRES_DATA,
  );
  startCluster();
  process.env.POSTGRES_URL = `postgres://stepwise@127.0.0.1:${process.env.POSTGRES_PORT}/postgres`;
  globalThis.stopPostgres = () => {
    // A test that failed may have left it stopped.
    if (existsSync(path.join(process.env.POSTGRES_DATA, 'postmaster.pid'))) stopCluster();
    rmSync(folder, { recursive: true, force: true });
  };
}

export function startCluster() {
  const { POSTGRES_DATA: data, POSTGRES_PORT: port } = process.env;
  const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${path.dirname(data)}`;
  runAsUser('pg_ctl', 'start', '-w', '-D', data, '-l', path.join(path.dirname(data), 'log'), '-o', options);
}

export function stopCluster() {
  runAsUser('pg_ctl', 'stop', '-w', '-m', 'immediate', '-D', process.env.POSTGRES_DATA);
}

function runAsUser(program, ...options) {
  const command = [path.join(process.env.POSTGRES_BIN, program), ...options];
  const [file, ...rest] = process.getuid() === 0 ? ['runuser', '-u', 'postgres', '--', ...command] : command;
  execFileSync(file, rest, { stdio: ['ignore', 'ignore', 'inherit'], cwd: tmpdir() });
}

function binFolder() {
  const root = '/usr/lib/postgresql';
  const [newest] = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return path.join(root, newest, 'bin');
}
