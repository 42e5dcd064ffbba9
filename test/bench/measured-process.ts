import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../free-port.mjs';

/** What a process says of itself since the last sample; CPU time and memory since it was started. */
export interface Sample {
  /** Microseconds, user and system, all threads. */
  readonly cpuMicros: number;
  readonly rssBytes: number;
  /** Of the JavaScript heap of the main thread, garbage that was not collected yet included. */
  readonly heapBytes: number;
  /** How much later than due a timer ran: 99th percentile and longest since the last sample, milliseconds. */
  readonly lagP99Ms: number;
  readonly lagMaxMs: number;
}

/** A server in a process of its own, so that its CPU time is its own. */
export interface MeasuredProcess {
  /** Base URL, without trailing slash. */
  readonly url: string;
  /** Milliseconds from the start of the process to its first good answer. */
  readonly startMs: number;
  sample(): Promise<Sample>;
  stop(): Promise<void>;
}

export interface Start {
  /** Path of a JavaScript file that listens on PORT. */
  readonly entry: string;
  readonly env: Readonly<Record<string, string>>;
  /** The first request; asked again until it is answered with 200. */
  readonly first: (url: string) => Promise<Response>;
  /** Options of node, beside those of BENCH_NODE_OPTIONS, which win. */
  readonly nodeOptions?: readonly string[];
  /** Descriptor of a file that takes what it writes on standard output. */
  readonly output?: number;
}

const PROBE = new URL('./probe.mjs', import.meta.url).href;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** A guard against a hang: two that start at once on a busy machine take their time. */
const START_LIMIT_MS = 120_000;

/** @throws Error when the process gives no good answer in time */
export async function startMeasured({
  entry,
  env,
  first,
  output,
  nodeOptions = [],
}: Start): Promise<MeasuredProcess> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = fork(entry, {
    cwd: ROOT,
    execArgv: [
      '--import',
      PROBE,
      ...nodeOptions,
      ...(process.env['BENCH_NODE_OPTIONS']?.split(' ').filter(Boolean) ?? []),
    ],
    env: { ...bareEnvironment(), ...env, PORT: String(port), PUBLIC_URL: url },
    stdio: ['ignore', output ?? 'ignore', 'inherit', 'ipc'],
  });
  await untilAnswered(() => first(url), child);
  return {
    url,
    startMs: performance.now() - began,
    sample: () => sampleOf(child),
    stop: () => stop(child),
  };
}

// What is set in the shell must not change what is measured.
function bareEnvironment(): NodeJS.ProcessEnv {
  const { PATH, HOME } = process.env;
  return { ...(PATH && { PATH }), ...(HOME && { HOME }) };
}

async function untilAnswered(ask: () => Promise<Response>, child: ChildProcess): Promise<void> {
  const end = performance.now() + START_LIMIT_MS;
  let status: number | undefined;
  while (performance.now() < end && child.exitCode === null) {
    const response = await ask().catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.ok) return;
    status = response?.status;
    await sleep(5);
  }
  child.kill('SIGKILL');
  throw new Error(`${child.spawnfile} gave no good answer after its start (${status ?? 'no answer'})`);
}

async function sampleOf(child: ChildProcess): Promise<Sample> {
  const answered = once(child, 'message');
  child.send('sample');
  const [sample] = (await answered) as [unknown];
  if (isSample(sample)) return sample;
  throw new Error('the probe gave no sample');
}

function isSample(value: unknown): value is Sample {
  return typeof value === 'object' && value !== null && 'cpuMicros' in value;
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
}
