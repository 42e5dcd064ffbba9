import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadService, serviceIdsIn } from '../../src/artifacts/service.js';
import { StartupError } from '../../src/errors.js';
import { hooksFolder } from './shipped.js';

describe('service.json as shipped', () => {
  test('the folder names are the services', () => {
    expect(serviceIdsIn(hooksFolder)).toContain('sij-neurectomy-review');
  });

  test('DISC-10: one id answers order-sign and order-select', () => {
    const service = loadService(hooksFolder, 'sij-neurectomy-review');
    expect(service).toMatchObject({ id: 'sij-neurectomy-review', hooks: ['order-sign', 'order-select'] });
    expect(service.prefetch['conditions']).toMatchObject({ kind: 'conditions' });
  });
});

describe('a bad service.json stops the start with its path and the place in it', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hooks-'));
    mkdirSync(join(folder, 'review'));
    cpSync(join(hooksFolder, 'service.schema.json'), join(folder, 'service.schema.json'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const good = {
    id: 'review',
    hooks: ['order-sign'],
    title: 'Review',
    description: 'Reviews.',
    prefetch: { patient: { kind: 'patient', template: 'Patient/{{context.patientId}}' } },
  };
  const load = (service: unknown) => {
    writeFileSync(join(folder, 'review', 'service.json'), JSON.stringify(service));
    return loadService(folder, 'review');
  };

  test('a good one is read', () => {
    expect(load(good)).toEqual(good);
  });

  test.each<[string, unknown, string]>([
    ['another id than the folder', { ...good, id: 'other' }, '#/id: has to be the name of its folder'],
    ['a hook that is not served', { ...good, hooks: ['patient-view'] }, '#/hooks/0: '],
    ['no hook', { ...good, hooks: [] }, '#/hooks: '],
    ['an empty description (DISC-6)', { ...good, description: '' }, '#/description: '],
    ['an unknown member', { ...good, url: 'x' }, '#: must NOT have additional properties'],
    [
      'a kind of data that is none',
      { ...good, prefetch: { a: { kind: 'notes', template: 'Patient/1' } } },
      '#/prefetch/a/kind: has to be one of',
    ],
    [
      'an absolute template',
      { ...good, prefetch: { a: { kind: 'patient', template: 'https://x' } } },
      '#/prefetch/a/template: ',
    ],
  ])('%s', (_name, service, message) => {
    expect(() => load(service)).toThrow(StartupError);
    expect(() => load(service)).toThrow(message);
  });

  test('a service without the file, and a folder that is not there', () => {
    expect(() => loadService(folder, 'review')).toThrow(StartupError);
    expect(() => serviceIdsIn(join(folder, 'none'))).toThrow('is not a folder that can be read');
  });

  test('schemas beside the folders are no services', () => {
    expect(serviceIdsIn(folder)).toEqual(['review']);
  });
});
