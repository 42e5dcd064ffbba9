/** Request Form Completion (section 23): G-97, in both versions. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Fhir } from 'fhir';
import { loadCoverage } from '../../src/artifacts/coverage.js';
import { faultsOf } from '../cds-hooks/schemas.js';
import { bundle, draft, prefetched } from '../review/service.js';
import {
  coverage,
  crdOrderSign,
  crdService,
  SERVICE,
  siteRules,
  VERSIONS,
  type CrdAnswer,
  type CrdCard,
} from './service.js';
import { taskFaults } from './task-structure.js';

const URL_OF_FORM = 'https://health-plan.example/fhir/Questionnaire/acknowledgement-of-cost';
const questionnaire = {
  resourceType: 'Questionnaire',
  id: 'q',
  status: 'active',
  url: URL_OF_FORM,
  version: '1',
};
const IF_NONE_EXIST = `url=${URL_OF_FORM}&version=1`;

/** The EHR's FHIR server, and what it says to a search for forms. */
let server: Server;
let answer: { readonly status: number; readonly body: unknown };
let asked: URL[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '', 'http://ehr.example'));
    response.writeHead(answer.status, { 'content-type': 'application/fhir+json' });
    response.end(JSON.stringify(answer.body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
beforeEach(() => {
  answer = { status: 200, body: bundle() };
  asked = [];
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const fhirServer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;

const typesOf = (card: CrdCard | undefined) =>
  card?.suggestions?.[0]?.actions.map(({ resource }) => (resource as { resourceType: string }).resourceType);
const created = (card: CrdCard | undefined, type: string) =>
  card?.suggestions
    ?.flatMap(({ actions }) => actions)
    .find(({ resource }) => (resource as { resourceType: string }).resourceType === type);
const isForm = ({ suggestions = [] }: CrdCard) =>
  suggestions.some(({ actions }) =>
    actions.some(
      ({ resource }) => (resource as { resourceType?: string } | undefined)?.resourceType === 'Task',
    ),
  );

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const cardsOf = async (request: unknown): Promise<readonly CrdCard[]> => {
    const { body } = await service.post(request).expect(200);
    expect(faultsOf('response', body)).toEqual([]);
    return (body as CrdAnswer).cards;
  };
  const formCardOf = async (request: unknown) => (await cardsOf(request)).find(isForm);
  const fromEhr = (part: object = {}) =>
    crdOrderSign([draft()], [coverage()], { fhirServer: fhirServer(), ...part });

  test('G-97, dev-20: the EHR is asked for that version of the form, once, before any is sent', async () => {
    await cardsOf(fromEhr());
    expect(asked.map(({ pathname, searchParams }) => [pathname, Object.fromEntries(searchParams)])).toEqual([
      ['/fhir/Questionnaire', { url: URL_OF_FORM, version: '1' }],
    ]);
  });

  test('G-97, dev-19: the form it lacks is created, unless it is there by then, with the task', async () => {
    const card = await formCardOf(fromEhr());
    expect(typesOf(card)).toEqual(['Questionnaire', 'Task']);
    const action = created(card, 'Questionnaire');
    expect(action).toMatchObject({
      type: 'create',
      extension: { 'davinci-crd.if-none-exist': IF_NONE_EXIST },
      resource: { url: URL_OF_FORM, version: '1' },
    });
  });

  test.each([
    ['has it', { status: 200, body: bundle(questionnaire) }],
    ['may not show it', { status: 403, body: {} }],
    ['fails', { status: 500, body: {} }],
    ['has no forms at all', { status: 404, body: {} }],
    ['answers with something else', { status: 200, body: { resourceType: 'OperationOutcome', issue: [] } }],
  ])('G-97: where the EHR %s, the task alone', async (_name, said) => {
    answer = said;
    expect(typesOf(await formCardOf(fromEhr()))).toEqual(['Task']);
  });

  test.each([
    ['another version', { ...questionnaire, version: '2' }],
    ['another form', { ...questionnaire, url: `${URL_OF_FORM}-2` }],
  ])('G-97: %s is not the one: servers ignore what they cannot search by', async (_name, other) => {
    answer = { status: 200, body: bundle(other) };
    expect(typesOf(await formCardOf(fromEhr()))).toEqual(['Questionnaire', 'Task']);
  });

  test('G-97, CX-7: without a FHIR server to ask, or with one not to be asked, the task alone', async () => {
    expect(typesOf(await formCardOf(crdOrderSign()))).toEqual(['Task']);
    const elsewhere = fromEhr({ fhirServer: 'https://elsewhere.example/fhir' });
    expect(typesOf(await formCardOf(elsewhere))).toEqual(['Task']);
  });

  test('PF-3: a form that came along is not asked for', async () => {
    const prefetch = prefetched({ coverage: bundle(coverage()), forms: bundle(questionnaire) });
    expect(typesOf(await formCardOf(fromEhr({ prefetch })))).toEqual(['Task']);
    expect(asked).toEqual([]);
  });

  test('G-97: the task is one of the profile, for the patient, the order and the payer of the call', async () => {
    const request = fromEhr();
    const card = await formCardOf({ ...request, context: { ...request.context, encounterId: 'enc-1' } });
    const task = created(card, 'Task')?.['resource'];
    expect(taskFaults(task as never, version)).toEqual([]);
    expect(task).toMatchObject({
      basedOn: [{ reference: 'ServiceRequest/draft-1' }],
      for: { reference: 'Patient/p1' },
      encounter: { reference: 'Encounter/enc-1' },
      authoredOn: '2026-03-20',
      requester: { identifier: { value: '99001' }, display: 'Example Health Plan' },
      input: expect.arrayContaining([expect.objectContaining({ valueCanonical: `${URL_OF_FORM}|1` })]),
    });
    expect(card?.source).toMatchObject({ label: 'Example Health Plan', topic: { code: 'claim' } });
  });

  test('the payer is asked by, as the EHR refers to it, where its Coverage does', async () => {
    const organization = {
      ...{ resourceType: 'Organization', id: 'payer' },
      identifier: [{ system: 'urn:oid:2.16.840.1.113883.6.300', value: '99001' }],
    };
    const referred = coverage({ payor: [{ reference: 'Organization/payer' }] });
    const prefetch = prefetched({ coverage: bundle(referred, organization) });
    const task = created(await formCardOf(fromEhr({ prefetch })), 'Task')?.['resource'];
    expect(task).toMatchObject({ requester: { reference: 'Organization/payer' } });
  });

  test('CTX-9: a payer on another server is asked by its number, not by a name that means someone else here', async () => {
    const reference = 'https://elsewhere.example/fhir/Organization/payer';
    const identifier = { system: 'urn:oid:2.16.840.1.113883.6.300', value: '99001' };
    const prefetch = prefetched({ coverage: bundle(coverage({ payor: [{ reference, identifier }] })) });
    const task = created(await formCardOf(fromEhr({ prefetch })), 'Task')?.['resource'];
    expect(task).toMatchObject({ requester: { identifier: { value: '99001' } } });
    expect(task).not.toHaveProperty('requester.reference');
  });

  test('Task and Questionnaire are FHIR R4', async () => {
    const actions = (await formCardOf(fromEhr()))?.suggestions?.flatMap((one) => one.actions) ?? [];
    expect(actions).toHaveLength(2);
    // That a code is not of an example value set is a warning.
    const faults = actions.flatMap(({ resource }) =>
      new Fhir()
        .validate(resource as object)
        .messages.filter(({ severity }) => String(severity) !== 'warning'),
    );
    expect(faults).toEqual([]);
  });

  test('resp-62: the card has one suggestion, of create actions alone, and no link', async () => {
    const card = await formCardOf(fromEhr());
    expect(card).not.toHaveProperty('links');
    expect(card?.suggestions).toHaveLength(1);
    for (const { type, resourceId } of card?.suggestions?.[0]?.actions ?? [])
      expect([type, resourceId]).toEqual(['create', undefined]);
  });

  test('MIN-6: whoever is still choosing is asked for no form, and the EHR for none either', async () => {
    const request = fromEhr({ hook: 'order-select' });
    const context = { ...request.context, selections: ['ServiceRequest/draft-1'] };
    expect(await formCardOf({ ...request, context })).toBeUndefined();
    expect(asked).toEqual([]);
  });

  test('CX-4: of a topic nobody wants, nothing is asked for', async () => {
    const extension = { 'davinci-crd.configuration': { claim: false } };
    expect(await formCardOf(fromEhr({ extension }))).toBeUndefined();
    expect(asked).toEqual([]);
  });
});

describe('forms are checked at the start', () => {
  const load = (part: object) =>
    loadCoverage('hooks', {
      served: [SERVICE],
      concepts: new Set(['sacral-lateral-branch-rfa']),
      decisions: new Set(['indication-unclear']),
      siteFile: siteRules((rules) =>
        rules.map((rule, index) => (index === 0 ? { ...rule, default: { ...rule.default, ...part } } : rule)),
      ),
    });
  const forDtr = (url: string) => ({
    determinations: [
      {
        ...{ covered: 'covered', paNeeded: 'auth-needed', docNeeded: ['clinical'] },
        questionnaires: [`${url}|1`],
      },
    ],
  });

  test.each([
    ['a form nobody has described', { form: 'nothing' }, /there is no form of that name/],
    ['a name that every object has', { form: 'constructor' }, /there is no form of that name/],
    ['resp-59: a task for a form that DTR is to be used for', forDtr(URL_OF_FORM), /resp-59/],
  ])('%s', (_name, part, message) => {
    expect(() => load(part)).toThrow(message);
  });

  test('another form than that of DTR may be asked for beside it', () => {
    expect(load(forDtr('https://health-plan.example/fhir/Questionnaire/other'))).toHaveProperty([SERVICE]);
  });
});
