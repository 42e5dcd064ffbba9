import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

/** The built service as `npm start` runs it: `npm test` builds first. */
function start(env: Readonly<Record<string, string>>): ChildProcess {
  const child = spawn('node', ['dist/main.js'], {
    // The other tests keep the machine busy: what is shown here is no matter of time.
    env: { PATH: process.env['PATH'] ?? '', PORT: '0', DEADLINE_MS: '15000', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  return child;
}

async function firstLine(stream: NodeJS.ReadableStream, matching: RegExp): Promise<string> {
  for await (const line of createInterface({ input: stream })) if (matching.test(line)) return line;
  throw new Error('the stream ended');
}

const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

describe('npm start', () => {
  test('prints a curl that gives the article’s cards from the embedded sandbox, and stops on SIGTERM', async () => {
    const child = start({});
    const curl = await firstLine(child.stdout!, /^curl .*cds-services/);
    const [, get, post] = /^curl -s (\S+) \| curl .* (\S+)$/.exec(curl) ?? [];
    const request = await (await fetch(get ?? '')).text();
    const response = await fetch(post ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: request,
    });
    const answer = (await response.json()) as {
      cards: {
        summary: string;
        suggestions?: { actions: { resource?: { code?: { coding?: { code: string }[] } } }[] }[];
      }[];
      extension: Record<string, { orders: { decision: string }[] }>;
    };
    expect(answer.extension['stepwise-cds.evaluation']?.orders[0]?.decision).toBe('radiofrequency-first');
    expect(answer.cards[1]?.summary).toMatch(
      /L5-S1 foraminal stenosis; L3-L4 spondylolisthesis with pars defect/,
    );
    expect(JSON.stringify(answer.cards[0]?.suggestions)).toContain('64625');
    const stopped = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    expect(await stopped).toBe(0);
  });

  test('refuses production without what it needs, and says all of it at once', async () => {
    const child = start({ NODE_ENV: 'production' });
    const stopped = new Promise((resolve) => child.once('exit', resolve));
    const chunks: string[] = [];
    child.stderr?.on('data', (chunk) => chunks.push(String(chunk)));
    expect(await stopped).toBe(1);
    for (const name of ['STEPWISE_CLIENTS', 'PUBLIC_URL', 'DATABASE_URL'])
      expect(chunks.join('')).toContain(name);
  });
});
