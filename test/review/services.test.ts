import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { draft, orderSign, type Answer } from './service.js';

const RFA = 'sij-rfa-review';
const closing: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(closing.map((close) => close())));

function serving(settings: Readonly<Record<string, string>>) {
  const config = { ...readConfig(settings), deadlineMs: 15_000 };
  const metrics = createMetrics({ processMetrics: false });
  const log = silentLog();
  const newUuid = () => crypto.randomUUID();
  const now = () => performance.now();
  const ambient = { now, date: () => new Date('2026-03-20T12:00:00Z'), random: () => 0.5, newUuid };
  const { services, close } = composeServices({ config, log, metrics, ambient });
  closing.push(close);
  return createApp({ config, services, log, metrics, clock: performance, newUuid });
}

const ABLATION = draft({
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }], text: 'Cooled RFA, left' },
});

async function idsOf(app: ReturnType<typeof serving>): Promise<ReadonlySet<string>> {
  const { body } = await supertest(app).get('/cds-services');
  return new Set((body as { services: { id: string }[] }).services.map(({ id }) => id));
}

describe('sij-rfa-review, off by default', () => {
  test('is not listed and not served unless SERVICES names it (DISC-4)', async () => {
    const app = serving({});
    expect([...(await idsOf(app))]).toEqual(['sij-neurectomy-review']);
    const { status } = await supertest(app)
      .post(`/cds-services/${RFA}`)
      .send(orderSign([ABLATION]));
    expect(status).toBe(404);
  });

  test('beside the other where both are named, each for its own order', async () => {
    const app = serving({ SERVICES: `sij-neurectomy-review,${RFA}` });
    expect([...(await idsOf(app))]).toEqual(['sij-neurectomy-review', RFA]);
    const decided = async (service: string, order: object) => {
      const { body } = await supertest(app)
        .post(`/cds-services/${service}`)
        .send(orderSign([order]));
      const { cards, extension } = body as Answer;
      return [cards.length > 0, extension?.['stepwise-cds.evaluation'].policy.id];
    };
    expect(await decided(RFA, ABLATION)).toEqual([true, RFA]);
    expect(await decided('sij-neurectomy-review', draft())).toEqual([true, 'sij-neurectomy-review']);
    expect(await decided(RFA, draft())).toEqual([false, undefined]);
    expect(await decided('sij-neurectomy-review', ABLATION)).toEqual([false, undefined]);
  });

  test('alone where it alone is named', async () => {
    expect([...(await idsOf(serving({ SERVICES: RFA })))]).toEqual([RFA]);
  });
});
