/** What may stand in no log line, error or metric: everything of the synthetic patients, tokens, queries. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../..', import.meta.url));

const SECRETS = [
  // A JSON web token, whole or its first two parts.
  /eyJ[\w-]{8,}\.[\w-]{4,}/,
  // What the tests put where a token, a password or a patient's words would stand.
  /SECRET/,
  /\bBearer [\w.~+/-]{8,}/,
  // The query of a FHIR search, page or read.
  /\?[\w.:-]+=/,
  /[?&](?:patient|subject|_id|_getpages|identifier)=/,
];

/** Patterns of names, birth dates and identifiers of every synthetic patient, of the sandbox and of the golden cases. */
function patientPatterns() {
  const patients = ['src/sandbox/charts', 'test/cases'].flatMap((folder) => patientsBelow(folder));
  const words = patients.flatMap(({ name = [], birthDate = '', identifier = [] }) => [
    ...name.flatMap(({ family = '', given = [] }) => [family, ...given]),
    birthDate,
    ...identifier.map(({ value = '' }) => value),
  ]);
  // Shorter ones are parts of other words.
  const telling = [...new Set(words)].filter((word) => word.length >= 5);
  return telling.map((word) => new RegExp(`(?<![\\w-])${word.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`));
}

function patientsBelow(folder) {
  const files = readdirSync(path.join(project, folder), { recursive: true });
  return files
    .filter((file) => file.endsWith('.json') && !file.endsWith('expected.json'))
    .flatMap((file) => resourcesOf(JSON.parse(readFileSync(path.join(project, folder, file), 'utf8'))))
    .filter(({ resourceType }) => resourceType === 'Patient');
}

function resourcesOf(content) {
  if (Array.isArray(content)) return content;
  const entries = Array.isArray(content.entry) ? content.entry.map(({ resource }) => resource) : [];
  return [content, ...entries];
}

const patterns = [...SECRETS, ...patientPatterns()];

/**
 * The lines of a text in which something private stands; when each line was written is left aside.
 * @param {string} text
 * @returns {readonly string[]}
 */
export function privateLinesOf(text) {
  const lines = text.split('\n').map((line) => line.replace(/"time":"[^"]*"/, ''));
  return lines.filter((line) => patterns.some((pattern) => pattern.test(line)));
}
