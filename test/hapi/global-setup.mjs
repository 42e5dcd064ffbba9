/**
 * Before the tests under test/hapi: a HAPI FHIR server that holds the synthetic charts. HAPI_BASE_URL names one that
 * runs elsewhere; else the one under server/ is used, and started (and later stopped) if it does not run already.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tsImport } from 'tsx/esm/api';

const runScript = fileURLToPath(new URL('server/run.sh', import.meta.url));

export default async function setUp() {
  process.env.HAPI_BASE_URL ??= startServer();
  const { loadCharts, readCharts } = await tsImport('./load.ts', import.meta.url);
  await loadCharts(process.env.HAPI_BASE_URL, await readCharts());
}

function startServer() {
  const port = process.env.HAPI_PORT ?? '18080';
  const wasRunning = spawnSync(runScript, ['status', port]).status === 0;
  if (!wasRunning) {
    execFileSync(runScript, ['start', port], { stdio: ['ignore', 'inherit', 'inherit'] });
    globalThis.stopHapiServer = () => execFileSync(runScript, ['stop', port]);
  }
  return `http://127.0.0.1:${port}/fhir`;
}
