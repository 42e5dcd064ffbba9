/** The composed service on the embedded database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbedded } from '../../src/records/embedded.js';
import { describeMuting } from './muting-contract.js';
import { describeTrust } from './trust-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-embedded-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

// One after the other on one folder: making a database is what takes long here.
describe('tokens, feedback and browsers', () => {
  const open = () => openEmbedded(path.join(folder, 'records'), process.platform);
  describeTrust('the embedded database', () => Promise.resolve({ settings: { DATA_DIR: folder }, open }));
});
describe('cards that were overridden', () => {
  describeMuting('the embedded database', () => Promise.resolve({ DATA_DIR: folder }));
});
