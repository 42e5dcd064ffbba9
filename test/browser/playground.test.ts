import { openSite, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

const RFA =
  'Cooled RFA of the bilateral S1-S3 lateral branches is the missing step before neurectomy in this pathway';

interface Answer {
  readonly extension: {
    readonly 'stepwise-cds.evaluation': { readonly orders: { redFlagsOfDraft?: readonly string[] }[] };
  };
}

describe('the article’s patient, signed', () => {
  test('the cards are read as an EHR renders them: indicator, summary, table, suggestion, source', async () => {
    const { page, complaints } = await site.open('/');
    await page.locator('select[name=patient]').selectOption('article');
    await sign(page);
    const card = page.locator('article.card').first();
    expect(await card.locator('h3').first().textContent()).toBe(RFA);
    expect(await card.locator('.indicator').textContent()).toContain('Warning');
    expect(await card.locator('.detail tbody tr').count()).toBe(4);
    expect(await card.locator('button.primary').textContent()).toContain('recommended');
    expect(await card.locator('footer').textContent()).toContain('Stepwise CDS');
    expect(complaints).toEqual([]);
  });

  test('a red flag that only a draft without an id raises stands beside the others, without a source', async () => {
    const { page, complaints } = await site.open('/');
    await page.route('**/cds-services/sij-neurectomy-review', async (route) => {
      const response = await route.fetch();
      const body = (await response.json()) as Answer;
      for (const order of body.extension['stepwise-cds.evaluation'].orders)
        order.redFlagsOfDraft = ['infection'];
      await route.fulfill({ response, json: body });
    });
    await sign(page);
    const flag = page.locator('.asides details:has-text("Red flag: infection")');
    expect(await flag.count()).toBe(1);
    expect(await flag.locator('.sources').count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test('an accepted suggestion replaces the order and the service receives the feedback', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const sent = page.waitForResponse('**/feedback');
    await page.locator('article.card button.primary').first().click();
    const response = await sent;
    expect(response.status()).toBe(200);
    expect(response.request().postDataJSON()).toMatchObject({
      feedback: [
        { outcome: 'accepted', acceptedSuggestions: [{ id: expect.stringMatching(/^[\da-f-]{36}$/) }] },
      ],
    });
    await page.getByText('Feedback received by the service (200)').waitFor();
    expect(await page.locator('.order[data-fate=removed]').count()).toBe(2);
    expect(await page.locator('.order[data-fate=new]').textContent()).toContain('64625');
  });

  test('after that the new order is what is signed, and what if asks of the first one again', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('article.card button.primary').first().click();
    await page.getByText('Feedback received').waitFor();
    const sent = page.waitForRequest('**/cds-services/sij-neurectomy-review');
    await page.locator('#sign').click();
    const { context } = (await sent).postDataJSON();
    expect(JSON.stringify(context.draftOrders)).toContain('64625');
    expect(JSON.stringify(context.draftOrders)).not.toContain('64772');
    await page.getByText('No card: this order').waitFor();
    await page.locator('.what-if > summary').click();
    await page.locator('#set-relief button').click();
    await page.locator('.difference').waitFor();
    expect(await page.locator('.difference').textContent()).toContain('Radiofrequency ablation comes first');
    expect(await page.locator('.order[data-fate=new]').count()).toBe(0);
  });

  test('an override sends the chosen reason and the comment', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const card = page.locator('article.card').first();
    await card.locator('.override summary').click();
    await card.getByRole('button', { name: 'Override this card' }).click();
    expect(
      await card
        .getByRole('radio')
        .first()
        .evaluate((one: HTMLInputElement) => one.validity.valid),
    ).toBe(false);
    await card.getByLabel('Patient declines RFA').check();
    await card.getByLabel('Comment').fill('discussed twice');
    const sent = page.waitForResponse('**/feedback');
    await card.getByRole('button', { name: 'Override this card' }).click();
    const response = await sent;
    expect(response.status()).toBe(200);
    expect(response.request().postDataJSON()).toMatchObject({
      feedback: [
        {
          outcome: 'overridden',
          overrideReason: { reason: { code: 'rfa-declined' }, userComment: 'discussed twice' },
        },
      ],
    });
    expect(await card.locator('.given').textContent()).toContain('Overridden');
  });

  test('j and k walk through the cards', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const focused = () =>
      page.evaluate(() => [...document.querySelectorAll('article.card')].indexOf(document.activeElement!));
    await page.keyboard.press('j');
    expect(await focused()).toBe(0);
    await page.keyboard.press('j');
    expect(await focused()).toBe(1);
    await page.keyboard.press('k');
    expect(await focused()).toBe(0);
  });
});

describe('what if', () => {
  test('two ablations that failed lead to individual review, with the difference told; reset brings it back', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('.what-if > summary').click();
    const form = page.locator('#add-rfa');
    for (const date of ['2025-03-10', '2025-08-11']) {
      await form.locator('[name=date]').fill(date);
      await form.locator('[name=relief]').fill('20');
      await form.getByRole('button').click();
      await page.locator('.difference').waitFor();
      await page.locator('.records').getByText(date).first().waitFor();
      await page.locator('#sign:not([aria-disabled=true])').waitFor();
    }
    await page.locator('[data-decision=individual-review]').waitFor();
    expect(await page.locator('.difference').textContent()).toContain('Individual review');
    await page.locator('#reset').click();
    await page.locator('[data-decision=radiofrequency-first]').waitFor();
  });

  test('a block that relieved 50 % is no longer enough', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('.what-if > summary').click();
    await page.locator('#set-relief [name=procedure]').selectOption('article-lateral-branch-block');
    await page.locator('#set-relief').getByRole('button').click();
    await page.locator('[data-decision=diagnostic-blocks-first]').waitFor();
  });

  test('without the MRI, the card of other pain generators goes; nothing has to be signed before', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    await page.locator('.what-if > summary').click();
    await page.locator('#remove-record [name=record]').selectOption('article-mri-lumbar');
    await page.locator('#remove-record button').click();
    await page.locator('.difference').waitFor();
    expect(await page.locator('.difference').textContent()).toContain('Card 2');
  });

  test('the changes are told, and are still there when the page is loaded again', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('.what-if > summary').click();
    await page.locator('#add-rfa [name=date]').fill('2025-08-11');
    await page.locator('#add-rfa button').click();
    await page.locator('.difference').waitFor();
    await page.reload();
    await page.locator('.what-if > summary').click();
    expect(await page.locator('.changes li').allTextContents()).toEqual([
      'Cooled RFA 2025-08-11, bilateral, 20 % relief, added',
    ]);
    await page.locator('.records').getByText('2025-08-11').first().waitFor();
    await page.locator('#reset').click();
    await page.locator('.changes').waitFor({ state: 'detached' });
  });

  test('another browser does not see the change', async () => {
    const one = await site.open('/');
    await sign(one.page);
    await one.page.locator('.what-if > summary').click();
    await one.page.getByRole('button', { name: 'Remove Procedure/article-lateral-branch-block' }).click();
    await one.page.locator('[data-decision=diagnostic-blocks-first]').waitFor();
    const other = await site.open('/');
    await sign(other.page);
    await other.page.locator('[data-decision=radiofrequency-first]').waitFor();
  });
});
