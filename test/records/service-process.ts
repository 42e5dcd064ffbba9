import { spawn, type ChildProcess } from 'node:child_process';
import { freePort } from '../free-port.mjs';
import { keepLines } from '../logs/keep-lines.mjs';
import { until } from '../until.js';

/** The whole service, in a process of its own. */
export interface ServiceProcess {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it has written so far. */
  readonly output: () => string;
  get(path: string): Promise<{ readonly status: number; readonly text: string }>;
  post(
    path: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<{ readonly status: number; readonly text: string }>;
  /** SIGKILL: nothing is written, closed or said. */
  kill(): Promise<void>;
  /** SIGTERM, and the wait for its end. */
  stop(): Promise<void>;
}

export const SERVICE = '/cds-services/sij-neurectomy-review';

/** Starts the service and waits until it answers. */
export async function startService(
  settings: Readonly<Record<string, string>>,
  port?: number,
): Promise<ServiceProcess> {
  const used = port ?? (await freePort());
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
    env: { PATH: process.env['PATH'], PORT: String(used), DEADLINE_MS: '60000', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      keepLines(linesOfLog(chunk.toString()));
    });
  const url = `http://127.0.0.1:${used}`;
  const service = { ...clientOf(url), url, child, output: () => output, ...endsOf(child) };
  await until(
    async () => (await service.get('/health/live')).status === 200,
    240_000,
    () => output,
  );
  return service;
}

/** Without what is printed for the person at the terminal. */
function linesOfLog(text: string): string {
  const lines = text.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => `${line}\n`).join('');
}

function clientOf(url: string): Pick<ServiceProcess, 'get' | 'post'> {
  const answerOf = async (response: Response) => ({ status: response.status, text: await response.text() });
  return {
    get: async (path) => answerOf(await fetch(url + path)),
    post: async (path, body, headers = {}) =>
      answerOf(
        await fetch(url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
  };
}

function endsOf(child: ChildProcess): Pick<ServiceProcess, 'kill' | 'stop'> {
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await ended;
  };
  return { kill: end('SIGKILL'), stop: end('SIGTERM') };
}

/** A call whose order is reviewed, with its whole chart in prefetch, as the service's own sandbox makes it. */
export async function reviewedRequest(service: ServiceProcess): Promise<object> {
  const { text } = await service.get('/sandbox/order-sign/article?prefetch=all');
  return { ...(JSON.parse(text) as object), hookInstance: crypto.randomUUID() };
}

export interface SentCard {
  readonly uuid: string;
}

/** The cards of a reviewed call. */
export async function cardsOf(
  service: ServiceProcess,
  headers: Readonly<Record<string, string>> = {},
): Promise<readonly SentCard[]> {
  const { status, text } = await service.post(SERVICE, await reviewedRequest(service), headers);
  if (status !== 200) throw new Error(`answered ${status}: ${text}`);
  return (JSON.parse(text) as { cards: readonly SentCard[] }).cards;
}

export function acceptedFeedback(card: string): object {
  const outcomeTimestamp = new Date().toISOString();
  const item = {
    card,
    outcome: 'accepted',
    acceptedSuggestions: [{ id: crypto.randomUUID() }],
    outcomeTimestamp,
  };
  return { feedback: [item] };
}

/** A counter or gauge, summed over its labels. */
export async function metricOf(service: ServiceProcess, name: string): Promise<number> {
  const { text } = await service.get('/metrics');
  const lines = text.split('\n').filter((line) => line.startsWith(`stepwise_cds_${name}`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}
