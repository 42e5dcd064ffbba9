/** Epic: shapes of charts and prefetch (ehr-shapes 1 to 5), and what it takes of an answer (ehr-shapes 4). */
import { emptiesIn, faultsOf } from '../cds-hooks/schemas.js';
import { EXPECTED, gistOf } from './article.js';
import { allRead, analystsPrefetch, EPIC_PATH, epicRequest, epicServer } from './epic.js';
import { EPIC_PATIENT } from './epic-chart.js';
import { FhirSite, type Make } from './fhir-site.js';
import { reviewingFor, type Reviewing } from './reviewing.js';

let epic: FhirSite;
let reviewing: Reviewing;
const start = async (
  make: Make = epicServer,
  mappings: string | undefined = 'test/ehr-shapes/sites/epic',
) => {
  epic = await FhirSite.start(make, EPIC_PATH);
  reviewing = reviewingFor({ fhirServer: epic.base, dialect: 'epic', ...(mappings && { mappings }) });
};
afterEach(async () => {
  await reviewing.close();
  await epic.stop();
});

const reviewPrefetched = (changes: object = {}) =>
  reviewing.review({ ...epicRequest(epic.base), prefetch: { ...analystsPrefetch(epic.base), ...changes } });

describe('the article’s patient in the shape of Epic', () => {
  test('prefetch typed in by analysts: the same decision, steps, generators and conflicts', async () => {
    await start();
    const answer = await reviewPrefetched();
    expect(gistOf(answer)).toEqual(gistOf(EXPECTED));
    // What was typed in is not searched again; an empty search (4101) was an answer.
    const searched = epic.asked
      .filter((asked) => !/^(?:Binary|metadata)/.test(asked))
      .map((asked) => asked.split('?')[0]);
    expect([...new Set(searched)].sort()).toEqual(['DocumentReference', 'Observation']);
  });

  test('59204 among the conditions: they are said to be partly unread, and nothing more', async () => {
    await start();
    const { cards, extension } = await reviewPrefetched();
    const states = extension['stepwise-cds.evaluation'].data.map(({ kind, state }) => [kind, state]);
    expect(Object.fromEntries(states)).toMatchObject({
      conditions: 'partial',
      procedures: 'complete',
      diagnosticReports: 'complete',
      serviceRequests: 'complete',
    });
    expect(cards[0]?.detail).toMatch(/Could not be read whole:.*problem list/);
  });

  test('conclusionCode is the reason for the exam: no red flag of cauda equina', async () => {
    await start();
    const [order] = (await reviewPrefetched()).extension['stepwise-cds.evaluation'].orders;
    expect(order?.redFlags ?? []).toEqual([]);
    expect(order?.decision).not.toBe('urgent-evaluation');
  });

  test('the words of Narrative and Impression come from relative Binary urls, with the token; the document is left', async () => {
    await start();
    await reviewPrefetched();
    const binaries = epic.asked.filter((asked) => asked.startsWith('Binary/'));
    expect(binaries.some((asked) => asked.endsWith('N'))).toBe(true);
    expect(binaries.some((asked) => asked.endsWith('I'))).toBe(true);
    expect(binaries.some((asked) => asked.endsWith('D'))).toBe(false);
    expect([...epic.authorizations]).toEqual(['Bearer SECRET-ACCESS-TOKEN']);
  });

  test('Binary not authorised: the report is unread, and its findings are not denied', async () => {
    await start((asked) => (asked.path[0] === 'Binary' ? { status: 403, body: '' } : epicServer(asked)));
    const { extension } = await reviewPrefetched();
    const [order] = extension['stepwise-cds.evaluation'].orders;
    expect(order?.notes?.map(({ id }) => id)).toContain('report-unreadable');
    expect(order?.decision).not.toBe('individual-review');
  });

  test('nothing prefetched: category is given where it is demanded, and the decision does not change', async () => {
    await start();
    const answer = await reviewing.review(epicRequest(epic.base));
    expect(epic.asked).toContain(
      `DiagnosticReport?patient=${EPIC_PATIENT}&category=http://loinc.org|LP29684-5`,
    );
    const { decision, generators } = gistOf(answer);
    expect({ decision, generators }).toEqual({
      decision: gistOf(EXPECTED).decision,
      generators: gistOf(EXPECTED).generators,
    });
  });

  test('the answer is the same, but for the uuids, when it is asked again', async () => {
    await start();
    const again = async () => gistOf(await reviewPrefetched());
    expect(await again()).toEqual(await again());
  });
});

