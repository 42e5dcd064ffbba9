import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbedded } from '../../src/records/embedded.js';
import { describeCrash, describeStop, type Home } from './crash-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-crash-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const home: Home = () =>
  Promise.resolve({
    settings: { DATA_DIR: folder },
    open: () => openEmbedded(path.join(folder, 'records'), process.platform),
  });
describeCrash('the embedded database', home);
// On the folder that a kill has left behind.
describeStop('the embedded database', home);
