import { openSite, sign } from './site.js';

test('feedback on the cards is stored, joined to what was said; a look at the evidence page is not', async () => {
  const site = await openSite();
  const { page } = await site.open('/');
  await sign(page);
  const [first, second] = await page.locator('article.card').all();
  await first?.locator('button.primary').click();
  await first?.getByText('Feedback received').waitFor();
  await second?.locator('.override summary').click();
  await second?.getByRole('radio').first().check();
  await second?.getByRole('button', { name: 'Override this card' }).click();
  await second?.getByText('Feedback received').waitFor();
  const launched = page.context().waitForEvent('page');
  await first?.locator('.links a').click();
  await (await launched).locator('.ladder').waitFor();

  const [decisions, feedback] = await site.close(
    'select orders from decision',
    'select f.outcome, c.topic from feedback f join card c on c.uuid = f.card order by f.outcome',
  );
  expect(decisions).toHaveLength(1);
  expect(feedback).toMatchObject([{ outcome: 'accepted' }, { outcome: 'overridden' }]);
});
