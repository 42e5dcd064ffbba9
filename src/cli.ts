#!/usr/bin/env node
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fhirBundle, fhirExport } from './artifacts/fhir-export.js';
import { loadFhirMappings } from './artifacts/fhir-mappings.js';
import { serviceIdsIn } from './artifacts/service.js';
import { loadServices } from './artifacts/services.js';
import { cardsAsText, evaluateRequest } from './cli/evaluate.js';
import { extractLines } from './cli/extract.js';
import { policiesAsMarkdown } from './cli/policy-table.js';
import { named } from './cli/options.js';
import { FHIR_MAPPINGS, HOOKS } from './compose/services.js';
import { composeCommand, type Terminal } from './compose/command.js';
import { readPolicyConfig } from './config/config.js';
import { CdsError, StartupError } from './errors.js';
import { REPLAY_OPTION } from './replay/options.js';
import { compilePhraseBook } from './report-text/index.js';

const USAGE = `stepwise-cds serve                             starts the service (settings: README)
stepwise-cds evaluate <request.json> [--json] [--service=<id>]
                                               answers one order-sign request, - reads standard input; what is not
                                               prefetched in it is read from its fhirServer
stepwise-cds replay <folder|file|FHIR base URL> [--group=<id>] [--out=<folder>] [--services=<ids>] [--rfa]
        [--threads=<n>] [--last-updated=fallback|strict|ignore] [--until=<date>] [--fresh] [--queue]
        [--lease=<seconds>]
                                               answers the historical orders of a FHIR bulk export, and writes a report
stepwise-cds replay --worker [--threads=<n>]   takes part in replays that were begun with --queue (docs/replay.md)
stepwise-cds extract [--html]                  reads report texts: JSON Lines {"id", "text"} in, findings out
stepwise-cds check <base URL> [--service=<id>] [--patient=<id>] [--fhir-server=<base URL>] [--client=<folder>]
                                               says what works and what is missing at a deployment, or at an EHR's
                                               FHIR server (its access token in FHIR_TOKEN)
stepwise-cds test-client <folder> --issuer=<URL> --fhir-server=<base URL>
                                               makes a key pair, and a file for STEPWISE_CLIENTS that trusts it
stepwise-cds token <folder> --audience=<URL>   prints a token of that client, for one call within five minutes
stepwise-cds policy [<service id>] [--fhir]    prints the policies in force as decision tables (Markdown), or as a
                                               FHIR R4 Bundle of PlanDefinitions and the lists they use
stepwise-cds report [--days=<n> | --since=<day> --until=<day>] [--json]
                                               how often each card was shown, accepted and overridden, and why; shadow
                                               against live; missing data; latency (30 days; settings as of the service)
stepwise-cds audit [--days=<n> | --since=<day> --until=<day>]
                                               the decisions of that time as FHIR R4 AuditEvents, JSON Lines
`;

const TERMINAL: Terminal = {
  ambient: {
    now: () => performance.now(),
    date: () => new Date(),
    random: () => Math.random(),
    newUuid: () => randomUUID(),
  },
  environment: process.env,
  platform: process.platform,
  print: (text) => process.stdout.write(text),
};

/** A command's exit status: 0 done, 1 failed, 2 not understood. */
type Command = (words: readonly string[]) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  serve: async () => {
    await import('./main.js');
    return 0;
  },
  evaluate,
  replay,
  report: async (words) => (await import('./commands/records.js')).report(words, TERMINAL),
  audit: async (words) => (await import('./commands/records.js')).audit(words, TERMINAL),
  check: async (words) => understood((await import('./commands/check.js')).checkCommand(words, TERMINAL)),
  'test-client': async (words) =>
    understood((await import('./commands/check.js')).testClientCommand(words, TERMINAL)),
  token: async (words) => understood((await import('./commands/check.js')).tokenCommand(words, TERMINAL)),
  extract: async (words) => {
    const phraseBook = compilePhraseBook(loadFhirMappings(FHIR_MAPPINGS).codeSystems);
    let status = 0;
    const onProblem = ({ message }: { readonly message: string }) => {
      process.stderr.write(`${message}\n`);
      status = 1;
    };
    const lines = createInterface({ input: process.stdin, crlfDelay: Infinity });
    for await (const line of extractLines(lines, phraseBook, { html: words.includes('--html'), onProblem })) {
      process.stdout.write(line);
    }
    return status;
  },
  policy: (words) => {
    const wanted = named(words);
    const services = wanted.length > 0 ? wanted : serviceIdsIn(HOOKS);
    const config = { ...readPolicyConfig(process.env), services };
    const mappings = loadFhirMappings(FHIR_MAPPINGS);
    const loaded = loadServices(HOOKS, mappings, config);
    process.stdout.write(
      words.includes('--fhir')
        ? `${JSON.stringify(fhirBundle(fhirExport(loaded, mappings)), null, 2)}\n`
        : policiesAsMarkdown(loaded),
    );
    return Promise.resolve(0);
  },
};

