import { openSite, type Site } from './site.js';

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
