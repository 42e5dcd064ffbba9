import { loadServices } from '../../src/artifacts/services.js';
import { hooksFolder, mappings } from './shipped.js';
import { load, SERVICE, withCards, withPolicy } from './site.js';

function criterion(service: ReturnType<typeof load>, id: string) {
  const found = service.policy.policy.criteria.find((one) => one.id === id);
  if (!found) throw new Error(`no criterion ${id}`);
  return found;
}

const STRICTER = withPolicy({
  criteria: {
    'diagnostic-blocks': { params: { minimumRelief: { value: 80, unit: '%' }, minimumPositive: 2 } },
    'conservative-care': { params: { minimumDuration: { value: 13 } } },
  },
});

describe('what a site sets is in force', () => {
  const own = load();

  test('numbers, in the parameters and in the sentence that names them', () => {
    const service = load(STRICTER);
    expect(criterion(service, 'diagnostic-blocks').params).toEqual({
      ...criterion(own, 'diagnostic-blocks').params,
      minimumRelief: { value: 80, unit: '%' },
      minimumPositive: 2,
    });
    expect(criterion(service, 'diagnostic-blocks').sentence).toContain('at least 80 % of the index pain');
    expect(criterion(service, 'conservative-care').sentence).toContain('At least 13 weeks');
    expect(criterion(own, 'conservative-care').sentence).toContain('At least 4 weeks');
  });

  test('words of a criterion, a decision, a note, a conflict and a source', () => {
    const { policy } = load(
      withPolicy({
        criteria: {
          'diagnostic-blocks': {
            source: { citation: 'Plan rule 12', url: 'https://plan.example/12', certainty: 'administrative' },
            says: { positive: { reason: 'Positive in {counted} of {required} sessions.' } },
          },
        },
        decisions: { 'radiofrequency-first': { label: 'RFA first', sentence: 'RFA is due.' } },
        notes: { pregnancy: { sentence: 'Pregnant.' } },
        conflicts: { 'diagnosis-mismatch': { reason: 'Other code.' } },
        names: { tests: { faber: 'Patrick' } },
      }),
    ).policy;
    expect(policy.criteria.find(({ id }) => id === 'diagnostic-blocks')).toMatchObject({
      source: { citation: 'Plan rule 12', url: 'https://plan.example/12' },
      says: { positive: { reason: 'Positive in {counted} of {required} sessions.' } },
    });
    expect(policy.decisions).toContainEqual(
      expect.objectContaining({ decision: 'radiofrequency-first', label: 'RFA first' }),
    );
    expect(policy.notes).toContainEqual(expect.objectContaining({ id: 'pregnancy', sentence: 'Pregnant.' }));
    expect(policy.conflicts).toContainEqual(expect.objectContaining({ reason: 'Other code.' }));
    expect(policy.names.tests).toMatchObject({ faber: 'Patrick', fadir: 'FADIR' });
  });

  test('a threshold that rules a pain generator out', () => {
    const { painGenerators } = load(
      withPolicy({ painGenerators: { excludedBy: { 'hip-pathology': { reliefBelow: { value: 30 } } } } }),
    ).policy.policy;
    expect(painGenerators.excludedBy.map(({ reliefBelow }) => reliefBelow.value)).toEqual([50, 30]);
  });

  test('words of cards, and a link where the product has none', () => {
    const { words } = load(
      withCards({
        source: { url: 'https://plan.example/rules' },
        caveats: { radiofrequency: 'This plan excludes 64625.' },
        decisions: { 'radiofrequency-first': { summary: 'Cooled {side}RFA first' } },
      }),
    );
    expect(words.source).toEqual({ ...own.words.source, url: 'https://plan.example/rules' });
    expect(words.caveats).toEqual({ ...own.words.caveats, radiofrequency: 'This plan excludes 64625.' });
    expect(words.decisions['radiofrequency-first']).toEqual({
      ...own.words.decisions['radiofrequency-first'],
      summary: 'Cooled {side}RFA first',
    });
  });
});

describe('the digest is of what is in force', () => {
  const own = load().policy.sha256;
  const digest = (content: unknown) => load(content).policy.sha256;

  test('differs with a number, with a word of the policy, and with a word of the cards', () => {
    const digests = [
      own,
      digest(STRICTER),
      digest(withPolicy({ notes: { pregnancy: { sentence: 'Pregnant.' } } })),
      digest(withCards({ caveats: { neurectomy: 'Ask first.' } })),
      digest(withCards({ caveats: { neurectomy: 'Ask again.' } })),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });

  test('is the same whatever the order in the file, and where nothing is set', () => {
    const [a, b] = [{ neurectomy: 'One.' }, { radiofrequency: 'Two.' }];
    expect(digest(withCards({ caveats: { ...a, ...b } }))).toBe(
      digest(withCards({ caveats: { ...b, ...a } })),
    );
    expect(digest({})).toBe(own);
  });
});

describe('which services are served', () => {
  const ids = (services?: readonly string[]) =>
    loadServices(hooksFolder, mappings, { ...(services && { services }) }).map(
      ({ definition }) => definition.id,
    );

  test('those that are not off by default', () => {
    expect(ids()).toEqual([SERVICE]);
    expect(ids([SERVICE, 'sij-rfa-review'])).toEqual([SERVICE, 'sij-rfa-review']);
  });

  test('those named; a name that is none stops the start', () => {
    expect(ids([SERVICE])).toEqual([SERVICE]);
    expect(() => ids(['knee-review'])).toThrow('SERVICES: there is no service knee-review');
  });
});