async function evaluate(words: readonly string[]): Promise<number> {
  const [path] = named(words);
  if (path === undefined) return misunderstood();
  const { service, config, close } = composeCommand(words, TERMINAL);
  try {
    const options = { ...TERMINAL.ambient, service, deadlineMs: config.deadlineMs };
    const response = await evaluateRequest(readRequest(path), options);
    process.stdout.write(
      words.includes('--json') ? `${JSON.stringify(response, null, 2)}\n` : cardsAsText(response),
    );
    return 0;
  } finally {
    await close();
  }
}

async function replay(words: readonly string[]): Promise<number> {
  const { replayCommand } = await import('./commands/replay.js');
  const asked = new Promise<void>((resolve) => {
    if (!words.includes('--worker')) return;
    for (const signal of ['SIGTERM', 'SIGINT'] as const)
      process.once(signal, () => {
        resolve();
      });
  });
  await replayCommand(words, {
    ...{ environment: process.env, ambient: TERMINAL.ambient, asked },
    progress: { write: (text) => process.stderr.write(text), terminal: process.stderr.isTTY },
    newKey: () => randomBytes(32).toString('hex'),
  });
  return 0;
}

async function understood(status: Promise<number | undefined>): Promise<number> {
  return (await status) ?? misunderstood();
}

function readRequest(path: string): unknown {
  const text = readText(path);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new StartupError(path, 'is not JSON');
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path === '-' ? 0 : path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw new StartupError(path, `cannot be read (${code})`);
  }
}

function misunderstood(): number {
  process.stderr.write(USAGE);
  return 2;
}

/** The options each command knows; what is mistyped must not pass for a default. */
const OPTIONS: Readonly<Record<string, RegExp>> = {
  serve: /^$/,
  evaluate: /^--(?:json|service=.+)$/,
  replay: REPLAY_OPTION,
  extract: /^--html$/,
  policy: /^--fhir$/,
  report: /^--(?:json|days=.+|since=.+|until=.+)$/,
  audit: /^--(?:days|since|until)=.+$/,
  check: /^--(?:service|patient|fhir-server|client)=.+$/,
  'test-client': /^--(?:issuer|fhir-server)=.+$/,
  token: /^--audience=.+$/,
};

async function run([name = '', ...words]: readonly string[]): Promise<number> {
  if ([name, ...words].some((word) => word === '--help' || word === 'help')) {
    process.stdout.write(USAGE);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command) return misunderstood();
  const unknown = words.find((word) => word.startsWith('--') && !OPTIONS[name]?.test(word));
  if (unknown === undefined) return command(words);
  process.stderr.write(`stepwise-cds: ${unknown} is no option here\n`);
  return misunderstood();
}

// Whoever reads the output may stop early ("| head").
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

run(process.argv.slice(2)).then(
  (status) => {
    if (status !== 0) process.exitCode = status;
  },
  (thrown: unknown) => {
    const place = thrown instanceof CdsError && thrown.expression ? `${thrown.expression}: ` : '';
    process.stderr.write(`stepwise-cds: ${place}${thrown instanceof Error ? thrown.message : 'failed'}\n`);
    process.exitCode = 1;
  },
);
