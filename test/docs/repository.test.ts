import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** What stands beside the code for those who report, change and release it. */
const TEMPLATES = '.github/ISSUE_TEMPLATE';

interface Workflow {
  readonly jobs: Record<string, { readonly steps: readonly { readonly run?: string }[] }>;
}

const runsOf = (file: string): readonly string[] => {
  const workflow = parse(readFileSync(file, 'utf8')) as Workflow;
  return Object.values(workflow.jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
};

test.each(readdirSync(TEMPLATES).filter((name) => name !== 'config.yml'))(
  '%s asks for nothing of a patient, and says so first',
  (name) => {
    const { body } = parse(readFileSync(join(TEMPLATES, name), 'utf8')) as {
      body: { type: string; attributes: { value?: string } }[];
    };
    expect(body[0]?.type).toBe('markdown');
    expect(body[0]?.attributes.value).toMatch(/never paste|nothing of a real patient/i);
  },
);

test('what is merged and what is released has passed the whole check', () => {
  expect(runsOf('.github/workflows/ci.yml')).toContain('bash .ci/run');
  expect(runsOf('.github/workflows/release.yml')).toContain('bash .ci/run');
});

test('a release has a changelog entry, a list of its parts and an image', () => {
  const runs = runsOf('.github/workflows/release.yml').join('\n');
  for (const step of ['CHANGELOG.md', 'npm sbom', 'npm audit', 'docker build']) expect(runs).toContain(step);
});

test('pages of the documentation link to what is there', () => {
  const broken = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'deploy/README.md']
    .concat(
      readdirSync('docs', { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.md'))
        .map((name) => join('docs', name)),
    )
    .flatMap((page) =>
      [...readFileSync(page, 'utf8').matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].flatMap(([, link = '']) => {
        const target = join(page, '..', link);
        return existsSync(target) ? [] : [`${page}: ${link}`];
      }),
    );
  expect(broken).toEqual([]);
});
