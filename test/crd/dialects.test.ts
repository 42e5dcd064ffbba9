/** What a make of EHR takes of an answer holds with CRD on, too (ehr-shapes 3 and 4), as far as the guide leaves it open. */
import { bundle } from '../review/service.js';
import { EPIC_PATIENT } from '../ehr-shapes/epic-chart.js';
import { allRead, analystsPrefetch, EPIC_PATH, epicRequest, epicServer } from '../ehr-shapes/epic.js';
import { FhirSite } from '../ehr-shapes/fhir-site.js';
import { ORACLE_PATH, oracleRequest, oracleServer } from '../ehr-shapes/oracle.js';
import { reviewingFor, type Reviewed, type Reviewing } from '../ehr-shapes/reviewing.js';
import { faultsOf } from '../cds-hooks/schemas.js';
import { infernoChecks } from './inferno.js';
import { coverage, coverageInformationOf, VERSIONS, valuesOf } from './service.js';

let site: FhirSite;
let reviewing: Reviewing;
afterEach(async () => {
  await reviewing.close();
  await site.stop();
});

/** A call's answer, and the orders it was about. */
interface Answered {
  readonly answer: Reviewed;
  readonly draftOrders: readonly Readonly<Record<string, unknown>>[];
}

interface CallWithOrders {
  readonly context: { readonly patientId: string; readonly draftOrders: unknown };
}

async function answered(key: string, request: object, prefetch: object = {}): Promise<Answered> {
  const { context } = request as unknown as CallWithOrders;
  const beneficiary = { reference: `Patient/${context.patientId}` };
  const withCoverage = { ...prefetch, [key]: bundle(coverage({ beneficiary })) };
  const { entry = [] } = context.draftOrders as { entry?: readonly { resource: Record<string, unknown> }[] };
  const answer = await reviewing.review({ ...request, prefetch: withCoverage });
  return { answer, draftOrders: entry.map(({ resource }) => resource) };
}

describe.each(VERSIONS)('CRD %s', (version) => {
  const epic = async (): Promise<Answered> => {
    site = await FhirSite.start(epicServer, EPIC_PATH);
    const mappings = 'test/ehr-shapes/sites/epic';
    reviewing = reviewingFor({ fhirServer: site.base, dialect: 'epic', mappings, crd: version });
    return answered('insurance', epicRequest(site.base), {
      ...analystsPrefetch(site.base),
      ...allRead(site.base),
    });
  };

  test('Epic: one action per suggestion, any of them, the recommended one pre-selected', async () => {
    const { answer } = await epic();
    const choices = answer.cards.map(({ suggestions = [], selectionBehavior }) => {
      expect(suggestions.map(({ actions }) => actions?.length)).toEqual(suggestions.map(() => 1));
      expect(selectionBehavior).toBe(suggestions.length > 0 ? 'any' : undefined);
      return suggestions.map(({ isRecommended, actions: [action] = [] }) => [
        action?.description,
        isRecommended ?? false,
      ]);
    });
    expect(choices[0]).toEqual([
      ['Remove the neurectomy order (1 of 2)', true],
      ['Remove the neurectomy order (2 of 2)', true],
      ['Order cooled RFA of the bilateral S1-S3 lateral branches (64625)', true],
      ['Order a second diagnostic bilateral lateral branch block (64451)', false],
    ]);
  });

  test('Epic: an order is found by the code that the site maps', async () => {
    const { answer } = await epic();
    const [created] = answer.cards.flatMap(({ suggestions = [] }) =>
      suggestions.flatMap(({ actions = [] }) => actions.filter(({ type }) => type === 'create')),
    );
    expect(created).toMatchObject({
      resource: { code: { coding: [{ code: 'SIJRFA' }, { code: '64625' }] } },
    });
  });

  test('Epic: topics stay the guide’s own codes, and the answer passes its checks', async () => {
    const { answer, draftOrders } = await epic();
    expect(answer.cards[0]?.source.topic?.code).toBe('off-guideline');
    expect(faultsOf('response', answer)).toEqual([]);
    const { faults } = infernoChecks({ draftOrders, body: answer, version });
    // A removal in a suggestion of its own is Epic's form; to the guide it is of none of its kinds.
    expect(faults.filter((fault) => !fault.endsWith('is replaced by nothing of its type'))).toEqual([]);
  });

  test('Epic: prefetch under keys that its analysts named holds the coverage, and it is not asked for', async () => {
    const { answer } = await epic();
    expect(answer.systemActions?.length).toBeGreaterThan(0);
    expect(site.asked.filter((asked) => asked.startsWith('Coverage'))).toEqual([]);
    expect(site.asked).toContainEqual(expect.stringMatching(/^Questionnaire\?/));
    expect(JSON.stringify(site.asked)).not.toContain(`Coverage?patient=${EPIC_PATIENT}`);
  });

  test('Oracle: coverage information goes on an order that has a local code alone', async () => {
    site = await FhirSite.start(oracleServer(), ORACLE_PATH);
    const mappings = 'test/ehr-shapes/sites/oracle';
    reviewing = reviewingFor({ fhirServer: site.base, dialect: 'oracle', mappings, crd: version });
    const { answer } = await answered('coverage', oracleRequest(site.base));
    const { systemActions = [] } = answer;
    const informed = systemActions.flatMap((action) =>
      action.type === 'update' ? coverageInformationOf(action.resource) : [],
    );
    expect(informed.map((one) => valuesOf(one, 'covered'))).toEqual(informed.map(() => ['not-covered']));
    expect(informed.length).toBeGreaterThan(0);
  });
});
