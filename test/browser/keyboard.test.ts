/** The pages by keyboard, for who moves less, on paper, and with more than fits. */
import type { Page } from 'playwright-core';
import { openSite, sign, type Site } from './site.js';

let site: Site;
beforeAll(async () => {
  site = await openSite();
});
afterAll(async () => {
  await site.close();
});

/** What has the focus, by its id, name or class, whichever is first. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    return at?.id || at?.getAttribute('name') || at?.className || at?.tagName || '';
  });
}

interface Stop {
  readonly name: string;
  readonly isOutlined: boolean;
  /** Whether it stands before the stop that came before it. */
  readonly isBehind: boolean;
}

/** Every stop of Tab, until the focus leaves the page. */
async function walk(page: Page): Promise<readonly Stop[]> {
  const stops: Stop[] = [];
  await page.evaluate(() => {
    Reflect.set(globalThis, 'lastStop', document.body);
  });
  for (let step = 0; step < 400; step += 1) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate((): Stop | undefined => {
      const at = document.activeElement;
      if (!at || at === document.body) return undefined;
      const last = Reflect.get(globalThis, 'lastStop') as Element;
      Reflect.set(globalThis, 'lastStop', at);
      const { outlineStyle, outlineWidth } = getComputedStyle(at);
      return {
        name: at.id || (at.getAttribute('name') ?? at.getAttribute('class') ?? at.tagName),
        isOutlined: outlineStyle !== 'none' && outlineWidth !== '0px',
        isBehind: (last.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_PRECEDING) !== 0,
      };
    });
    if (!stop) return stops;
    stops.push(stop);
  }
  throw new Error('Tab does not leave the page');
}

describe('by keyboard', () => {
  test('Tab goes from the patient over the chart to the order, and Enter signs it', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    const walked: string[] = [];
    for (let step = 0; step < 200 && walked.at(-1) !== 'sign'; step += 1) {
      await page.keyboard.press('Tab');
      walked.push(await focused(page));
    }
    const order = ['patient', 'prefetch', 'fault', 'sign'].map((name) => walked.indexOf(name));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    await page.keyboard.press('Enter');
    await page.locator('article.card').first().waitFor();
    expect(await focused(page)).toBe('sign');
  });

  test('what has the focus is outlined', async () => {
    const { page } = await site.open('/');
    await sign(page);
    for (const one of ['#sign', '#tab-pathway', '.records li', '.override summary', '.links a']) {
      await page.locator('body').press('Shift');
      await page.locator(one).first().focus();
      const width = await page
        .locator(one)
        .first()
        .evaluate((at) => getComputedStyle(at).outlineWidth);
      expect([one, width]).toEqual([one, '3px']);
    }
  });

  test('Tab goes through the whole page, forward only, with an outline at every stop, and out of it', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.evaluate(() => {
      for (const fold of document.querySelectorAll('main details')) fold.setAttribute('open', '');
    });
    await page.locator('a').first().focus();
    const stops = await walk(page);
    expect(stops.length).toBeGreaterThan(60);
    expect(stops.filter(({ isOutlined }) => !isOutlined).map(({ name }) => name)).toEqual([]);
    expect(stops.filter(({ isBehind }) => isBehind).map(({ name }) => name)).toEqual([]);
    const names = stops.map(({ name }) => name);
    for (const name of ['patient', 'sign', 'tab-pathway', 'report', 'cds', 'whole-request'])
      expect(names).toContain(name);
  });

  test('what came back is said: the cards by their headlines, and a failure', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    expect(await page.locator('.told').textContent()).toBe('');
    await sign(page);
    const said = await page.locator('.told[role=status]').textContent();
    expect(said).toMatch(/^3 cards\. Warning: Cooled RFA .* Information: What does not line up/);
    await page.locator('select[name=patient]').selectOption('unrelated');
    await page.getByText('intercostal nerve').first().waitFor();
    await sign(page);
    expect(await page.locator('.told').textContent()).toBe('No card.');
  });

  test('the arrows walk the tabs, and only the chosen one is in the way of Tab', async () => {
    const { page } = await site.open('/');
    await sign(page);
    await page.locator('#tab-pathway').focus();
    const walked: string[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
      await page.keyboard.press(key);
      walked.push(await focused(page));
    }
    expect(walked).toEqual([
      ...['tab-spine', 'tab-timeline', 'tab-pathway', 'tab-timeline', 'tab-pathway', 'tab-timeline'],
    ]);
    expect(await page.locator('[role=tab][tabindex="0"]').count()).toBe(1);
  });

  test('Escape closes the override and goes back to its button; what was sent takes the focus', async () => {
    const { page } = await site.open('/');
    await sign(page);
    const override = page.locator('.override').first();
    await override.locator('summary').focus();
    await page.keyboard.press('Enter');
    await override.getByLabel('Comment').focus();
    await page.keyboard.press('Escape');
    expect(await override.getAttribute('open')).toBeNull();
    expect(await page.evaluate(() => document.activeElement?.parentElement?.className)).toBe('override');
    await page.keyboard.press('Enter');
    await override.getByRole('radio').first().focus();
    await page.keyboard.press('Space');
    await override.getByRole('button').focus();
    await page.keyboard.press('Enter');
    await page.locator('.given:focus').waitFor();
  });

  test('a link to a tool opens it', async () => {
    const { page } = await site.open('/');
    await page.locator('.order').first().waitFor();
    await page.getByRole('link', { name: 'Report reader' }).press('Enter');
    await page.locator('#report-reader[open]').waitFor();
  });
});

