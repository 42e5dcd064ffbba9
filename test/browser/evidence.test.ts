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
      'Version 1.1.0',
      'Diagnostic blocks',
      '75 %',
      'contested',
      'Radiofrequency ablation comes first',
    ])
      expect(policy).toContain(words);
    expect(complaints).toEqual([]);
  });

  test('tells in each row the words that a card of that row can say, and no others', async () => {
    const { page } = await site.open('/evidence');
    const review = page.locator('.policy tr:has(th:text-is("Individual review")) td:last-child');
    await review.first().waitFor();
    const [neurectomyBefore, otherwise] = await review.allTextContents();
    expect(neurectomyBefore).toContain('neurectomy was done before');
    expect(neurectomyBefore).not.toContain('failed radiofrequency ablations');
    expect(otherwise).toContain('failed radiofrequency ablations');
    expect(otherwise).not.toContain('neurectomy was done before');
    const blocks = page.locator('.policy tr:has(th:text-is("Diagnostic blocks come first")) td:last-child');
    await blocks.locator('summary').click();
    const others = await blocks.locator('li').allTextContents();
    expect(others).toHaveLength(13);
    expect(others.filter((said) => said.includes('Red flags could not be looked for'))).toHaveLength(1);
    expect(others.filter((said) => said.includes('another injection'))).toHaveLength(1);
    const ablation = page.locator(
      '.policy tr:has(th:text-is("Radiofrequency ablation comes first")) td:last-child',
    );
    await ablation.locator('summary').click();
    const said = (await ablation.locator('li').allTextContents()).join('\n');
    expect(said).toMatch(/declined.*denied.*device.*pregnancy/su);
    expect(said).not.toContain('worked before');
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

  test('says of synthetic patients that they are nobody', async () => {
    const { page } = await site.open('/sandbox/smart/launch/article');
    await page.locator('.ladder').waitFor();
    expect(await page.locator('#synthetic').isVisible()).toBe(true);
  });
});
