import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Ajv2020Module from 'ajv/dist/2020.js';
import { bundle, draft, orderSign, prefetched, procedure } from '../review/service.js';
import { stepwise } from './stepwise.js';

describe('stepwise-cds evaluate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'stepwise-'));
  const file = join(folder, 'request.json');
  writeFileSync(file, JSON.stringify(orderSign([draft()])));

  test('prints the cards as text', () => {
    const { stdout, status } = stepwise(['evaluate', file]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^\[warning\] No diagnostic block that counts/);
    expect(stdout).toMatch(/^-> Replace by a diagnostic bilateral lateral branch block$/m);
  });

  test('says which suggestion is recommended', () => {
    const short = procedure('pt', '97110', { note: [{ text: 'Two weeks of physical therapy.' }] });
    const request = orderSign([draft()], { prefetch: prefetched({ procedures: bundle(short) }) });
    const { stdout } = stepwise(['evaluate', '-'], JSON.stringify(request));
    expect(stdout).toMatch(/^-> Replace by physical therapy \(recommended\)$/m);
  });

  test('--json prints the answer as the service gives it', () => {
    const { stdout } = stepwise(['evaluate', file, '--json']);
    const answer = JSON.parse(stdout) as { cards: { uuid?: string }[]; extension: Record<string, unknown> };
    expect(answer.cards[0]?.uuid).toMatch(/^[0-9a-f-]{36}$/);
    expect(answer.extension).toHaveProperty(
      ['stepwise-cds.evaluation', 'orders', 0, 'decision'],
      'diagnostic-blocks-first',
    );
  });

  test('reads standard input for -', () => {
    expect(stepwise(['evaluate', '-'], JSON.stringify(orderSign([]))).stdout).toMatch(/^No card/);
  });

  test('answers as the service that --service names, also one that is off by default', () => {
    const coding = [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }];
    const request = JSON.stringify(orderSign([draft({ code: { coding } })]));
    expect(stepwise(['evaluate', '-', '--service=sij-rfa-review'], request).stdout).toMatch(
      /^\[warning\] No diagnostic block that counts .* comes before RFA\n/,
    );
    expect(stepwise(['evaluate', '-'], request).stdout).toMatch(/^No card/);
    expect(stepwise(['evaluate', '-', '--service=knee-review'], request).stderr).toContain(
      'there is no service knee-review',
    );
  });

  test('names the place of a fault, and fails', () => {
    const { stderr, status } = stepwise(
      ['evaluate', '-'],
      JSON.stringify({ ...orderSign([draft()]), hookInstance: 7 }),
    );
    expect(status).toBe(1);
    expect(stderr).toMatch(/^stepwise-cds: hookInstance: /);
  });
});

describe('stepwise-cds extract', () => {
  test('one output line per input line, as the contract has it', () => {
    const lines = [
      { id: 'a', text: 'L5-S1: Moderate bilateral neural foraminal stenosis. No fracture.' },
      { id: 'b', text: '' },
      { id: 'c', text: 'Bilateral lateral branch blocks on 3/3/2026 gave 80-90% relief. FABER positive.' },
    ];
    const { stdout, status } = stepwise(['extract'], lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(status).toBe(0);
    const out = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { id: string });
    expect(out.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    const validate = new Ajv2020Module.default({ strict: false }).compile(
      JSON.parse(readFileSync('test/contracts/text-findings.schema.json', 'utf8')) as object,
    );
    expect(out.flatMap((line) => (validate(line) ? [] : (validate.errors ?? [])))).toEqual([]);
    expect(out[2]).toMatchObject({
      interventions: [{ kind: 'lateral-branch-block', reliefPercent: { low: 80, high: 90 } }],
    });
  });
});

describe('stepwise-cds policy', () => {
  test('prints the decision table; docs/policy.md is not stale', () => {
    const { stdout, status } = stepwise(['policy']);
    expect(status).toBe(0);
    expect(stdout).toContain('| 8 | radiofrequency-first |');
    expect(readFileSync('docs/policy.md', 'utf8')).toBe(stdout);
  });

  test('--fhir prints the policies and their lists as a FHIR Bundle', () => {
    const { stdout, status } = stepwise(['policy', 'sij-rfa-review', '--fhir']);
    expect(status).toBe(0);
    const { resourceType, entry } = JSON.parse(stdout) as {
      resourceType: string;
      entry: { resource: { resourceType: string; id: string } }[];
    };
    expect(resourceType).toBe('Bundle');
    const plans = entry.filter(({ resource }) => resource.resourceType === 'PlanDefinition');
    expect(plans.map(({ resource }) => resource.id)).toEqual(['sij-rfa-review']);
  });

  test('shows what a site has set, and the digest in force', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stepwise-')), 'site.json');
    const criteria = { 'diagnostic-blocks': { params: { minimumRelief: { value: 80 } } } };
    writeFileSync(file, JSON.stringify({ 'sij-neurectomy-review': { policy: { criteria } } }));
    const { stdout, status } = stepwise(['policy', 'sij-neurectomy-review'], '', { POLICY_OVERRIDES: file });
    expect(status).toBe(0);
    expect(stdout).toContain(
      '## Set by this site\n\n| Place | Value |\n| --- | --- |\n| policy/criteria/diagnostic-blocks/params/minimumRelief/value | 80 |',
    );
    expect(stdout).toContain('relieves at least 80 % of the index pain');
    const digest = /Digest `([0-9a-f]{64})`/;
    expect(digest.exec(stdout)?.[1]).not.toBe(digest.exec(readFileSync('docs/policy.md', 'utf8'))?.[1]);
  });

  test('names the place of a wrong override, without a stack', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'stepwise-')), 'site.json');
    writeFileSync(file, JSON.stringify({ 'sij-neurectomy-review': { cards: { caveats: { joy: 'x' } } } }));
    for (const command of ['policy', 'serve']) {
      const { stderr, status } = stepwise([command], '', { POLICY_OVERRIDES: file, PORT: '0' });
      expect(status).toBe(1);
      expect(stderr).toContain(`${file}#/sij-neurectomy-review/cards/caveats/joy: is not known there`);
      expect(stderr).not.toMatch(/^\s+at /m);
    }
  });

  test('a service that does not exist is named', () => {
    expect(stepwise(['policy', 'knee-review']).stderr).toContain('there is no service knee-review');
  });
});

test.each(['prescribe', 'toString', '__proto__'])(
  '%s: an unknown command is answered with the usage and 2',
  (name) => {
    const { stderr, status } = stepwise([name]);
    expect(status).toBe(2);
    expect(stderr).toContain('stepwise-cds evaluate <request.json>');
  },
);

describe('stepwise-cds, misunderstood', () => {
  test.each([
    ['a mistyped option', ['policy', '--fihr'], 2, '--fihr is no option here'],
    ['an option of another command', ['extract', '--json'], 2, '--json is no option here'],
    ['a file that is not there', ['evaluate', 'no-such.json'], 1, 'no-such.json: cannot be read (ENOENT)'],
    ['no such command', ['evalute'], 2, 'stepwise-cds evaluate <request.json>'],
  ])('%s', (_name, words, expected, said) => {
    const { stderr, status } = stepwise(words);
    expect(status).toBe(expected);
    expect(stderr).toContain(said);
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  test('--help of a command prints the usage', () =>
    expect(stepwise(['evaluate', '--help'])).toMatchObject({ status: 0, stderr: '' }));
});