test('nothing moves for who asks for less motion', async () => {
  const { page } = await site.open('/', { reducedMotion: 'reduce' });
  await sign(page);
  const moving = await page.evaluate(
    () =>
      [...document.querySelectorAll('*')].filter((one) => {
        const { transitionDuration, animationName } = getComputedStyle(one);
        return !/^0s/.test(transitionDuration) || animationName !== 'none';
      }).length,
  );
  expect(moving).toBe(0);
});

test('on paper: the patient and everything that is folded on the screen, without what is only pressed', async () => {
  const { page } = await site.open('/sandbox/smart/launch/article');
  await page.locator('.ladder').waitFor();
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('nav').isVisible()).toBe(false);
  expect(await page.locator('#patient-heading').isVisible()).toBe(true);
  expect(await page.locator('.not-counted .source').first().isVisible()).toBe(true);
  expect(await page.locator('.policies').isVisible()).toBe(false);
});

describe('more than fits', () => {
  const LEVELS = ['L1-L2', 'L2-L3', 'L3-L4', 'L4-L5', 'L5-S1'];
  const KINDS = [
    ...[
      'severe left foraminal stenosis',
      'severe right foraminal stenosis',
      'moderate central canal stenosis',
    ],
    ...[
      'severe bilateral facet arthropathy',
      'left paracentral disc extrusion',
      'right nerve root compression',
    ],
    ...['grade 1 anterolisthesis', 'Modic type 1 endplate changes'],
  ];
  const LONG = 'Bartholomew-Maximiliana'.repeat(4);

  /** Puts a report of 40 findings and a patient of a long name into this browser's own chart. */
  async function crowd(page: Page): Promise<void> {
    await page.locator('.order').first().waitFor();
    const conclusion = LEVELS.flatMap((level) => KINDS.map((kind) => `${level}: ${kind}.`)).join('\n');
    await page.evaluate(
      async ([text, family]) => {
        const base = `/sandbox/fhir/s/${sessionStorage.getItem('sandbox-session') ?? ''}`;
        for (const [path, change] of [
          ['Patient/article', { name: [{ family, given: [family] }] }],
          ['DiagnosticReport/article-mri-lumbar', { conclusion: text, presentedForm: [] }],
        ] as const) {
          const resource = await (await fetch(`/sandbox/fhir/${path}`)).json();
          const headers = { 'content-type': 'application/fhir+json' };
          const body = JSON.stringify({ ...resource, ...change });
          await fetch(`${base}/${path}`, { method: 'PUT', headers, body });
        }
        sessionStorage.setItem('sandbox-changes', '["crowded"]');
      },
      [conclusion, LONG] as const,
    );
    await page.reload();
    await sign(page);
  }

  test.each([360, 768, 1440])('40 findings and a long name stay within %d px', async (width) => {
    const { page } = await site.open('/', { viewport: { width, height: 900 } });
    await crowd(page);
    for (const view of ['spine', 'timeline', 'pathway']) {
      await page.locator(`#tab-${view}`).click();
      if (view === 'spine') await page.locator('.findings li').nth(29).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    }
  });

  test('an empty chart is told as such, on every view', async () => {
    const { page } = await site.open('/?patient=empty-chart');
    await sign(page);
    await page.locator('#tab-spine').click();
    await page.getByText('No finding was read').waitFor();
    await page.locator('#tab-timeline').click();
    await page.locator('.empty-lane').nth(3).waitFor();
  });
});
