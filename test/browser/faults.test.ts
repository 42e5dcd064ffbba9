import { openSite, ready, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

describe('prefetch and faults', () => {
  test('nothing prefetched from a slow FHIR server: an answer with its time, and in words what is not known', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('select[name=prefetch]').selectOption('none');
    await page.locator('select[name=fault]').selectOption('slow-reports');
    const answered = page.waitForResponse('**/cds-services/sij-neurectomy-review');
    await page.locator('#sign').click();
    await answered;
    const time = Number.parseInt((await page.locator('#round-trip').textContent()) ?? '', 10);
    expect(time).toBeGreaterThan(0);
    expect(await page.locator('.unread').textContent()).toContain('Reports');
  });

  test('a FHIR server that never answers, with nothing prefetched, is told as a failure with a way on', async () => {
    const { page } = await site.open('/');
    await page.locator('select[name=prefetch]').selectOption('none');
    await page.locator('select[name=fault]').selectOption('hang');
    await sign(page);
    expect(await page.locator('.problem').textContent()).toContain('412');
  });

  test('keys can be left out one by one', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    await page.locator('select[name=prefetch]').selectOption('some');
    await page.getByLabel('observations').uncheck();
    const sent = page.waitForRequest('**/cds-services/sij-neurectomy-review');
    await sign(page);
    const { prefetch } = (await sent).postDataJSON();
    expect(Object.keys(prefetch)).not.toContain('observations');
    expect(Object.keys(prefetch)).not.toContain('procedures');
    expect(Object.keys(prefetch)).toContain('conditions');
  });

  test('what was sent and what came back are those of the last call, key by key', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const request = page.locator('.exchange-part').first();
    await request.locator('summary').first().click();
    await request.getByText('prefetch').waitFor();
    await page.locator('select[name=prefetch]').selectOption('none');
    await page.locator('#sign').click();
    await request.getByText('prefetch').waitFor({ state: 'detached' });
    expect(await page.locator('.keys-sent').textContent()).toMatch(/procedures\s*not sent\s*complete, 5/);
  });

  test('a failure can be tried again, with a FHIR server that is well', async () => {
    const { page } = await site.open('/');
    await page.locator('select[name=prefetch]').selectOption('none');
    await page.locator('select[name=fault]').selectOption('error-500');
    await sign(page);
    await page.getByRole('button', { name: 'Try with a healthy FHIR server' }).click();
    await page.locator('article.card').first().waitFor();
  });

  test('of a step that is not known, no count is claimed', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const ablation = page.locator('.rung[data-step=radiofrequency-ablation]');
    expect(await ablation.textContent()).toContain('Failed ablations: 0; the step fails with 2');
    await page.locator('select[name=prefetch]').selectOption('error');
    await page.locator('#sign').click();
    await page.locator('.unread').waitFor();
    expect(await ablation.getAttribute('data-state')).toBe('unknown');
    expect(await ablation.textContent()).not.toContain('Failed ablations');
  });

  test('a search that failed in the EHR is sent as its OperationOutcome', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    await page.locator('select[name=prefetch]').selectOption('error');
    const sent = page.waitForRequest('**/cds-services/sij-neurectomy-review');
    await sign(page);
    expect((await sent).postDataJSON().prefetch.procedures.resourceType).toBe('OperationOutcome');
  });
});

describe('a hostile chart', () => {
  test('runs nothing, loads nothing, and shows its markup as text', async () => {
    const { page, requests, complaints } = await site.open('/?patient=hostile');
    await sign(page);
    for (const view of ['spine', 'timeline', 'pathway']) await page.locator(`#tab-${view}`).click();
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith(site.url))).toEqual([]);
    expect(await page.locator('.detail :is(script, img, iframe, a[href^="javascript:"])').count()).toBe(0);
    expect(await page.locator('.chart :is(script, img, iframe)').count()).toBe(0);
  });
});

test('a pasted report has its words marked by finding, level and negation', async () => {
  const { page } = await site.open('/');
  await ready(page);
  await page.locator('#report-reader > summary').click();
  await page.locator('#report').fill('L5-S1: severe left foraminal stenosis. No fracture.');
  await page.locator('#report-reader').getByRole('button', { name: 'Read' }).click();
  await page.locator('.readings').waitFor();
  const readings = await page.locator('.readings').textContent();
  expect(readings).toContain('Foraminal stenosis, L5-S1, left, severe');
  expect(await page.locator('.readings li[data-negated]').first().textContent()).toContain('Fracture');
  const cues = async (kind: string) =>
    page
      .locator(`.marked mark[data-cue=${kind}]`)
      .evaluateAll((marks) => marks.map((mark) => [mark.textContent, mark.getAttribute('title')]));
  expect(await cues('level')).toContainEqual(['L5-S1', expect.stringContaining('level L5-S1')]);
  expect(await cues('negation')).toContainEqual(['No', expect.stringContaining('denies')]);
  expect(await page.locator('.key').textContent()).toMatch(/Framed: a level.*Struck: words that deny/s);
  expect(await page.locator('.marked mark').count()).toBeGreaterThanOrEqual(2);
});

