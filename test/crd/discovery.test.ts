/** Version and configuration (section 20): G-82, G-83, G-84. */
import supertest from 'supertest';
import { faultsOf } from '../cds-hooks/schemas.js';
import { draft } from '../review/service.js';
import { crdOrderSign, crdService, rfa, VERSIONS, type CrdAnswer } from './service.js';

interface Option {
  readonly code: string;
  readonly type: string;
  readonly name: string;
  readonly description: string;
  readonly default: unknown;
}

interface Entry {
  readonly hook: string;
  readonly prefetch: Readonly<Record<string, string>>;
  readonly extension: {
    readonly 'davinci-crd.version': readonly string[];
    readonly 'davinci-crd.configuration-options': readonly Option[];
  };
}

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);
  const declared = version === '2.2' ? '2.2' : '2.0';
  const entries = async (): Promise<readonly Entry[]> => {
    const { body } = await supertest(service.app).get('/cds-services').expect(200);
    expect(faultsOf('discovery', body)).toEqual([]);
    return (body as { services: readonly Entry[] }).services;
  };
  const withExtension = (extension: object, orders: readonly object[] = [draft(), rfa()]) => ({
    ...crdOrderSign(orders),
    extension,
  });
  const configured = async (configuration: object): Promise<CrdAnswer> => {
    const { body } = await service
      .post(withExtension({ 'davinci-crd.configuration': configuration }))
      .expect(200);
    return body as CrdAnswer;
  };

  test('G-83, MIN-8: each hook declares the version, and coverage is among the prefetch', async () => {
    for (const { extension, prefetch } of await entries()) {
      expect(extension['davinci-crd.version']).toEqual([declared]);
      expect(prefetch['coverage']).toBe('Coverage?patient={{context.patientId}}&status=active');
      expect(Object.keys(prefetch)).toContain('conditions');
    }
  });

  test('G-83, CX-2: the version asked for is answered, another one is 422', async () => {
    for (const asked of [declared, `${declared}.1`])
      await service.post(withExtension({ 'davinci-crd.requestedVersion': asked })).expect(200);
    for (const asked of ['9.9', version === '2.2' ? '2.0' : '2.2', `${declared}1`, '', 2.2, null]) {
      const { body } = await service
        .post(withExtension({ 'davinci-crd.requestedVersion': asked }))
        .expect(422);
      expect(body).toMatchObject({
        resourceType: 'OperationOutcome',
        issue: [{ expression: ['extension.davinci-crd.requestedVersion'] }],
      });
    }
  });

  test('G-84, CX-3: a boolean option for coverage and for each topic, and how many cards', async () => {
    for (const { extension } of await entries()) {
      const options = extension['davinci-crd.configuration-options'];
      for (const key of ['code', 'name', 'description'] as const)
        expect(new Set(options.map((option) => option[key])).size).toBe(options.length);
      for (const { code, type, default: byDefault } of options) {
        expect(code).toMatch(/^[a-z-]+$/);
        expect([type, typeof byDefault]).toEqual(
          code === 'max-cards' ? ['integer', 'number'] : ['boolean', 'boolean'],
        );
      }
      const { cards } = await configured({});
      const codes = options.map(({ code }) => code);
      expect(codes).toEqual(expect.arrayContaining(['coverage-info', 'max-cards']));
      expect(codes).toEqual(expect.arrayContaining(cards.map(({ source }) => source.topic.code)));
    }
  });

  test('G-82, CX-4: without coverage-info there is none; without a topic no card of it', async () => {
    expect(await configured({ 'coverage-info': false })).not.toHaveProperty('systemActions');
    const { cards } = await configured({});
    const topics = new Set(cards.map(({ source }) => source.topic.code));
    expect(topics.size).toBeGreaterThan(2);
    for (const topic of topics) {
      const left = await configured({ [topic]: false });
      expect(left.cards.map(({ source }) => source.topic.code)).not.toContain(topic);
      expect(left.cards).toHaveLength(cards.filter(({ source }) => source.topic.code !== topic).length);
      expect(left.systemActions).toHaveLength(2);
    }
  });

  test('G-82: no more cards than asked for, the first ones first', async () => {
    const { cards } = await configured({});
    const summaries = cards.map(({ summary }) => summary);
    for (const most of [0, 1, 2])
      expect((await configured({ 'max-cards': most })).cards.map(({ summary }) => summary)).toEqual(
        summaries.slice(0, most),
      );
  });

  test.each([
    ['options nobody offers', { 'alt-drug': false, 'dtr-clin': true, coverage: false }],
    ['values of another type', { 'max-cards': 'x', 'coverage-info': 'no', guideline: 0 }],
    ['a count that is none', { 'max-cards': -1 }],
    ['half a card', { 'max-cards': 1.5 }],
    ['names of every object', { constructor: false, __proto__: false }],
  ])('G-82: %s change nothing', async (_name, configuration) => {
    const usual = await configured({});
    const { cards, systemActions } = await configured(configuration);
    expect(cards.map(({ summary }) => summary)).toEqual(usual.cards.map(({ summary }) => summary));
    expect(systemActions).toEqual(usual.systemActions);
  });

  test.each([null, [], 'x', 1])(
    'a configuration that is no object changes nothing: %j',
    async (configuration) => {
      const request = withExtension({ 'davinci-crd.configuration': configuration });
      const { body } = await service.post(request).expect(200);
      expect((body as CrdAnswer).systemActions).toHaveLength(2);
    },
  );
});

test('with CRD off discovery says nothing of it, and a call that speaks of it is answered as ever', async () => {
  const { app, post } = crdService('off');
  const { text } = await supertest(app).get('/cds-services').expect(200);
  expect(text).not.toMatch(/davinci|overage/);
  const { body } = await post({
    ...crdOrderSign(),
    extension: { 'davinci-crd.requestedVersion': '9.9' },
  }).expect(200);
  const { body: usual } = await post(crdOrderSign()).expect(200);
  const summaries = (answer: unknown) => (answer as CrdAnswer).cards.map(({ summary }) => summary);
  expect(summaries(body)).toEqual(summaries(usual));
  expect(body).not.toHaveProperty('systemActions');
});
