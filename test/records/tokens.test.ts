/** The matrix of tokens on the embedded database. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbedded } from '../../src/records/embedded.js';
import { describeTokens } from '../trust/home-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-tokens-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeTokens('the embedded database', () => openEmbedded(path.join(folder, 'records'), process.platform));
