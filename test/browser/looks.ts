/** States of the pages that are worth a picture, and how a person gets there. */
import type { Page } from 'playwright-core';
import { OPERATOR_TOKEN, ready, sign } from './site.js';

export interface Look {
  readonly name: string;
  readonly path: string;
  /** Ends when the state is there. */
  readonly steps: (page: Page) => Promise<unknown>;
  /** The whole page, not what a window shows of it. */
  readonly whole?: boolean;
  readonly httpCredentials?: { readonly username: string; readonly password: string };
}

const operator = { httpCredentials: { username: 'operator', password: OPERATOR_TOKEN } };
const NOBODY = 'http%3A%2F%2F127.0.0.1%3A9';

/** Every page, in every state that looks otherwise. */
export const LOOKS: readonly Look[] = [
  { name: 'operator-empty', path: '/operator', steps: reported, ...operator },
  { name: 'ready', path: '/', steps: ready },
  { name: 'cards', path: '/', steps: sign, whole: true },
  { name: 'pointed', path: '/', steps: pointed },
  { name: 'override', path: '/', steps: overriding },
  { name: 'overridden', path: '/', steps: overridden },
  { name: 'spine', path: '/', steps: withView('spine') },
  { name: 'timeline', path: '/', steps: withView('timeline') },
  { name: 'one-sided', path: '/?patient=one-sided', steps: withView('spine') },
  { name: 'failed-twice', path: '/?patient=rfa-failed-twice', steps: withView('timeline') },
  { name: 'what-if', path: '/', steps: changed },
  { name: 'whatif-forms', path: '/', steps: openWhatIf },
  { name: 'report', path: '/', steps: report },
  { name: 'exchange', path: '/', steps: exchanged },
  { name: 'folds', path: '/', steps: openFolds, whole: true },
  { name: 'accepted', path: '/', steps: accepted },
  { name: 'failed', path: '/', steps: failed },
  { name: 'partial', path: '/', steps: partly },
  { name: 'hostile', path: '/?patient=hostile', steps: sign, whole: true },
  { name: 'empty-chart', path: '/?patient=empty-chart', steps: sign, whole: true },
  { name: 'unrelated', path: '/?patient=unrelated', steps: sign },
  { name: 'own-server', path: `/?fhir=${NOBODY}%2Ffhir&patient=1`, steps: unreachable },
  { name: 'own-service', path: `/?cds=${NOBODY}`, steps: unreachable },
  { name: 'refused', path: '/sandbox/smart/launch/article?consent=refused', steps: told },
  { name: 'ended', path: '/sandbox/smart/launch/article?fault=unauthorized', steps: told },
  { name: 'policy', path: '/evidence', steps: explained, whole: true },
  { name: 'evidence', path: '/', steps: fromCard, whole: true },
  { name: 'operator', path: '/operator', steps: reported, whole: true, ...operator },
];

/** A view beside the cards, in sight also where it stands below them. */
export function withView(view: 'spine' | 'timeline'): (page: Page) => Promise<void> {
  return async (page) => {
    await sign(page);
    await page.locator(`#tab-${view}`).click();
    await showWhy(page);
  };
}

async function showWhy(page: Page): Promise<void> {
  if ((page.viewportSize()?.width ?? 0) < 1200) await page.locator('.column.why').scrollIntoViewIfNeeded();
}

/** The row of the blocks has the focus: its words are lit wherever they are. */
async function pointed(page: Page): Promise<void> {
  await sign(page);
  await focus(page, '.detail tr[data-evidence] >> nth=1');
}

/** A finding of the spine has the focus: its words are lit in the report. */
export async function found(page: Page): Promise<void> {
  await withView('spine')(page);
  await focus(page, '.finding[data-status=unaddressed] >> nth=0');
}

async function focus(page: Page, selector: string): Promise<void> {
  await page.locator(selector).evaluate((one: HTMLElement) => {
    one.focus({ preventScroll: true });
  });
}

async function changed(page: Page): Promise<void> {
  await sign(page);
  await openWhatIf(page);
  await page.locator('#set-relief [name=procedure]').selectOption('article-lateral-branch-block');
  await page.locator('#set-relief button').click();
  await page.locator('.difference').waitFor();
  await page.locator('.difference').scrollIntoViewIfNeeded();
}

async function openWhatIf(page: Page): Promise<void> {
  await ready(page);
  await page.locator('#chart').evaluate((chart) => chart.setAttribute('open', ''));
  await page.locator('.what-if > summary').click();
  await page.locator('.what-if').scrollIntoViewIfNeeded();
}

async function report(page: Page): Promise<void> {
  await ready(page);
  await page.locator('#report-reader > summary').click();
  await page.locator('#report-reader button').click();
  await page.locator('.readings').waitFor();
  await page.locator('#report-reader').scrollIntoViewIfNeeded();
}

async function exchanged(page: Page): Promise<void> {
  await sign(page);
  for (const part of await page.locator('.exchange-part > summary').all()) await part.click();
  await page.locator('#own > summary').click();
  await page.locator('.exchange').scrollIntoViewIfNeeded();
}

async function openFolds(page: Page): Promise<void> {
  await sign(page);
  await page.evaluate(() => {
    for (const fold of document.querySelectorAll('main details')) fold.setAttribute('open', '');
  });
  await page.locator('.json-box').first().waitFor();
}

async function failed(page: Page): Promise<void> {
  await ready(page);
  await page.locator('select[name=prefetch]').selectOption('none');
  await page.locator('select[name=fault]').selectOption('hang');
  await sign(page);
}

async function partly(page: Page): Promise<void> {
  await ready(page);
  await page.locator('select[name=prefetch]').selectOption('error');
  await sign(page);
  await page.locator('.unread').waitFor();
  await showWhy(page);
}

async function overriding(page: Page): Promise<void> {
  await sign(page);
  await page.locator('.override summary').first().click();
  await page.locator('.override form').first().scrollIntoViewIfNeeded();
}

async function overridden(page: Page): Promise<void> {
  await overriding(page);
  await page.locator('.override [type=radio]').first().check();
  await page.getByRole('button', { name: 'Override this card' }).first().click();
  await answered(page);
}

async function accepted(page: Page): Promise<void> {
  await sign(page);
  await page.locator('article.card button.primary').first().click();
  await answered(page);
}

async function answered(page: Page): Promise<void> {
  await page.getByText('Feedback received').waitFor();
  await page.locator('.given').scrollIntoViewIfNeeded();
}

async function unreachable(page: Page): Promise<void> {
  await page.locator(':is(.missing, .problem):visible').first().waitFor();
}

async function told(page: Page): Promise<void> {
  await page.getByRole('alert').first().waitFor();
}

async function explained(page: Page): Promise<void> {
  await page.locator('.policy-table').first().waitFor();
}

async function reported(page: Page): Promise<void> {
  await page.locator('.figures').waitFor();
}

/** The evidence page, launched from the card as an EHR does. */
export async function fromCard(page: Page): Promise<void> {
  await sign(page);
  await page.goto((await page.locator('article.card .links a').getAttribute('href')) ?? '');
  await page.locator('.ladder').waitFor();
}
