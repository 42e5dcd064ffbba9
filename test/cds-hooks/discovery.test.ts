import { toDiscovery } from '../../src/cds-hooks/discovery.js';
import type { ServiceDefinition } from '../../src/cds-hooks/service.types.js';
import { StartupError } from '../../src/errors.js';
import { emptiesIn, faultsOf } from './schemas.js';

const DEFINITION: ServiceDefinition = {
  id: 'review',
  hooks: ['order-sign', 'order-select'],
  title: 'Review',
  description: 'Reviews an order',
  usageRequirements: 'Degraded without FHIR access',
  prefetch: { patient: { kind: 'patient', template: 'Patient/{{context.patientId}}' } },
};

describe('the discovery document', () => {
  test('DISC-2, DISC-4 to DISC-7, DISC-10: an entry for each hook, under one id', () => {
    const entry = {
      id: 'review',
      title: 'Review',
      description: 'Reviews an order',
      usageRequirements: 'Degraded without FHIR access',
      prefetch: { patient: 'Patient/{{context.patientId}}' },
    };
    const discovery = toDiscovery([DEFINITION]);
    expect(discovery).toEqual({
      services: [
        { hook: 'order-sign', ...entry },
        { hook: 'order-select', ...entry },
      ],
    });
    expect(faultsOf('discovery', discovery)).toEqual([]);
  });

  test('DISC-3, G-02: no services', () => {
    expect(toDiscovery([])).toEqual({ services: [] });
  });

  test('DISC-6, TR-3: no prefetch, no member', () => {
    const { usageRequirements: _none, ...rest } = DEFINITION;
    const discovery = toDiscovery([{ ...rest, prefetch: {} }]);
    expect(emptiesIn(discovery)).toEqual([]);
    expect(discovery.services[0]).not.toHaveProperty('prefetch');
  });

  test('DISC-10: two services under one id with different hooks', () => {
    const services = [
      { ...DEFINITION, hooks: ['order-sign'] },
      { ...DEFINITION, hooks: ['order-select'] },
    ] as const;
    expect(toDiscovery(services).services.map(({ hook }) => hook)).toEqual(['order-sign', 'order-select']);
  });
});

describe('stops the start', () => {
  test.each<[string, readonly ServiceDefinition[]]>([
    [
      'DISC-10: the same (id, hook) in two services',
      [DEFINITION, { ...DEFINITION, hooks: ['order-select'] }],
    ],
    ['DISC-10: the same hook twice in one', [{ ...DEFINITION, hooks: ['order-sign', 'order-sign'] }]],
    ['DISC-4: an id that needs escaping', [{ ...DEFINITION, id: 'a b' }]],
    ['DISC-4: an id with a slash', [{ ...DEFINITION, id: 'a/b' }]],
    ['DISC-4: an id that is a dot segment', [{ ...DEFINITION, id: '..' }]],
    ['DISC-4: no description', [{ ...DEFINITION, description: '' }]],
    ['DISC-5: an empty title', [{ ...DEFINITION, title: '' }]],
    ['DISC-6: an empty template', [{ ...DEFINITION, prefetch: { a: { kind: 'patient', template: '' } } }]],
    ['no hook', [{ ...DEFINITION, hooks: [] }]],
  ])('%s', (_name, definitions) => {
    expect(() => toDiscovery(definitions)).toThrow(StartupError);
  });
});