describe('what Epic takes of an answer', () => {
  test('one action per suggestion, selectionBehavior any, each action in words of its own', async () => {
    await start();
    const { cards } = await reviewPrefetched();
    for (const { suggestions = [], selectionBehavior } of cards) {
      expect(suggestions.map(({ actions }) => actions?.length)).toEqual(suggestions.map(() => 1));
      expect(selectionBehavior).toBe(suggestions.length > 0 ? 'any' : undefined);
      const descriptions = suggestions.map(({ actions }) => actions?.[0]?.description);
      expect(new Set(descriptions).size).toBe(descriptions.length);
    }
  });

  test('what was recommended is pre-selected action by action, the shared removal once', async () => {
    await start();
    const { cards } = await reviewPrefetched(allRead(epic.base));
    const choices = cards[0]?.suggestions?.map(({ isRecommended, actions: [action] = [] }) => [
      action?.description,
      isRecommended ?? false,
    ]);
    expect(choices).toEqual([
      ['Remove the neurectomy order (1 of 2)', true],
      ['Remove the neurectomy order (2 of 2)', true],
      ['Order cooled RFA of the bilateral S1-S3 lateral branches (64625)', true],
      ['Order a second diagnostic bilateral lateral branch block (64451)', false],
    ]);
  });

  test('an order is found by the code that the site maps; CPT stands behind it', async () => {
    await start();
    const { cards } = await reviewPrefetched();
    const created = cards.flatMap(({ suggestions = [] }) =>
      suggestions.flatMap(({ actions = [] }) =>
        actions.flatMap((action) => (action.type === 'create' ? [action.resource['code']] : [])),
      ),
    );
    const preference = 'urn:com.epic.cdshooks.action.code.system.preference-list-item';
    const orderSet = 'urn:com.epic.cdshooks.action.code.system.orderset-item';
    const cpt = 'http://www.ama-assn.org/go/cpt';
    expect(created).toMatchObject([
      {
        coding: [
          { system: preference, code: 'SIJRFA' },
          { system: cpt, code: '64625' },
        ],
      },
      {
        coding: [
          { system: preference, code: 'SIJLBB' },
          { system: cpt, code: '64451' },
        ],
      },
      { coding: [{ system: orderSet, code: 'OSSPINE' }] },
    ]);
  });

  test('a site that has mapped nothing: the orders stay, nothing is pre-selected, and the start warns', async () => {
    await start(epicServer, '');
    const { cards } = await reviewPrefetched(allRead(epic.base));
    const suggestions = cards.flatMap(({ suggestions: some = [] }) => some);
    expect(suggestions.length).toBeGreaterThan(2);
    expect(suggestions.filter(({ isRecommended }) => isRecommended)).toEqual([]);
    expect(reviewing.lines()).toContainEqual(
      expect.objectContaining({ level: 'warn', event: 'client.orders-unmapped', count: 8 }),
    );
  });

  test('topic codes are letters and digits, at most 100, the same from call to call', async () => {
    await start();
    const codes = async () => (await reviewPrefetched()).cards.map(({ source }) => source.topic?.code);
    const first = await codes();
    expect(first).toEqual([
      'sijneurectomyreviewradiofrequencyfirst',
      'sijneurectomyreviewotherpaingenerators',
      'sijneurectomyreviewwhatdoesnotlineup',
    ]);
    expect(await codes()).toEqual(first);
  });

  test('the answer keeps the rules of CDS Hooks', async () => {
    await start();
    const answer = await reviewPrefetched();
    expect(faultsOf('response', answer)).toEqual([]);
    expect(emptiesIn(answer)).toEqual([]);
  });
});
