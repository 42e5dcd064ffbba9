import request from 'supertest';
import { chartOf, found, linkOf, resource, serve } from './serving.js';

const CPT = 'http://www.ama-assn.org/go/cpt';
const SITE = 'urn:oid:1.2.3';
const patient = { subject: { reference: 'Patient/p' } };

const procedure = (id: string, rest: object) =>
  resource('Procedure', id, { status: 'completed', ...patient, ...rest });
const CHART = chartOf(
  'p',
  resource('Patient', 'p', {
    name: [{ family: 'Sampleton', given: ['Avery'] }],
    birthDate: '1969-08-14',
    active: true,
  }),
  resource('Patient', 'q'),
  procedure('day', { code: { coding: [{ system: CPT, code: '64451' }] }, performedDateTime: '2025-03-10' }),
  procedure('month', { code: { coding: [{ system: SITE, code: '64451' }] }, performedDateTime: '2025-03' }),
  procedure('instant', {
    code: { coding: [{ code: 'X|1,2' }] },
    performedDateTime: '2025-03-10T23:30:00-05:00',
  }),
  procedure('period', {
    code: {
      coding: [
        { system: SITE, code: 'A' },
        { system: CPT, code: '97110' },
      ],
      text: 'Physical therapy',
    },
    performedPeriod: { start: '2025-01-01', end: '2025-04-30' },
  }),
  procedure('undated', { status: 'not-done', code: { text: 'Physical capacity test' } }),
  resource('Procedure', 'other', {
    status: 'completed',
    subject: { reference: 'Patient/q' },
    performedDateTime: '2025-03-10',
  }),
  resource('DiagnosticReport', 'report', {
    ...patient,
    result: [{ reference: 'Observation/a' }, { reference: 'Observation/gone' }],
  }),
  resource('DiagnosticReport', 'second', { ...patient, result: [{ reference: 'Observation/a' }] }),
  resource('Observation', 'a', { ...patient, status: 'final' }),
  resource('Appointment', 'visit', {
    participant: [
      { actor: { reference: 'Practitioner/p' } },
      { actor: { reference: 'https://ehr.example/fhir/Patient/q' } },
    ],
  }),
);
const { app } = serve([CHART]);
const get = (address: string) => request(app).get(`/sandbox/fhir/${address}`);
const ids = async (address: string) => {
  const { status, body } = await get(address);
  expect(status).toBe(200);
  return found(body).map((reference) => reference.split('/')[1]);
};

describe('reference parameters', () => {
  test.each([
    ['patient by bare id', 'Procedure?patient=q', ['other']],
    ['patient by Type/id', 'Procedure?patient=Patient/q', ['other']],
    ['subject by Type/id', 'Procedure?subject=Patient/q', ['other']],
    ['subject by type modifier', 'Procedure?subject:Patient=q', ['other']],
    ['several alternatives', 'Observation?patient=q,p', ['a']],
    ['an absolute reference in the record', 'Appointment?patient=q', ['visit']],
    ['an actor of another type does not answer to patient', 'Appointment?patient=p', []],
    ['a type that is not the one asked for', 'Procedure?subject=Group/q', []],
    ['nobody', 'Procedure?patient=nobody', []],
  ])('%s', async (_name, address, expected) => {
    expect(await ids(address)).toEqual(expected);
  });
});

describe('token parameters', () => {
  test.each([
    ['code in any system', 'code=64451', ['day', 'month']],
    ['system|code', `code=${CPT}|64451`, ['day']],
    ['|code finds only those without a system', 'code=|64451', []],
    ['|code with escaped separators', 'code=|X\\|1\\,2', ['instant']],
    ['system| any code of it', `code=${SITE}|`, ['month', 'period']],
    ['not only the first coding', 'code=97110', ['period']],
    ['alternatives', `code=${CPT}|97110,${CPT}|64451`, ['day', 'period']],
    ['twice the same parameter: both must hold', 'code=A&code=97110', ['period']],
    ['the case of a code counts', 'status=Completed', []],
    [':not', 'status:not=completed', ['undated']],
    [':text looks at the words', 'code:text=physical', ['period', 'undated']],
    [':missing=true', 'date:missing=true', ['undated']],
    [':missing=false', 'date:missing=false&code=97110', ['period']],
    ['_id', '_id=day,month,nothing', ['day', 'month']],
    ['an empty value is no condition', 'code=&_id=day', ['day']],
  ])('%s', async (_name, query, expected) => {
    expect(await ids(`Procedure?patient=p&${query}`)).toEqual(expected);
  });

  test('a boolean', async () => {
    expect(await ids('Patient?active=true')).toEqual(['p']);
  });
});

