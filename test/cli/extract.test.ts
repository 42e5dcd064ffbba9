import { Ajv2020 } from 'ajv/dist/2020.js';
import { extract, extractLines, type ExtractProblem } from '../../src/cli/extract.js';
import { book } from '../report-text/book.js';

const LEVEL = '^(C[1-7]|T1?[0-9]|L[1-6]|S[1-5])(-(C[1-7]|T1?[0-9]|L[1-6]|S[1-5]))?$';
/** One output line, as the contract has it (text-findings.schema.json). */
const OUTPUT = {
  type: 'object',
  required: ['id', 'findings'],
  additionalProperties: false,
  properties: {
    id: { type: 'string' },
    findings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['finding', 'level', 'laterality', 'severity', 'negated', 'start', 'end'],
        properties: {
          level: { anyOf: [{ type: 'string', pattern: LEVEL }, { type: 'null' }] },
          laterality: { enum: ['left', 'right', 'bilateral', null] },
          severity: { enum: ['mild', 'moderate', 'severe', null] },
          negated: { type: 'boolean' },
          start: { type: 'integer' },
          end: { type: 'integer' },
        },
      },
    },
    interventions: { type: 'array', minItems: 1 },
    provocation: { type: 'array', minItems: 1 },
  },
} as const;

async function run(
  lines: readonly string[],
  html = false,
): Promise<{ output: string; problems: ExtractProblem[] }> {
  const problems: ExtractProblem[] = [];
  const parts: string[] = [];
  for await (const part of extractLines(lines, book, {
    html,
    onProblem: (problem) => problems.push(problem),
  }))
    parts.push(part);
  return { output: parts.join(''), problems };
}

const LINES = [
  JSON.stringify({ id: 'a', text: 'L4-5: left disc protrusion. FABER positive.' }),
  '',
  JSON.stringify({ id: 'b', text: 'Lateral branch block gave 80% relief.' }),
];

test('one line out for each line in, in order, valid against the contract', async () => {
  const { output, problems } = await run(LINES);
  const read = output
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const validate = new Ajv2020({ strict: false }).compile(OUTPUT);
  for (const line of read) expect(validate(line) ? [] : validate.errors).toEqual([]);
  expect(read).toMatchObject([
    {
      id: 'a',
      findings: [{ finding: 'disc-herniation', level: 'L4-L5', laterality: 'left' }],
      provocation: [{ test: 'faber' }],
    },
    {
      id: 'b',
      findings: [],
      interventions: [{ kind: 'lateral-branch-block', reliefPercent: { low: 80, high: 80 } }],
    },
  ]);
  expect(problems).toEqual([]);
});

test.each([
  ['{', 'line 1 is not JSON'],
  ['7', 'line 1 is not a JSON object'],
  ['{"text":"x"}', 'line 1 has no "id" that is a string'],
  ['{"id":"x"}', 'line 1 has no "text" that is a string'],
])('a line that is no input is told by number, never by content: %s', async (line, message) => {
  expect(await run([line, LINES[0] ?? ''])).toMatchObject({
    problems: [{ line: 1, message }],
    output: expect.stringContaining('"a"'),
  });
});

test('--html: one page with the words marked, and nothing of the text taken as markup', async () => {
  const { output } = await run(
    [JSON.stringify({ id: '<b>', text: '<script>alert(1)</script> L4-5 disc protrusion.' })],
    true,
  );
  expect(output).toMatch(/<mark[^>]*title="disc-herniation, L4-L5"[^>]*>disc protrusion<\/mark>/u);
  expect(output).not.toContain('<script>');
  expect(output).toContain('<h2>&lt;b&gt;</h2>');
});

test('offsets are UTF-16 code units into the text', () => {
  const text = '𝒜 L4-5 disc protrusion';
  const [finding] = extract({ id: 'x', text }, book).findings;
  expect(text.slice(finding?.start, finding?.end)).toBe('disc protrusion');
});
