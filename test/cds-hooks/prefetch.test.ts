import { classifyPrefetch } from '../../src/cds-hooks/prefetch.js';
import { expandTemplate, lintTemplates, templateType } from '../../src/cds-hooks/prefetch-template.js';
import { isFhirId } from '../../src/cds-hooks/members.js';
import type { HookRequest } from '../../src/cds-hooks/hook-request.types.js';
import { StartupError } from '../../src/errors.js';

const context = (more: Partial<HookRequest['context']> = {}): HookRequest['context'] => ({
  userId: 'Practitioner/u1',
  patientId: 'p1',
  encounterId: 'e1',
  draftOrders: [],
  ...more,
});

describe('G-41: templates are checked at start-up', () => {
  const lint = (template: string) => () => {
    lintTemplates('review', { chosen: { kind: 'conditions', template } });
  };

  test.each([
    'Patient/{{context.patientId}}',
    'Condition?patient={{context.patientId}}',
    'Encounter/{{context.encounterId}}',
    '{{context.userId}}',
    'Practitioner/{{userPractitionerId}}',
    'PractitionerRole/{{userPractitionerRoleId}}',
    'Observation?patient={{context.patientId}}&category=http://loinc.org|LP29684-5',
    'Procedure?patient=Patient/{{context.patientId}}&date=ge2020-01-01',
    'Observation?patient={{context.patientId}}&date=ge2020-01-01T00:00:00Z&date=lt2021',
    'Observation?patient={{context.patientId}}&code:in=http://example.org/fhir/ValueSet/pain',
    'DiagnosticReport?patient={{context.patientId}}&_count=100&_sort=-date',
    'MedicationRequest?patient={{context.patientId}}&status=active,completed',
  ])('taken: %s', (template) => expect(lint(template)).not.toThrow());

  test.each([
    ['PT-3 a field that is named otherwise', 'Condition?patient={{context.patient}}'],
    ['PT-2 a path into draftOrders', 'ServiceRequest?_id={{context.draftOrders.x}}'],
    ['PT-2 a path into a primitive', 'Medication/{{context.medication.id}}'],
    ['PT-6 the pre-adopted form', 'ServiceRequest?_id={{context.draftOrders.ServiceRequest.id}}'],
    ['PT-5 a reference to another key', 'Practitioner/{{%encounter.participant.individual.id}}'],
    ['PT-5 a reference to itself', 'Patient/{{%chosen.id}}'],
    ['PT-5 today()', 'Observation?patient={{context.patientId}}&date=ge{{today()}}'],
    ['PT-1 no context', 'Patient/{{patientId}}'],
    ['PT-1 white space in the token', 'Patient/{{ context.patientId }}'],
    ['PT-1 a token left open', 'Patient/{{context.patientId'],
    ['PT-1 single braces', 'Patient/{context.patientId}'],
    ['PT-7 an absolute URL', 'https://ehr.example/Patient/{{context.patientId}}'],
    ['PT-7 a leading slash', '/Patient/{{context.patientId}}'],
    ['PT-7 an operation', 'Patient/{{context.patientId}}/$everything'],
    ['PT-7 a type alone', 'Condition'],
    ['PT-7 no type', '?patient={{context.patientId}}'],
    ['PT-7 a lower-case type', 'condition?patient={{context.patientId}}'],
    ['PT-7 history', 'Patient/{{context.patientId}}/_history/1'],
    ['PT-7 nothing', ''],
    ['PT-8 :text', 'Observation?code:text=pain'],
    ['PT-8 :not', 'Observation?status:not=final'],
    ['PT-8 :in on a date', 'Observation?date:in=x'],
    ['PT-8 :Patient', 'Observation?subject:Patient={{context.patientId}}'],
    ['PT-8 a date with ne', 'Observation?patient={{context.patientId}}&date=ne2020-01-01'],
    ['PT-8 a date with sa', 'Observation?patient={{context.patientId}}&date=sa2020'],
    ['PT-8 a date that is none', 'Observation?patient={{context.patientId}}&date=yesterday'],
    ['PT-8 chaining', 'Observation?patient.name=x'],
    ['PT-8 a reference that is no id', 'Observation?patient=http://x/Patient/1'],
    ['PT-9 _include', 'Procedure?patient={{context.patientId}}&_include=Procedure:performer'],
    ['PT-9 _revinclude', 'Patient?_id={{context.patientId}}&_revinclude=Observation:subject'],
    ['PT-9 _has', 'Patient?_has:Observation:patient:code=1'],
    ['PT-9 _maxresults, which 3.0 adds', 'Observation?patient={{context.patientId}}&_maxresults=1'],
    ['PT-9 sort as the text has it', 'Observation?patient={{context.patientId}}&sort:desc=date'],
    ['PT-9 a _count of none', 'Observation?patient={{context.patientId}}&_count=0'],
    ['PT-8 a parameter without value', 'Observation?patient={{context.patientId}}&code='],
    ['PT-8 an empty query', 'Observation?'],
    ['a fragment', 'Observation?patient={{context.patientId}}#x'],
  ])('refused, naming service and key: %s', (_name, template) => {
    expect(lint(template)).toThrow(StartupError);
    expect(lint(template)).toThrow(/service review, prefetch chosen/);
  });
});

