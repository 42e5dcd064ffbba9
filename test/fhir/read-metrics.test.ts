/** FHIR reads in the metrics: by agreed base URL, and by how they ended. */
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:http';
import { composeServices } from '../../src/compose/services.js';
import { readConfig } from '../../src/config/config.js';
import { silentLog } from '../../src/log.js';
import { createMetrics } from '../../src/metrics.js';
import { checkHookRequest } from '../../src/cds-hooks/hook-request.js';
import { draft, orderSign } from '../review/service.js';

test('each read counts under the server it was agreed as; what nobody agreed on is other; late ones are told', async () => {
  const server = createServer((request, response) => {
    if (request.url?.startsWith('/late/')) return;
    const body = { resourceType: 'Bundle', type: 'searchset', total: 0 };
    response.setHeader('content-type', 'application/fhir+json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const metrics = createMetrics({ processMetrics: false });
  const ambient = {
    ...{ now: () => performance.now(), date: () => new Date('2026-03-20'), random: () => 0.5 },
    newUuid: () => crypto.randomUUID(),
  };
  const config = readConfig({ FHIR_SERVERS: `${origin}/agreed` });
  const { services, close } = composeServices({ config, log: silentLog(), metrics, ambient });
  const call = async (base: string, ms: number) => {
    const { request } = checkHookRequest({ ...orderSign([draft()]), prefetch: {}, fhirServer: base }, [
      'order-sign',
    ]);
    await services[0]!.call(request, { deadlineAt: performance.now() + ms }).catch(() => undefined);
  };
  await call(`${origin}/agreed`, 60_000);
  await call(`${origin}/elsewhere/Jane`, 60_000);
  const before = await metrics.render();
  expect(before).toContain('stepwise_cds_deadline_hits_total 0');
  expect(before).toMatch(
    new RegExp(`fhir_request_duration_seconds_count\\{server="${origin}/agreed",outcome="answered"\\} [1-9]`),
  );
  expect(before).toMatch(/fhir_request_duration_seconds_count\{server="other",outcome="answered"\} [1-9]/);
  expect(before).not.toContain('Jane');
  await call(`${origin}/late`, 200);
  const after = await metrics.render();
  expect(after).toContain('stepwise_cds_deadline_hits_total 1');
  expect(after).toMatch(/fhir_request_duration_seconds_count\{server="other",outcome="deadline"\} [1-9]/);
  server.closeAllConnections();
  server.close();
  await close();
}, 120_000);
