import { openSite, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

describe('the evidence page', () => {
  test('explains the policy without a launch: criteria, thresholds, source, certainty, decisions', async () => {
    const { page, complaints } = await site.open('/evidence');
    await page.locator('.policy-table').waitFor();
    const policy = await page.locator('.policy').textContent();
    for (const words of [
      'Version 1.0.0',
      'Diagnostic blocks',
      '75 %',
      'contested',
      'Radiofrequency ablation comes first',
    ])
      expect(policy).toContain(words);
    expect(complaints).toEqual([]);
  });

  test('launched from an EHR with PKCE it shows the patient, and the token goes to the FHIR server alone', async () => {
    const { page, complaints } = await site.open('/evidence');
    await page.clock.setFixedTime('2026-03-20T12:00:00Z');
    const authorized: string[] = [];
    page.on('request', (request) => {
      if (request.headers()['authorization']) authorized.push(new URL(request.url()).pathname);
    });
    const exchanged = page.waitForRequest('**/sandbox/smart/token');
    await page.goto(`${site.url}/sandbox/smart/launch/rfa-failed-twice`);
    expect((await exchanged).postData()).toMatch(/code_verifier=[\w-]{43}(&|$)/);
    await page.locator('[data-decision=individual-review]').waitFor();
    for (const view of ['pathway', 'spine', 'timeline'])
      expect(await page.locator(`[data-view=${view}]`).isVisible()).toBe(true);
    expect(await page.locator('.cited .records li').count()).toBeGreaterThan(3);
    expect(authorized.length).toBeGreaterThan(0);
    expect(authorized.filter((path) => !path.startsWith('/sandbox/fhir/'))).toEqual([]);
    expect(new URL(page.url()).search).toBe('');
    expect(complaints).toEqual([]);
  });

  test('launched from a card it speaks of the order of the card, to the FHIR server with this browser’s changes', async () => {
    const { page } = await site.open('/?patient=one-sided');
    await sign(page);
    const decision = await page.locator('.why .decision').textContent();
    const launched = page.context().waitForEvent('page');
    await page.locator('article.card .links a').click();
    const evidence = await launched;
    await evidence.locator('.ladder').waitFor();
    expect(await evidence.locator('.decision').textContent()).toBe(decision);
    expect(await evidence.getByText('shows no draft of the order').count()).toBe(0);
    expect(await evidence.locator('#synthetic').isVisible()).toBe(true);
  });

  test('every record that is cited is shown', async () => {
    const { page } = await site.open('/?patient=article');
    const answered = page.waitForResponse('**/cds-services/sij-neurectomy-review');
    await sign(page);
    const { extension } = await (await answered).json();
    const cited = new Set(
      [...JSON.stringify(extension).matchAll(/"reference":"([^"]+)"/g)].map(([, one]) => one),
    );
    const launched = page.context().waitForEvent('page');
    await page.locator('article.card .links a').click();
    const evidence = await launched;
    await evidence.locator('.cited .records').first().waitFor();
    const shown = await evidence
      .locator('.cited [data-record]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('data-evidence')));
    expect(new Set(shown)).toEqual(new Set([...cited].map((one) => JSON.stringify([[one]]))));
  });

  test('stands alone: asks the FHIR server that is named', async () => {
    const { page } = await site.open('/evidence');
    await page.clock.setFixedTime('2026-03-20T12:00:00Z');
    await page.getByRole('button', { name: 'Open a patient' }).click();
    await page.locator('[data-decision=radiofrequency-first]').waitFor();
  });

  test('refuses an answer to a launch that this tab did not begin', async () => {
    const { page } = await site.open('/evidence?code=stolen&state=forged');
    await page.getByText('this launch was not begun in this tab').waitFor();
  });

  test('says of synthetic patients that they are nobody', async () => {
    const { page } = await site.open('/sandbox/smart/launch/article');
    await page.locator('.ladder').waitFor();
    expect(await page.locator('#synthetic').isVisible()).toBe(true);
  });
});