describe('date parameters compare the spans that dates mean', () => {
  test.each([
    ['a day finds the day', '2025-03-10', ['day']],
    ['a month finds the days in it, not a longer period', '2025-03', ['day', 'month', 'instant']],
    ['an instant in another zone belongs to its UTC day', '2025-03-11', ['instant']],
    ['ge on the day itself', 'ge2025-03-10', ['day', 'month', 'instant', 'period']],
    ['ge one day later', 'ge2025-03-11', ['month', 'instant', 'period']],
    ['gt on the day leaves it out', 'gt2025-03-10', ['month', 'instant', 'period']],
    ['le on the day itself', 'le2025-03-10', ['day', 'month', 'period']],
    ['lt on the day leaves it out, a span that starts before stays', 'lt2025-03-10', ['month', 'period']],
    ['sa: wholly after', 'sa2025-03-10', ['instant']],
    ['eb: wholly before', 'eb2025-05-01', ['day', 'month', 'instant', 'period']],
    ['ne', 'ne2025-03', ['period']],
    ['a time with zone', 'ge2025-03-11T04:30:00Z', ['month', 'instant', 'period']],
  ])('%s', async (_name, value, expected) => {
    expect(await ids(`Procedure?patient=p&date=${value}`)).toEqual(expected);
  });

  test('two bounds make a range', async () => {
    expect(await ids('Procedure?patient=p&date=ge2025-03-10&date=lt2025-03-11')).toEqual([
      'day',
      'month',
      'period',
    ]);
  });

  test.each(['2025-02-31', '2025-13-01', 'soon', 'xx2025-01-01', '10/03/2025'])(
    '%s is refused',
    async (value) => {
      expect((await get(`Procedure?date=${value}`)).status).toBe(400);
    },
  );

  test('_lastUpdated', async () => {
    expect(await ids('Patient?_lastUpdated=ge2026-03-20')).toEqual(['p', 'q']);
    expect(await ids('Patient?_lastUpdated=gt2026-03-20')).toEqual([]);
  });
});

describe('string parameters', () => {
  test.each([
    ['start of a word, any case', 'family=sample', ['p']],
    ['not its middle', 'family=pleton', []],
    ['but with :contains', 'family:contains=pleton', ['p']],
    [':exact', 'family:exact=Sample', []],
    ['given or family by name', 'name=avery', ['p']],
  ])('%s', async (_name, query, expected) => {
    expect(await ids(`Patient?${query}`)).toEqual(expected);
  });
});

describe('_sort', () => {
  test.each([
    ['date: oldest start first, undated last', 'date', ['period', 'month', 'day', 'instant', 'undated']],
    ['-date: newest first, undated last', '-date', ['instant', 'day', 'month', 'period', 'undated']],
    ['a second key settles ties', 'status,-_id', ['period', 'month', 'instant', 'day', 'undated']],
  ])('%s', async (_name, keys, expected) => {
    expect(await ids(`Procedure?patient=p&_sort=${keys}`)).toEqual(expected);
  });

  test('an unknown key is refused', async () => {
    expect((await get('Procedure?_sort=colour')).status).toBe(400);
  });
});

describe('_include', () => {
  test('brings the referred resources once, as include, without counting them; a dangling one is left out', async () => {
    const { body } = await get('DiagnosticReport?patient=p&_include=DiagnosticReport:result');
    expect(found(body, 'match')).toEqual(['DiagnosticReport/report', 'DiagnosticReport/second']);
    expect(found(body, 'include')).toEqual(['Observation/a']);
    expect(body.total).toBe(2);
  });

  test.each(['DiagnosticReport:colour', 'DiagnosticReport:status', 'Nothing:result', 'x'])(
    '%s is refused',
    async (value) => {
      expect((await get(`DiagnosticReport?_include=${value}`)).status).toBe(400);
    },
  );
});

describe('what a search cannot have is refused with an OperationOutcome, as HAPI FHIR does', () => {
  test.each([
    ['an unknown parameter', 'Procedure?colour=red'],
    ['a chain', 'Procedure?patient.name=avery'],
    ['an unknown modifier', 'Procedure?code:above=x'],
    ['a modifier that is no type', 'Procedure?subject:identifier=x'],
    ['_count that is no number', 'Procedure?_count=many'],
    ['a :missing that is neither true nor false', 'Procedure?code:missing=perhaps'],
  ])('%s', async (_name, address) => {
    const { status, body, headers } = await get(address);
    expect(status).toBe(400);
    expect(headers['content-type']).toMatch('application/fhir+json');
    expect(body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] });
  });

  test('an unknown parameter is left out, and not in the self link, with Prefer: handling=lenient', async () => {
    const { status, body } = await get('Procedure?patient=q&colour=red').set('Prefer', 'handling=lenient');
    expect(status).toBe(200);
    expect(found(body)).toEqual(['Procedure/other']);
    expect(linkOf(body, 'self')).toMatch(/\/Procedure\?patient=q$/);
  });

  test('an unknown type is a 404', async () => {
    const { status, body } = await get('Colour?patient=p');
    expect(status).toBe(404);
    expect(body.resourceType).toBe('OperationOutcome');
  });
});

describe('POST _search', () => {
  test('takes its parameters from form and address together', async () => {
    const { body } = await request(app)
      .post('/sandbox/fhir/Procedure/_search?status=completed')
      .type('form')
      .send({ patient: 'q' });
    expect(found(body)).toEqual(['Procedure/other']);
  });

  test('GET _search is not served', async () => {
    expect((await get('Procedure/_search')).status).toBe(405);
  });
});
