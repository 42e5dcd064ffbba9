/**
 * The real HAPI FHIR R4 server that the other tests of this folder read from: what it holds is what the charts hold, so
 * that a difference found later lies with the service. Golden cases against this server belong beside this file.
 */
import type { Bundle, CapabilityStatement, FhirResource } from 'fhir/r4.js';
import { readCharts } from './load.js';

const base = process.env['HAPI_BASE_URL']!;
const charts = await readCharts();

const searchedTypes = [
  'Condition',
  'Procedure',
  'DiagnosticReport',
  'Observation',
  'MedicationRequest',
  'ServiceRequest',
  'DocumentReference',
] as const;

async function get<T extends FhirResource>(url: string, resourceType: T['resourceType']): Promise<T> {
  const response = await fetch(url);
  const resource = (await response.json()) as T;
  expect({ status: response.status, type: resource.resourceType }).toEqual({
    status: 200,
    type: resourceType,
  });
  return resource;
}

/** All matches of a search, over all its pages. */
async function search(query: string): Promise<FhirResource[]> {
  const found: FhirResource[] = [];
  let next: string | undefined = `${base}/${query}`;
  while (next !== undefined) {
    const page: Bundle<FhirResource> = await get<Bundle<FhirResource>>(next, 'Bundle');
    found.push(...(page.entry ?? []).map((entry) => entry.resource!));
    next = page.link?.find((link) => link.relation === 'next')?.url;
  }
  return found;
}

/** Without what the server writes itself, in the order of the ids. */
function comparable(resources: readonly FhirResource[]): unknown[] {
  return resources
    .map(({ meta, ...content }) => ({
      ...content,
      security: meta?.security,
      profile: meta?.profile,
      tag: meta?.tag,
    }))
    .sort((a, b) => (a.id! < b.id! ? -1 : 1));
}

function belongsTo(resource: FhirResource, patient: string): boolean {
  return (
    'subject' in resource && (resource.subject as { reference?: string }).reference === `Patient/${patient}`
  );
}

const all = charts.flatMap((chart) => chart.resources);
const patients = all.filter((resource) => resource.resourceType === 'Patient').map((patient) => patient.id!);

describe('the HAPI FHIR server', () => {
  test('speaks FHIR R4', async () => {
    const metadata = await get<CapabilityStatement>(`${base}/metadata`, 'CapabilityStatement');
    expect(metadata.fhirVersion).toBe('4.0.1');
  });

  test('is loaded with the chart of the article and others', () => {
    expect(all.some((resource) => belongsTo(resource, 'article'))).toBe(true);
    expect(patients.length).toBeGreaterThanOrEqual(8);
    expect(new Set(patients).size).toBe(patients.length);
  });

  test('refuses an unknown search parameter with 400, unlike servers that ignore it', async () => {
    expect((await fetch(`${base}/Condition?no-such-parameter=1`)).status).toBe(400);
  });
});

describe.each(patients)('the chart of patient %s', (patient) => {
  test.each(searchedTypes)('%s by patient gives exactly what the chart holds', async (type) => {
    const expected = all.filter((one) => one.resourceType === type && belongsTo(one, patient));
    expect(comparable(await search(`${type}?patient=${patient}`))).toEqual(comparable(expected));
  });

  test('pages of two, followed to the end, give the same as one page', async () => {
    const paged = await search(`Observation?patient=${patient}&_count=2`);
    expect(comparable(paged)).toEqual(comparable(await search(`Observation?patient=${patient}&_count=200`)));
  });
});
