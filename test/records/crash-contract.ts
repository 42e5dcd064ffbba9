import type { Database } from '../../src/records/database.types.js';
import { until } from '../until.js';
import { acceptedFeedback, reviewedRequest, SERVICE, startService } from './service-process.js';

/** Feedback that is sent at once, over and over, until the process is killed. */
const SENDERS = 8;

/** Where the records of a process are, and how they are read when it has ended. */
export type Home = () => Promise<{
  readonly settings: Readonly<Record<string, string>>;
  readonly open: () => Promise<Database>;
}>;

/** What was acknowledged is there after a kill, whatever the home of the records. */
export function describeCrash(name: string, home: Home): void {
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

/** A stop loses nothing: what waits to be written with others is written before the process ends. */
export function describeStop(name: string, home: Home): void {
  test(`SIGTERM amid calls loses no decision of an answered one, on ${name}`, async () => {
    const { settings, open } = await home();
    const service = await startService(settings);
    const call = await reviewedRequest(service);
    const instances: string[] = [];
    const send = async (): Promise<void> => {
      for (;;) {
        const hookInstance = crypto.randomUUID();
        const { status } = await service.post(SERVICE, { ...call, hookInstance });
        if (status === 200) instances.push(hookInstance);
      }
    };
    const senders = Array.from({ length: SENDERS }, () => send().catch(() => undefined));
    await until(() => instances.length >= 40, 240_000, service.output);
    await service.stop();
    await Promise.all(senders);
    expect(service.child.exitCode).toBe(0);

    const database = await open();
    const rows = await database.query('select hook_instance from decision', []);
    await database.close();
    const kept = new Set(rows.map((row) => row['hook_instance']));
    expect(instances.filter((instance) => !kept.has(instance))).toEqual([]);
  }, 300_000);
}