describe('bring your own', () => {
  test('a whole request is run as it stands', async () => {
    const { page } = await site.open('/');
    await ready(page);
    const request = await page.evaluate(async () => (await fetch('/sandbox/order-sign/unrelated')).text());
    await page.locator('#own > summary').click();
    await page.locator('#whole-request').fill(request);
    await page.locator('#own-request').getByRole('button').click();
    await page.getByText('No card: this order is not one the service reviews').waitFor();
    await page.getByText('the chart beside it is another patient’s').waitFor();
  });

  test('a request that is JSON and no request is refused by the service, and told so', async () => {
    const { page } = await site.open('/');
    await ready(page);
    for (const [text, words] of [
      ['[]', 'not JSON, or not an object'],
      ['null', 'not JSON, or not an object'],
      ['{"hook":"order-sign"}', 'The service answered 400'],
      ['{"hook":"order-sign","context":7,"prefetch":[]}', 'The service answered 400'],
    ] as const) {
      await page.locator('#own').evaluate((fold) => fold.setAttribute('open', ''));
      await page.locator('#whole-request').fill(text);
      await page.locator('#own-request').getByRole('button').click();
      await page.getByText(words).waitFor();
      await page.locator('#sign').click();
      await page.locator('article.card').first().waitFor();
    }
  });

  test('another FHIR server is not used without a patient of its own', async () => {
    const { page } = await site.open('/');
    await ready(page);
    await page.locator('#own > summary').click();
    await page.getByLabel('FHIR server base URL').fill(`${site.url}/sandbox/fhir`);
    await page.getByRole('button', { name: 'Use these' }).click();
    const patient = page.getByLabel('Patient id');
    expect(await patient.evaluate((one: HTMLInputElement) => one.validity.valueMissing)).toBe(true);
    expect(new URL(page.url()).search).toBe('');
  });

  test('text that is not JSON is told so', async () => {
    const { page } = await site.open('/');
    await ready(page);
    await page.locator('#own > summary').click();
    await page.locator('#whole-request').fill('{"hook":');
    await page.locator('#own-request').getByRole('button').click();
    await page.getByText('not JSON').waitFor();
    expect(await page.locator('.problem').textContent()).not.toContain('Try again');
  });

  test('another CDS service is asked for its own services and templates, and called', async () => {
    const { page } = await site.open(`/?cds=${encodeURIComponent(site.url)}`);
    const sent = page.waitForRequest('**/cds-services/sij-neurectomy-review');
    await sign(page);
    expect(Object.keys((await sent).postDataJSON().prefetch)).toContain('procedures');
    await page.locator('[data-decision=radiofrequency-first]').waitFor();
  });

  test('another CDS service that cannot be reached is told so', async () => {
    const { page } = await site.open('/?cds=http%3A%2F%2F127.0.0.1%3A9');
    const problem = page.locator('.problem');
    await problem.waitFor();
    expect(await problem.textContent()).toContain('http://127.0.0.1:9 does not answer');
    expect(await page.locator('#sign').isVisible()).toBe(false);
    expect(await page.locator('.exchange').count()).toBe(0);
  });

  test('another FHIR server that cannot be read is told so, also where the chart is folded; its data is not called synthetic', async () => {
    const viewport = { width: 360, height: 800 };
    const { page } = await site.open('/?fhir=http%3A%2F%2F127.0.0.1%3A9%2Ffhir&patient=1', { viewport });
    await page.getByText('The chart could not be read').and(page.locator(':visible')).waitFor();
    expect(await page.locator('.page-head').textContent()).not.toContain('Synthetic');
  });

  test('another FHIR server is read from the browser, and only its origin may be called', async () => {
    const fhir = encodeURIComponent(`${site.url}/sandbox/fhir`);
    const { page } = await site.open(`/?fhir=${fhir}&patient=rfa-failed-twice`);
    await sign(page);
    await page.locator('[data-decision=individual-review]').waitFor();
    const blocked = await page.evaluate(() =>
      fetch('https://elsewhere.example/').then(
        () => false,
        () => true,
      ),
    );
    expect(blocked).toBe(true);
  });
});
