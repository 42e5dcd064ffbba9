import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { cloneLike, commandsOf, plainEnvironment } from '../docs/commands.js';
import { freePort } from '../free-port.mjs';
import { until } from '../until.js';

/** docs/integration/README.md, command by command, as someone new would follow it; the HAPI FHIR server is the suite's. */
const PAGE = 'docs/integration/README.md';
const DONE_BEFORE = /^(npm ci|npm run build|test\/hapi\/server\/run\.sh start)$/;

const hapi = process.env['HAPI_BASE_URL'] ?? '';
const clone = cloneLike();
let service: ChildProcess | undefined;
afterAll(() => {
  if (service?.pid !== undefined) process.kill(-service.pid, 'SIGTERM');
  rmSync(clone, { recursive: true, force: true });
});

test('from the README to a call answered with a JWT', async () => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const here = (text: string): string =>
    text.replaceAll('http://127.0.0.1:3000', url).replaceAll('http://127.0.0.1:18080/fhir', hapi);
  const env = { ...plainEnvironment(), PORT: String(port), DEADLINE_MS: '15000', LOG_LEVEL: 'error' };
  const outputs = new Map<string, string>();
  let assignments = '';
  for (const command of commandsOf(PAGE).map(here)) {
    if (DONE_BEFORE.test(command)) continue;
    if (command.endsWith('npm start')) {
      service = spawn('bash', ['-c', command], { cwd: clone, env, detached: true, stdio: 'ignore' });
      await until(async () => (await fetch(`${url}/health/ready`)).status === 200, 120_000);
    } else if (command.startsWith('TOKEN=')) assignments = `${command}\n`;
    else
      outputs.set(
        command,
        run(assignments + command.replace('@docs/integration/order-sign.json', '@-'), env),
      );
  }
  const said = [...outputs.entries()];
  const ofCheck = said.filter(([command]) => command.includes('stepwise-cds check'));
  expect(ofCheck).toHaveLength(2);
  for (const [, output] of ofCheck) expect(output).toMatch(/Nothing is wrong\.\n$/);
  const answers = said.filter(([command]) => command.startsWith('curl')).map(([, output]) => output);
  expect(answers[0]).toContain('"decision":"radiofrequency-first"');
  expect(answers[1]).toBe('{}');
}, 300_000);

/** The order names the server of the page; here it is the suite's. */
function run(script: string, env: NodeJS.ProcessEnv): string {
  const input = orderFor(hapi);
  const { status, stdout, stderr } = spawnSync('bash', ['-eo', 'pipefail', '-c', script], {
    ...{ cwd: clone, encoding: 'utf8', timeout: 120_000, env, input },
  });
  if (status !== 0) throw new Error(`${script}\nended with ${status}\n${stdout}${stderr}`);
  return stdout;
}

function orderFor(fhirServer: string): string {
  return readFileSync('docs/integration/order-sign.json', 'utf8').replaceAll(
    'http://127.0.0.1:18080/fhir',
    fhirServer,
  );
}
