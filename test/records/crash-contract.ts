import type { Database } from '../../src/records/database.types.js';
import { until } from '../until.js';
import { acceptedFeedback, SERVICE, startService } from './service-process.js';

/** Feedback that is sent at once, over and over, until the process is killed. */
const SENDERS = 8;

/** What was acknowledged is there after a kill, whatever the home of the records. */
export function describeCrash(
  name: string,
  home: () => Promise<{
    readonly settings: Readonly<Record<string, string>>;
    readonly open: () => Promise<Database>;
  }>,
): void {
  test(`kill -9 in a burst of feedback loses nothing that was acknowledged, on ${name}`, async () => {
    const { settings, open } = await home();
    const service = await startService(settings);
    const acknowledged: string[] = [];
    let sent = 0;
    const send = async (): Promise<void> => {
      for (;;) {
        const card = crypto.randomUUID();
        sent += 1;
        const { status } = await service.post(`${SERVICE}/feedback`, acceptedFeedback(card));
        if (status === 200) acknowledged.push(card);
      }
    };
    const senders = Array.from({ length: SENDERS }, () => send().catch(() => undefined));
    await until(() => Promise.resolve(acknowledged.length >= 100), 240_000, service.output);
    await service.kill();
    await Promise.all(senders);
    expect(sent).toBeGreaterThan(acknowledged.length);

    const database = await open();
    const rows = await database.query('select card from feedback', []);
    await database.close();
    const kept = new Set(rows.map(({ card }) => card));
    expect(acknowledged.filter((card) => !kept.has(card))).toEqual([]);
  }, 300_000);
}
