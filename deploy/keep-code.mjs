/**
 * Part of the build: starts the bundled service on a port that is free, lets it rehearse and answer the example call, and
 * keeps the code that the engine made of all that ran, for later starts. Reaches nobody and leaves no other file.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { runService } from '../dist/service-code.js';

/** Milliseconds until it has to be ready. */
const PATIENCE = 60_000;
const FILE = new URL('../dist/service.code', import.meta.url);

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-build-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
process.env = {
  PORT: '0',
  HOST: '127.0.0.1',
  DATA_DIR: folder,
  DEADLINE_MS: '30000',
};
// Its log is not shown, and tells where it listens.
let url;
process.stdout.write = (line) => {
  if (line.includes('server.listening')) ({ url } = JSON.parse(line));
  return true;
};
rmSync(FILE, { force: true });
const script = runService();
try {
  await untilReady();
  const call = await (await fetch(`${url}/sandbox/order-sign/article?prefetch=all`)).text();
  const headers = { 'content-type': 'application/json' };
  const { ok } = await fetch(`${url}/cds-services/sij-neurectomy-review`, {
    method: 'POST',
    headers,
    body: call,
  });
  if (!ok) throw new Error('the example call was not answered');
  writeFileSync(FILE, script.createCachedData());
  process.kill(process.pid, 'SIGTERM');
} catch (thrown) {
  console.error(thrown);
  process.exit(1);
}

async function untilReady() {
  for (const end = performance.now() + PATIENCE; performance.now() < end; await sleep(50)) {
    const { status } = url ? await fetch(`${url}/health/ready`) : {};
    if (status === 200) return;
  }
  throw new Error('the service was not ready in time');
}
