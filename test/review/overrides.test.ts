import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { bundle, draft, orderSign, prefetched, procedure, SERVICE, type Answer } from './service.js';

const folder = mkdtempSync(join(tmpdir(), 'overrides-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the service answers with a site's numbers and words in force. */
async function answerWith(overrides: unknown, request: object): Promise<Answer> {
  const file = join(folder, 'site.json');
  writeFileSync(file, JSON.stringify(overrides));
  const config = { ...readConfig({ POLICY_OVERRIDES: file }), deadlineMs: 15_000 };
  const metrics = createMetrics({ processMetrics: false });
  const log = silentLog();
  const newUuid = () => crypto.randomUUID();
  const now = () => performance.now();
  const date = () => new Date('2026-03-20T12:00:00Z');
  const ambient = { now, date, random: () => 0.5, newUuid };
  const { services, close } = composeServices({ config, log, metrics, ambient });
  const app = createApp({ config, services, log, metrics, clock: performance, newUuid });
  const { status, body } = await supertest(app).post(`/cds-services/${SERVICE}`).send(request);
  await close();
  expect(status).toBe(200);
  return body as Answer;
}

/** A block with 78 % relief: positive by the product, not by a site that asks for 80 %. */
const BLOCK = procedure('block', '64451', {
  bodySite: [{ text: 'Bilateral sacroiliac joint' }],
  note: [{ text: 'Bilateral lateral branch blocks S1-S3 with 78% relief of the usual pain.' }],
});
const REQUEST = orderSign([draft()], { prefetch: prefetched({ procedures: bundle(BLOCK) }) });

const evaluationOf = ({ extension }: Answer) => extension?.['stepwise-cds.evaluation'];

describe('POLICY_OVERRIDES: what a site sets is what it gets', () => {
  test('a stricter relief changes the decision, the card and the digest', async () => {
    const own = await answerWith({}, REQUEST);
    const stricter = await answerWith(
      {
        [SERVICE]: {
          policy: { criteria: { 'diagnostic-blocks': { params: { minimumRelief: { value: 80 } } } } },
        },
      },
      REQUEST,
    );
    expect(evaluationOf(own)?.orders[0]?.decision).toBe('radiofrequency-first');
    expect(evaluationOf(stricter)?.orders[0]?.decision).toBe('diagnostic-blocks-first');
    expect(stricter.cards[0]?.summary).toBe(
      'The blocks documented relieved less than 80 %: they do not show the SI joint as the source',
    );
    expect(evaluationOf(stricter)?.policy.sha256).not.toBe(evaluationOf(own)?.policy.sha256);
    expect(evaluationOf(stricter)?.policy).toMatchObject({ id: SERVICE, version: '1.1.0' });
  });

  test('its own word for the state of a step stands in the card, and with the step for the pages', async () => {
    const states = { 'radiofrequency-ablation': { answers: { 'none-found': 'to be tried' } } };
    const answer = await answerWith({ [SERVICE]: { cards: { states } } }, REQUEST);
    expect(answer.cards[0]?.detail).toContain('| 3. Radiofrequency ablation (RFA) | to be tried |');
    const steps = evaluationOf(answer)?.orders[0]?.steps ?? [];
    expect(steps.map(({ id, label }) => [id, label])).toContainEqual([
      'radiofrequency-ablation',
      'to be tried',
    ]);
  });

  test('words stand on the card; they change nothing else', async () => {
    const cards = {
      decisions: {
        'radiofrequency-first': { summary: 'Pathway of Example Health: cooled {side}RFA is due' },
      },
      caveats: { radiofrequency: 'Example Plan excludes 64625; call first.' },
    };
    const own = await answerWith({}, REQUEST);
    const site = await answerWith({ [SERVICE]: { cards } }, REQUEST);
    expect(site.cards[0]?.summary).toBe('Pathway of Example Health: cooled bilateral RFA is due');
    expect(site.cards[0]?.detail).toContain('Example Plan excludes 64625; call first.');
    expect(evaluationOf(site)?.policy.sha256).not.toBe(evaluationOf(own)?.policy.sha256);
    expect(evaluationOf(site)?.orders).toEqual(evaluationOf(own)?.orders);
  });
});
