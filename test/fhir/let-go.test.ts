/**
 * What was read for one call goes with it: neither the chart nor the token of a call may stay in memory because of how
 * its reads were watched for their end.
 */
import { queryObjects } from 'node:v8';
import { healthy, hookRequest, PREFETCH, Stage } from './fhir-server.js';
import { until } from '../until.js';

const stage = new Stage();
afterEach(() => stage.clear());

/** Requests of fetch that something holds, after a collection; each leads to its answer and to its token. */
const held = (): number => queryObjects(Request, { format: 'count' });

test.each([
  ['before the time of a single read', 1_000],
  ['after it', 60_000],
])('no request of a call that is over is held; its deadline is %s', async (_name, ms) => {
  const retriever = stage.retriever();
  const server = await stage.server(healthy);
  for (let call = 0; call < 20; call += 1) {
    const deadlineAt = performance.now() + ms;
    await retriever.retrieve({ request: hookRequest({ server }), prefetch: PREFETCH, deadlineAt });
  }
  expect(server.seen.length).toBeGreaterThanOrEqual(20);
  await until(
    () => held() === 0,
    60_000,
    () => `${held()} are held`,
  );
});
