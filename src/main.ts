import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { createListener } from './app.js';
import { untilQuiet } from './compose/rehearse.js';
import { compose, type Ambient, type Composed } from './compose/services.js';
import { composeOperation, type Operation } from './compose/operation.js';
import { readConfig, type CheckedConfig } from './config/config.js';
import { StartupError } from './errors.js';
import { createLog, type Log } from './log.js';
import { createMetrics } from './metrics.js';
import { drain, listen, portOf } from './server.js';
import { greeting } from './greeting.js';
import type { Tracing } from './tracing.js';

const AMBIENT: Ambient = {
  now: () => performance.now(),
  date: () => new Date(),
  random: () => Math.random(),
  newUuid: () => randomUUID(),
};

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog({ level: config.logLevel, stream: process.stdout, now: () => new Date() });
  const metrics = createMetrics({ processMetrics: true });
  const tracing = await tracingFor(config, log);
  const shared = { config, log, metrics, ambient: AMBIENT, ...(tracing && { tracing }) };
  const operation = await composeOperation({ ...shared, platform: process.platform });
  const composed = await compose({ ...shared, ...operation.review });
  const state = { draining: false, rehearsed: false };
  const notReady = (): readonly string[] => [
    ...(state.draining ? ['draining'] : []),
    ...(state.rehearsed ? [] : ['rehearsing']),
    ...operation.notReady(),
  ];
  const { services } = composed;
  const mounts = [...operation.mounts, ...composed.mounts];
  const listener = createListener({
    ...{ ...operation.app, config, services, mounts, log, metrics, notReady },
    ...(tracing && { tracing }),
    ...{ clock: performance, newUuid: AMBIENT.newUuid, version: readVersion() },
  });
  const server = await listen(listener, config);
  const url = urlOf(config, portOf(server));
  log.info('listening', { event: 'server.listening', url });
  stopOnSignal(() => {
    state.draining = true;
    return stop(server, composed, operation);
  }, log);
  // Calls are taken before; a balancer is told to wait, so that nobody has to take the slow first one.
  await composed.rehearse(untilQuiet(() => operation.app.admission?.underWay() ?? 0));
  state.rehearsed = true;
  // For the person at the terminal; in production standard output is JSON Lines and nothing else.
  if (!config.production) process.stdout.write(greeting(url, composed, config));
}

/** Loaded only where the site wants it. */
async function tracingFor({ tracing }: CheckedConfig, log: Log): Promise<Tracing | undefined> {
  if (tracing === 'off') return undefined;
  const { createTracing } = await import('./tracing.js');
  const created = createTracing(AMBIENT.now);
  if (!created.hasSdk)
    log.warn('nothing is traced: no OpenTelemetry SDK was loaded', { event: 'tracing.no-sdk' });
  return created;
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}

function urlOf(config: CheckedConfig, port: number): string {
  return config.port === port ? config.publicUrl : `${config.tls ? 'https' : 'http'}://127.0.0.1:${port}`;
}

async function stop(server: Server, composed: Composed, operation: Operation): Promise<void> {
  await drain(server);
  await operation.close();
  await composed.close();
}

function stopOnSignal(stopped: () => Promise<void>, log: Log): void {
  const onSignal = (signal: NodeJS.Signals): void => {
    // A second signal finds no handler and ends the process at once.
    process.removeAllListeners('SIGTERM').removeAllListeners('SIGINT');
    log.info('stopping', { event: 'server.stopping', signal });
    stopped().then(
      () => process.exit(0),
      (thrown: unknown) => {
        log.error('stopped with an error', { event: 'server.stop-failed', err: thrown });
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', onSignal).once('SIGINT', onSignal);
}

main().catch((thrown: unknown) => {
  // Nothing was called yet, so nothing of a patient can be in it.
  const reason = thrown instanceof StartupError || !(thrown instanceof Error) ? String(thrown) : thrown.stack;
  process.stderr.write(`stepwise-cds does not start\n${reason ?? ''}\n`);
  process.exitCode = 1;
});
