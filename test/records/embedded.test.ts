import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openEmbedded } from '../../src/records/embedded.js';
import { lockFolder } from '../../src/records/folder-lock.js';
import { describeStore } from './store-contract.js';

const folder = mkdtempSync(path.join(tmpdir(), 'stepwise-records-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describeStore('the embedded database', () => openEmbedded(path.join(folder, 'records'), process.platform));

describe('one folder, one process', () => {
  test('a second opening is refused while the first is open', async () => {
    await expect(openEmbedded(path.join(folder, 'records'), process.platform)).rejects.toMatchObject({
      code: 'in-use',
      away: true,
    });
  });

  test.each([process.platform, 'darwin'] as const)(
    'by a lock that can be had again (%s)',
    async (platform) => {
      const lock = await lockFolder(folder, platform);
      await expect(lockFolder(folder, platform)).rejects.toMatchObject({ code: 'in-use' });
      await lock.release();
      await (await lockFolder(folder, platform)).release();
    },
  );

  test('a folder that cannot be made is a database that is away', async () => {
    await expect(openEmbedded('/dev/null/records', process.platform)).rejects.toThrow();
  });
});
