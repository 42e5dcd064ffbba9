import {
  readReport,
  type PhraseBook,
  type ReportReading,
  type Span,
  type TextIntervention,
  type TextRelief,
} from '../report-text/index.js';
import { htmlPage } from './extract-page.js';

/** One input line of `stepwise-cds extract`. */
export interface ExtractInput {
  readonly id: string;
  readonly text: string;
}

/** One output line (contracts: text-findings.schema.json). */
export interface ExtractOutput {
  readonly id: string;
  readonly findings: ReportReading['findings'];
  readonly interventions?: readonly ExtractedIntervention[];
  readonly provocation?: ReportReading['provocation'];
}

/** An intervention as evaluation.schema.json has it, without evidence, with offsets. */
type ExtractedIntervention = Span &
  Pick<TextIntervention, 'kind' | 'status' | 'date' | 'laterality' | 'technique'> & {
    readonly levels?: readonly string[];
    readonly reliefPercent?: Pick<TextRelief, 'low' | 'high' | 'computed' | 'ofIndexPain'>;
    readonly reliefDuration?: string;
  };

/** A line that is no input: its number, and what is wrong, never what it holds. */
export interface ExtractProblem {
  readonly line: number;
  readonly message: string;
}

function inputOf(line: string): ExtractInput | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'is not JSON';
  }
  if (typeof value !== 'object' || value === null) return 'is not a JSON object';
  if (!('id' in value) || typeof value.id !== 'string') return 'has no "id" that is a string';
  if (!('text' in value) || typeof value.text !== 'string') return 'has no "text" that is a string';
  return { id: value.id, text: value.text };
}

function interventionOf(told: TextIntervention): ExtractedIntervention {
  const { kind, status, date, laterality, technique, levels, relief, start, end } = told;
  return {
    kind,
    status,
    ...(date !== undefined && { date }),
    ...(levels.length > 0 && { levels }),
    ...(laterality !== undefined && { laterality }),
    ...(technique !== undefined && { technique }),
    ...(relief && { reliefPercent: percentOf(relief) }),
    ...(relief?.duration !== undefined && { reliefDuration: relief.duration }),
    start,
    end,
  };
}

function percentOf({
  low,
  high,
  computed,
  ofIndexPain,
}: TextRelief): ExtractedIntervention['reliefPercent'] & object {
  return { low, high, ...(computed && { computed }), ...(ofIndexPain === false && { ofIndexPain }) };
}

/** What the reader finds in one text, in the form of the contract; empty lists of procedures and tests are left out. */
export function extract({ id, text }: ExtractInput, book: PhraseBook): ExtractOutput {
  const { findings, interventions, provocation } = readReport(text, book);
  return {
    id,
    findings,
    ...(interventions.length > 0 && { interventions: interventions.map(interventionOf) }),
    ...(provocation.length > 0 && { provocation }),
  };
}

/**
 * `stepwise-cds extract`: JSON Lines to JSON Lines, one for each, in order; with `html` one page of all texts, the words
 * found marked. A line that cannot be read is told to `onProblem` and gives no output.
 * @param lines the input, line by line; empty ones are passed over
 */
export async function* extractLines(
  lines: AsyncIterable<string> | Iterable<string>,
  book: PhraseBook,
  options: { readonly html: boolean; readonly onProblem: (problem: ExtractProblem) => void },
): AsyncGenerator<string> {
  const texts: ExtractInput[] = [];
  let number = 0;
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    const input = inputOf(line);
    if (typeof input === 'string') options.onProblem({ line: number, message: `line ${number} ${input}` });
    else if (options.html) texts.push(input);
    else yield `${JSON.stringify(extract(input, book))}\n`;
  }
  if (options.html)
    yield htmlPage(texts.map(({ id, text }) => ({ id, text, reading: readReport(text, book) })));
}
