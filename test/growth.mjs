/** Reads long texts of one thing over and over, with what `npm run build` made. See growth.test.ts. */
import { readdirSync, readFileSync } from 'node:fs';
import { loadFhirMappings } from '../dist/artifacts/fhir-mappings.js';
import { compileTerminology } from '../dist/artifacts/terminology.js';
import { compilePhraseBook, readReport } from '../dist/report-text/index.js';

const LENGTH = 300_000;
const MAPPINGS = new URL('../fhir-mappings/', import.meta.url);
const systems = readdirSync(MAPPINGS).filter((file) => file.startsWith('CodeSystem-'));
const book = compilePhraseBook(
  systems.map((file) => JSON.parse(readFileSync(new URL(file, MAPPINGS), 'utf8'))),
);
const terminology = compileTerminology(loadFhirMappings(MAPPINGS.pathname));

const UNITS = [
  'L4-5: mild disc bulge, no canal or foraminal stenosis.\n',
  'no disc bulge and canal stenosis, foraminal narrowing ',
  'sacroiliac joint pain of the lumbar spine, no radiculopathy; ',
  ...['          ', '\n', '1234567890', 'abcdefghij', 'qwzrtpsdf xkvbnmlkj ', 'L4-L5, '],
  ...['80% relief of LBB ', '11/03/2025 ', ',', '-', "a'", 'pain 8/10 ', 'FINDINGS: '],
];
for (const unit of UNITS) {
  const text = unit.repeat(Math.ceil(LENGTH / unit.length));
  readReport(text, book);
  terminology.conceptsOfText(text);
  console.log(JSON.stringify(unit));
}
