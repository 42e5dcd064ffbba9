/** deploy/kubernetes: what has to be so for a service that answers while orders are signed. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { readClients } from '../../src/http/trust/read-clients.js';
import { projectFolder } from '../architecture/source-file.js';

const folder = path.join(projectFolder, 'deploy/kubernetes');
const textOf = (file: string): string => readFileSync(path.join(folder, file), 'utf8');

interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

interface NamedSetting {
  readonly name: string;
  readonly valueFrom?: object;
}

describe('every manifest', () => {
  const documents = readdirSync(folder).flatMap((file) =>
    parseAllDocuments(textOf(file)).map((document) => document.toJS() as Manifest),
  );

  test('has a kind, a version and the one name', () => {
    expect(documents.map(({ kind }) => kind).sort()).toEqual([
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
    ]);
    for (const { apiVersion, metadata } of documents) {
      expect(apiVersion).toMatch(/^([a-z0-9.]+\/)?v\d$/);
      expect(metadata.name).toBe('stepwise-cds');
    }
  });

  test('selects the same pods', () => {
    const { spec } = parse(textOf('deployment.yaml'));
    const labels = { 'app.kubernetes.io/name': 'stepwise-cds' };
    expect(spec.template.metadata.labels).toEqual(labels);
    expect(spec.selector.matchLabels).toEqual(labels);
    expect(parse(textOf('service.yaml')).spec.selector).toEqual(labels);
    expect(parse(textOf('network-policy.yaml')).spec.podSelector.matchLabels).toEqual(labels);
  });
});

describe('the deployment', () => {
  const { spec } = parse(textOf('deployment.yaml')).spec.template;
  const [container] = spec.containers;

  test('runs without privileges on a read-only file system', () => {
    expect(spec).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: { runAsNonRoot: true },
    });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
  });

  test('is given what production needs, the secrets from a secret', () => {
    const given = new Map((container.env as NamedSetting[]).map((one) => [one.name, one]));
    expect([...given.keys()]).toEqual(
      expect.arrayContaining(['STEPWISE_CLIENTS', 'PUBLIC_URL', 'DATABASE_URL', 'RECORDS_KEY']),
    );
    for (const secret of ['DATABASE_URL', 'RECORDS_KEY'])
      expect(given.get(secret)).toHaveProperty('valueFrom.secretKeyRef.name', 'stepwise-cds');
  });

  test('stays in service while the database is away', () => {
    for (const probe of ['startupProbe', 'livenessProbe', 'readinessProbe'])
      expect(container[probe].httpGet.path).toBe('/health/live');
  });

  test('has limits, and time to end its calls', () => {
    expect(container.resources).toMatchObject({ requests: { cpu: '500m' }, limits: { memory: '1Gi' } });
    expect(spec.terminationGracePeriodSeconds).toBeGreaterThanOrEqual(5 + 10 + 5);
  });
});

test('the clients of the settings are a file the service takes in production', () => {
  const { data } = parse(textOf('settings.yaml'));
  expect(readClients(data['clients.json'], 'settings.yaml', true)).toHaveLength(1);
});
