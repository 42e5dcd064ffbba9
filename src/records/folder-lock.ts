import { createHash } from 'node:crypto';
import { realpathSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { DatabaseError } from './database.types.js';

/** A folder that this process alone uses, until it ends or releases it. */
export interface FolderLock {
  release(): Promise<void>;
}

/**
 * Takes a folder, which has to exist: the embedded database has no lock of its own, and two processes on one folder
 * lose each other's records without a word. The system lets go of the lock when the process ends, however it ends.
 *
 * @throws DatabaseError `in-use` when another process has it
 */
export async function lockFolder(folder: string, platform: NodeJS.Platform): Promise<FolderLock> {
  const name = addressOf(folder, platform);
  const isFile = path.isAbsolute(name) && platform !== 'win32';
  // A socket file outlives its process; an abstract name or a pipe does not.
  if (isFile && !(await answers(name))) rmSync(name, { force: true });
  const server = createServer((socket) => socket.destroy());
  await listen(server, name);
  server.unref();
  return {
    release: () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  };
}

function addressOf(folder: string, platform: NodeJS.Platform): string {
  const real = realpathSync(folder);
  const name = `stepwise-cds-${createHash('sha256').update(real).digest('hex').slice(0, 40)}`;
  if (platform === 'linux') return `\0${name}`;
  return platform === 'win32' ? `\\\\.\\pipe\\${name}` : path.join(real, 'lock.sock');
}

function listen(server: Server, name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', () => {
      reject(new DatabaseError('in-use'));
    });
    server.listen(name, resolve);
  });
}

function answers(name: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(name);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
