import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const VENDOR = new URL('../../src/web/static/vendor/', import.meta.url);
const read = (name: string): Buffer => readFileSync(new URL(name, VENDOR));

test('the copy of fhirclient is byte for byte the one that its notice names', () => {
  const digest = createHash('sha256').update(read('fhir-client.js')).digest('hex');
  expect(read('README.md').toString()).toContain(digest);
});