describe('PT-4, PF-7: expansion gives the URL the client would have asked', () => {
  test.each([
    ['Patient/{{context.patientId}}', { type: 'Patient', id: 'p1', path: 'Patient/p1' }],
    ['{{context.userId}}', { type: 'Practitioner', id: 'u1', path: 'Practitioner/u1' }],
    ['Practitioner/{{userPractitionerId}}', { type: 'Practitioner', id: 'u1', path: 'Practitioner/u1' }],
    ['Condition?patient={{context.patientId}}', { type: 'Condition', path: 'Condition?patient=p1' }],
    ['Task?owner={{context.userId}}', { type: 'Task', path: 'Task?owner=Practitioner%2Fu1' }],
    [
      'Observation?patient={{context.patientId}}&category=http://loinc.org|LP29684-5',
      { type: 'Observation', path: 'Observation?patient=p1&category=http://loinc.org%7CLP29684-5' },
    ],
  ])('%s', (template, expected) => expect(expandTemplate(template, context())).toEqual(expected));

  const { encounterId: _, ...withoutEncounter } = context();
  test.each([
    ['no encounter', 'Encounter/{{context.encounterId}}', withoutEncounter],
    [
      'a user of another type',
      'Practitioner/{{userPractitionerId}}',
      context({ userId: 'PractitionerRole/u1' }),
    ],
    ['an id that walks the path', 'Patient/{{context.patientId}}', context({ patientId: '..' })],
    ['an id with a slash', 'Patient/{{context.patientId}}', context({ patientId: 'a/b' })],
    ['an id with a query', 'Condition?patient={{context.patientId}}', context({ patientId: 'a&_id=b' })],
    ['an id of 65 characters', 'Patient/{{context.patientId}}', context({ patientId: 'a'.repeat(65) })],
    ['a user that is no reference', '{{context.userId}}', context({ userId: 'u1' })],
    ['a user with a longer path', '{{context.userId}}', context({ userId: 'Practitioner/u1/x' })],
  ])('%s: nobody can ask it', (_name, template, given) => {
    expect(expandTemplate(template, given)).toBeUndefined();
  });

  test('the type is known where a token has no value', () => {
    expect(templateType('Encounter/{{context.encounterId}}', withoutEncounter)).toBe('Encounter');
    expect(templateType('{{context.userId}}', context())).toBe('Practitioner');
    expect(templateType('{{context.userId}}', context({ userId: 'x' }))).toBeUndefined();
  });

  test.each([
    ['a-1.B', true],
    ['.', false],
    ['..', false],
    ['a_b', false],
    ['', false],
    ['a'.repeat(64), true],
  ])('%s is an id: %s', (id, expected) => expect(isFhirId(id)).toBe(expected));
});

describe('part A 6: what a prefetch value means', () => {
  const bundle = (more: object) => ({ resourceType: 'Bundle', type: 'searchset', ...more });
  const entry = (resourceType: string) => ({ resource: { resourceType, id: '1' } });
  const next = {
    link: [
      { relation: 'self', url: 's' },
      { relation: 'next', url: 'n' },
    ],
  };

  test.each([
    ['absent', undefined, 'absent'],
    ['null', null, 'none'],
    ['a Bundle without entries', bundle({ total: 0 }), 'none'],
    ['a Bundle with an empty entry', bundle({ entry: [] }), 'none'],
    ['the resource', { resourceType: 'Condition', id: '1' }, 'resource'],
    ['a Bundle of it', bundle({ entry: [entry('Condition')] }), 'bundle'],
    ['a Bundle with others beside it', bundle({ entry: [entry('Patient'), entry('Condition')] }), 'bundle'],
    ['a Bundle with an OperationOutcome alone', bundle({ entry: [entry('OperationOutcome')] }), 'bundle'],
    ['a Bundle with more to come', bundle({ entry: [entry('Condition')], ...next }), 'bundle-with-next'],
    ['an empty page with more to come', bundle({ ...next }), 'bundle-with-next'],
    ['an OperationOutcome', { resourceType: 'OperationOutcome', issue: [] }, 'operation-outcome'],
    ['another type', { resourceType: 'Patient' }, 'unusable'],
    ['a Bundle of another type', bundle({ entry: [entry('Patient')] }), 'unusable'],
    ['a count without resources', bundle({ total: 3 }), 'unusable'],
    ['a string', 'x', 'unusable'],
    ['an empty string', '', 'unusable'],
    ['false', false, 'unusable'],
    ['{}', {}, 'unusable'],
    ['[]', [], 'unusable'],
  ])('%s: %s', (_name, value, state) => {
    expect(classifyPrefetch(value, 'Condition').state).toBe(state);
  });
});
