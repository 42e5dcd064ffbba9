import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbedded } from '../../src/records/embedded.js';
import { describeCrash } from './crash-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-crash-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeCrash('the embedded database', () =>
  Promise.resolve({
    settings: { DATA_DIR: folder },
    open: () => openEmbedded(path.join(folder, 'records'), process.platform),
  }),
);
