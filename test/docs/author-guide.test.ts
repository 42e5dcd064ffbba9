import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The changes of docs/policy-author-guide.md, each made on a copy of the product's data beside the built command line. */
function copyOfProduct(): string {
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-author-'));
  for (const name of ['dist', 'hooks', 'fhir-mappings', 'package.json'])
    cpSync(name, join(folder, name), { recursive: true });
  for (const name of ['node_modules', 'src']) symlinkSync(resolve(name), join(folder, name));
  return folder;
}

function stepwise(
  folder: string,
  words: readonly string[],
  input = '',
  settings: Readonly<Record<string, string>> = {},
): string {
  const { stdout, stderr, status } = spawnSync('node', ['dist/cli.js', ...words], {
    ...{ cwd: folder, encoding: 'utf8', input, maxBuffer: 2 ** 26, timeout: 240_000 },
    env: { PATH: process.env['PATH'], DEADLINE_MS: '60000', ...settings },
  });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

/** Puts words in the place of others, which have to be there once. */
function change(folder: string, file: string, from: string | RegExp, to: string): void {
  const path = join(folder, file);
  const text = readFileSync(path, 'utf8');
  const found = text.split(from).length - 1;
  if (found === 0) throw new Error(`${file} has not what the guide changes`);
  writeFileSync(path, text.replace(from, to));
}

const POLICY = 'hooks/sij-neurectomy-review/policy.json';
/** A block with 80 to 90 % relief, and no ablation. */
const REQUEST = readFileSync('hooks/sij-neurectomy-review/rehearsal.json', 'utf8');

const RELIEF = /"minimumRelief": \{\s*"value": 75/;

function decisionOn(folder: string, service: string): unknown {
  const answer = JSON.parse(
    stepwise(folder, ['evaluate', '-', '--json', `--service=${service}`], REQUEST),
  ) as {
    readonly extension?: Record<string, { readonly orders: readonly { readonly decision: string }[] }>;
  };
  return answer.extension?.['stepwise-cds.evaluation']?.orders[0]?.decision;
}

test('a threshold: the sentence follows the number', () => {
  const folder = copyOfProduct();
  expect(stepwise(folder, ['policy', 'sij-neurectomy-review'])).toContain('at least 75 %');
  change(folder, POLICY, RELIEF, '"minimumRelief": { "value": 80');
  expect(stepwise(folder, ['policy', 'sij-neurectomy-review'])).toMatch(/relieves at least 80 %/);
});

test('a phrase: a report that uses it is read', () => {
  const folder = copyOfProduct();
  const report = JSON.stringify({ id: '1', text: 'L4-5: vertebral glide.' });
  const findings = (): unknown[] => {
    const line = JSON.parse(stepwise(folder, ['extract'], report)) as { findings: { finding: string }[] };
    return line.findings.map(({ finding }) => finding);
  };
  expect(findings()).toEqual([]);
  const path = join(folder, 'fhir-mappings/CodeSystem-report-finding.json');
  const system = JSON.parse(readFileSync(path, 'utf8')) as {
    concept: { code: string; designation: { language: string; value: string }[] }[];
  };
  const concept = system.concept.find(({ code }) => code === 'spondylolisthesis');
  concept?.designation.push({ language: 'en', value: 'vertebral glide' });
  writeFileSync(path, JSON.stringify(system));
  expect(findings()).toEqual(['spondylolisthesis']);
});

test('an undeclared placeholder stops it, with its place', () => {
  const folder = copyOfProduct();
  change(folder, 'hooks/sij-neurectomy-review/cards.json', /\{[a-z]\w+\}/, '{invented}');
  expect(() => stepwise(folder, ['policy', 'sij-neurectomy-review'])).toThrow(/cards\.json.*invented/s);
});

test('a payer: its own answer stands on the order', () => {
  const folder = copyOfProduct();
  const rules = JSON.parse(
    readFileSync(join(folder, 'hooks/sij-neurectomy-review/coverage.json'), 'utf8'),
  ) as {
    $schema?: string;
    payers: Record<string, object>;
    rules: { byPayer: Record<string, object> }[];
  };
  delete rules.$schema;
  const identifier = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '99123' };
  rules.payers['valley-plan'] = { label: 'Valley Plan', identifiers: [identifier] };
  const reasons = [{ text: 'Ask the valley' }];
  Object.assign(rules.rules[0]?.byPayer ?? {}, {
    'valley-plan': { determinations: [{ covered: 'covered', paNeeded: 'auth-needed', reasons }] },
  });
  const site = join(folder, 'coverage.json');
  writeFileSync(site, JSON.stringify({ 'sij-neurectomy-review': rules }));
  const request = JSON.parse(REQUEST) as { prefetch: object; context: object };
  const coverage = {
    ...{ resourceType: 'Coverage', id: 'rehearsal-coverage', status: 'active' },
    beneficiary: { reference: 'Patient/rehearsal' },
    payor: [{ identifier }],
  };
  const entry = [{ resource: coverage }];
  const bundle = { resourceType: 'Bundle', type: 'searchset', entry };
  const sent = JSON.stringify({ ...request, prefetch: { ...request.prefetch, coverage: bundle } });
  const settings = { CRD: '2.2', CRD_COVERAGE: site, RECORDS_KEY: 'x'.repeat(32) };
  const answer = stepwise(folder, ['evaluate', '-', '--json'], sent, settings);
  expect(answer).toContain('Ask the valley');
  expect(answer).toContain('"Valley Plan"');
});

test('a second policy: a folder, and nothing under src/', () => {
  const folder = copyOfProduct();
  cpSync(join(folder, 'hooks/sij-neurectomy-review'), join(folder, 'hooks/second-review'), {
    recursive: true,
  });
  for (const file of ['service.json', 'policy.json'])
    change(folder, `hooks/second-review/${file}`, '"id": "sij-neurectomy-review"', '"id": "second-review"');
  change(folder, 'hooks/second-review/policy.json', RELIEF, '"minimumRelief": { "value": 81');
  expect(decisionOn(folder, 'sij-neurectomy-review')).toBe('radiofrequency-first');
  expect(decisionOn(folder, 'second-review')).toBe('diagnostic-blocks-first');
});
