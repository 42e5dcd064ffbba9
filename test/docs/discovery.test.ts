import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import supertest from 'supertest';
import { createApp } from '../../src/app.js';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';

/** docs/integration/discovery: what GET /cds-services answers in each mode. UPDATE_DISCOVERY=1 writes it anew. */
const FOLDER = 'docs/integration/discovery';
const MODES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
  ['standard', {}],
  ['with-sij-rfa-review', { SERVICES: 'sij-neurectomy-review,sij-rfa-review' }],
  ['crd-2.0.1', { CRD: '2.0.1' }],
  ['crd-2.2', { CRD: '2.2' }],
];

async function discoveryIn(settings: Readonly<Record<string, string>>): Promise<unknown> {
  const config = readConfig(settings);
  const shared = { log: silentLog(), metrics: createMetrics({ processMetrics: false }) };
  const ambient = {
    now: () => performance.now(),
    date: () => new Date(),
    random: () => Math.random(),
    newUuid: () => crypto.randomUUID(),
  };
  const { services, close } = composeServices({ config, ambient, ...shared });
  const app = createApp({ config, services, ...shared, clock: performance, newUuid: ambient.newUuid });
  const { body } = await supertest(app).get('/cds-services').expect(200);
  await close();
  return body;
}

test.each(MODES)('%s.json is what discovery answers', async (mode, settings) => {
  const path = join(FOLDER, `${mode}.json`);
  const discovery = await discoveryIn(settings);
  if (process.env['UPDATE_DISCOVERY']) {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, `${JSON.stringify(discovery, null, 2)}\n`);
  }
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(discovery);
});
