/** Which orders of the past are answered, and when each was signed. */
import type { JsonObject } from '../../src/cds-hooks/hook-request.types.js';
import { toWhen } from '../../src/replay/as-of/when.js';
import { textOf } from '../../src/cds-hooks/members.js';
import { sessionsOf } from '../../src/replay/sessions.js';

const request = (id: string, authoredOn: string, more: object = {}): JsonObject => ({
  ...{
    resourceType: 'ServiceRequest',
    id,
    status: 'completed',
    intent: 'order',
    code: 'reviewed',
    authoredOn,
  },
  ...more,
});
const done = (id: string, performedDateTime: string, more: object = {}): JsonObject => ({
  ...{ resourceType: 'Procedure', id, status: 'completed', code: 'reviewed', performedDateTime },
  ...more,
});

function sessions(...resources: readonly JsonObject[]) {
  const versions = new Map(
    resources.map((one) => [`${textOf(one, 'resourceType')}/${textOf(one, 'id')}`, [one]]),
  );
  return sessionsOf(versions, (drafts) => drafts.some(({ code }) => code === 'reviewed'));
}

const idsOf = (drafts: readonly JsonObject[]) => drafts.map(({ id }) => id);

test('an order is answered as it was when it was signed, whatever became of it', () => {
  const [session, ...more] = sessions(request('o', '2025-06-10T10:00:00Z', { status: 'revoked' }));
  expect(more).toEqual([]);
  expect(session).toMatchObject({ from: 'order', moment: toWhen('2025-06-10T10:00:00Z') });
  expect(session?.draftOrders).toMatchObject([{ id: 'o', status: 'draft' }]);
});

test('orders of one day are one session, signed with the last of them; companions come along', () => {
  const [session, other] = sessions(
    request('b', '2025-06-10T11:00:00Z', { code: 'companion' }),
    request('a', '2025-06-10T10:00:00Z'),
    request('c', '2025-07-01'),
  );
  expect(idsOf(session!.draftOrders)).toEqual(['a', 'b']);
  expect(session?.moment).toEqual(toWhen('2025-06-10T11:00:00Z'));
  expect(idsOf(other!.draftOrders)).toEqual(['c']);
});

test.each([
  ['never signed', { status: 'draft' }],
  ['entered in error', { status: 'entered-in-error' }],
  ['only a plan', { intent: 'plan' }],
  ['a proposal', { intent: 'proposal' }],
  ['not to be done', { doNotPerform: true }],
  ['of another kind', { code: 'companion' }],
  ['without a date', { authoredOn: undefined }],
])('no session for an order that was %s', (_name, more) => {
  expect(sessions(request('o', '2025-06-10', more))).toEqual([]);
});

describe('a procedure', () => {
  const order = request('o', '2025-06-10');

  test('without an order is counted on its day, by the chart of the day before', () => {
    const [session] = sessions(
      done('p', '2025-06-10T08:00:00Z', { reasonCode: ['why'], note: ['how it went'] }),
    );
    expect(session).toMatchObject({ from: 'procedure', moment: toWhen('2025-06-09') });
    expect(session?.day.first).toBe(toWhen('2025-06-10')?.first);
    const [draft] = session!.draftOrders;
    expect(draft).toMatchObject({ resourceType: 'ServiceRequest', status: 'draft', reasonCode: ['why'] });
    // What was written of it afterwards was not in the order.
    expect(draft).not.toHaveProperty('note');
  });

  test.each([
    ['names the order', done('p', '2026-06-10', { basedOn: [{ reference: 'ServiceRequest/o' }] }), 1],
    [
      'names it absolutely',
      done('p', '2026-06-10', { basedOn: [{ reference: 'https://ehr.example/fhir/ServiceRequest/o' }] }),
      1,
    ],
    ['names none, and follows within 180 days', done('p', '2025-12-07'), 1],
    ['names none, and follows after 181', done('p', '2025-12-08'), 2],
    ['came before the order', done('p', '2025-06-09'), 2],
    ['names another order', done('p', '2025-07-01', { basedOn: [{ reference: 'ServiceRequest/x' }] }), 2],
    ['was not done', done('p', '2026-06-10', { status: 'not-done' }), 1],
  ])('that %s', (_name, procedure, expected) => {
    expect(sessions(order, procedure)).toHaveLength(expected);
  });

  test('that an order led to is no evidence for it', () => {
    const [session] = sessions(order, done('p', '2025-06-10'));
    expect([...session!.own]).toEqual(['ServiceRequest/o', 'Procedure/p']);
  });
});
