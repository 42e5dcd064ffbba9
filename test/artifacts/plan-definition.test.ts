import { Fhir } from 'fhir';
import { fhirBundle, fhirExport } from '../../src/artifacts/fhir-export.js';
import { toPlanDefinition } from '../../src/artifacts/plan-definition.js';
import { valueSetsOf } from '../../src/artifacts/policy.js';
import { loadServices } from '../../src/artifacts/services.js';
import { hooksFolder, mappings } from './shipped.js';
import { load, SERVICE, withCards } from './site.js';

const loaded = loadServices(hooksFolder, mappings, { services: [SERVICE, 'sij-rfa-review'] });

function errorsOf(resource: unknown): readonly unknown[] {
  const { messages } = new Fhir().validate(resource as object);
  return messages.filter(({ severity }) => String(severity) === 'error');
}

describe.each(loaded.map((service) => [service.definition.id, service] as const))('%s', (id, service) => {
  const plan = toPlanDefinition(service);
  const { policy, sha256 } = service.policy;
  const [criteria, decisions] = plan.action?.[0]?.action ?? [];

  test('is a valid R4 PlanDefinition', () => {
    expect(errorsOf(plan)).toEqual([]);
  });

  test('is the policy in force: its version, date, digest and hooks', () => {
    expect(plan).toMatchObject({
      id,
      url: `https://stepwise-cds.example/fhir/PlanDefinition/${id}`,
      version: policy.version,
      date: policy.effectiveDate,
      identifier: [{ value: sha256 }],
      type: { coding: [{ code: 'eca-rule' }] },
    });
    expect(plan.action?.[0]?.trigger?.map(({ name }) => name)).toEqual(service.definition.hooks);
  });

  test('has every criterion with its sentence, numbers, source and certainty', () => {
    expect(criteria?.action?.map(({ title }) => title)).toEqual(policy.criteria.map(({ id: name }) => name));
    const blocks = criteria?.action?.find(({ title }) => title === 'diagnostic-blocks');
    expect(blocks?.description).toContain('at least 75 % of the index pain');
    expect(blocks?.textEquivalent).toMatch(
      /minimumRelief: 75 %.*When a complete search finds nothing: unknown/,
    );
    expect(blocks?.documentation).toMatchObject([{ label: 'certainty: moderate' }]);
    expect(blocks?.goalId).toEqual(['diagnostic-blocks']);
  });

  test('has every decision in its order, with its condition in words', () => {
    // A decision that stands in several rows has the number of its row from the second on.
    const rows = decisions?.action?.map(({ id = '', title, prefix }) => [
      id.replace(`-${prefix ?? ''}`, ''),
      title,
    ]);
    expect(rows).toEqual(policy.decisions.map(({ decision, label }) => [`decision.${decision}`, label]));
    const expressions = decisions?.action?.map(({ condition }) => condition?.[0]?.expression);
    expect(expressions?.[0]).toEqual({ language: 'text/plain', expression: 'any of red-flags is met' });
    expect(expressions?.at(-1)?.expression).toBe('otherwise');
  });

  test('names the value sets it depends on, and each goal that an action has', () => {
    const named = plan.relatedArtifact?.flatMap(({ type, resource }) =>
      type === 'depends-on' ? [resource] : [],
    );
    expect(named).toEqual(
      [...valueSetsOf(policy)].sort().map((one) => `https://stepwise-cds.example/fhir/ValueSet/${one}`),
    );
    const goals = new Set(plan.goal?.map((goal) => goal.id));
    const used = criteria?.action?.flatMap(({ goalId = [] }) => goalId) ?? [];
    expect(used.length).toBeGreaterThan(0);
    expect(used.filter((goal) => !goals.has(goal))).toEqual([]);
  });

  test('holds no placeholder, and each id once', () => {
    const text = JSON.stringify(plan);
    expect(text).not.toMatch(/\{[a-zA-Z]+\}/);
    const ids = [...text.matchAll(/"id":"([^"]+\.[^"]+)"/g)].map(([, one]) => one);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

test('what a site set makes another version', () => {
  const own = toPlanDefinition(load());
  const site = load(withCards({ caveats: { neurectomy: 'Ask first.' } }));
  const plan = toPlanDefinition(site);
  expect(plan.version).toBe(`${own.version ?? ''}+${site.policy.sha256.slice(0, 12)}`);
  expect(errorsOf(plan)).toEqual([]);
});

test('the whole export is a valid R4 Bundle, each entry under its canonical URL', () => {
  const bundle = fhirBundle(fhirExport(loaded, mappings));
  expect(errorsOf(bundle)).toEqual([]);
  const urls = bundle.entry?.map(({ fullUrl }) => fullUrl) ?? [];
  expect(new Set(urls).size).toBe(urls.length);
  expect(urls).toContain('https://stepwise-cds.example/fhir/ConceptMap/local-order-codes');
});
