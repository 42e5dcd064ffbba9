/** The way from a card to the evidence page, and what a look at the page leaves behind. */
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { compose, composeServices, type Surroundings } from '../../src/compose/services.js';
import { checkHookRequest } from '../../src/cds-hooks/hook-request.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { draft, orderSign, procedure, bundle, prefetched } from './service.js';

const EVIDENCE = 'https://cds.example/evidence';

const surroundings = {
  config: readConfig({}),
  log: silentLog(),
  metrics: createMetrics({ processMetrics: false }),
  ambient: {
    now: () => performance.now(),
    date: () => new Date('2026-03-20T12:00:00Z'),
    random: () => 0.5,
    newUuid: () => crypto.randomUUID(),
  },
};

const service = (more: Partial<Surroundings>) => composeServices({ ...surroundings, ...more }).services[0]!;

const { request } = checkHookRequest(
  orderSign([draft({ text: { status: 'generated', div: '<div>x</div>' } })], {
    prefetch: prefetched({ procedures: bundle(procedure('block', '64451')) }),
  }),
  ['order-sign'],
);
const context = () => ({ deadlineAt: performance.now() + 10_000 });

test('LINK-1 to LINK-3: the first card alone launches the page, and hands it the orders it is about', async () => {
  const { cards } = await service({ evidenceUrl: EVIDENCE }).call(request, context());
  const [first, ...others] = cards;
  expect(first?.links).toEqual([
    { label: expect.any(String), url: EVIDENCE, type: 'smart', appContext: expect.any(String) },
  ]);
  const { draftOrders } = JSON.parse(first?.links?.[0]?.appContext ?? '');
  const { text: _text, ...order } = draft();
  expect(draftOrders).toEqual([order]);
  expect(others.every(({ links }) => links === undefined)).toBe(true);
});

test('without an address of the page no card has a link', async () => {
  const { cards } = await service({}).call(request, context());
  expect(cards.length).toBeGreaterThan(0);
  expect(cards.every(({ links }) => links === undefined)).toBe(true);
});

test('a signed order is recorded; a look at the evidence gets the same evaluation and is not', async () => {
  const reviewed: string[] = [];
  const recorder = {
    newUuid: () => crypto.randomUUID(),
    reviewed: () => reviewed.push('one'),
  };
  const recording = service({ recorder });
  const signed = await recording.call(request, context());
  expect(reviewed).toEqual(['one']);
  const seen = await recording.call(request, { ...context(), unrecorded: true });
  expect(reviewed).toEqual(['one']);
  expect(seen.extension).toEqual(signed.extension);
});

test('in production the cards link to PUBLIC_URL, and the page may read the servers agreed with trusted clients', async () => {
  const config = { ...readConfig({ PUBLIC_URL: 'https://cds.example/base/' }), sandbox: false };
  const composed = await compose({
    ...{ ...surroundings, config, agreedFhirServers: ['https://ehr.example/fhir/r4'] },
  });
  const { cards } = await composed.services[0]!.call(request, context());
  expect(cards[0]?.links?.[0]?.url).toBe('https://cds.example/base/evidence');
  const app = createApp({ ...surroundings, config, ...composed, clock: performance, newUuid: () => 'id' });
  // A proxy may hand on the path of PUBLIC_URL, or take it off.
  for (const base of ['', '/base']) {
    const { headers, text } = await supertest(app).get(`${base}/evidence`).expect(200);
    expect(headers['content-security-policy']).toContain("connect-src 'self' https://ehr.example;");
    const files = [...text.matchAll(/(?:src|href)="(assets[^"]+)"/g)].map(([, file]) => file);
    expect(files.length).toBeGreaterThan(5);
    for (const file of files) await supertest(app).get(`${base}/${file}`).expect(200);
    expect(text).not.toMatch(/(src|href)="\//);
  }
  await composed.close();
});
