/** What the patient refused stands on the first card, and is not pre-selected; a payer's refusal, or another's, is none. */
import { leftBlock, note, seen, seenWithNote } from './left-chart.js';
import { physicalTherapy, procedure } from './service.js';

describe('the patient does not want an ablation', () => {
  test.each([
    'Patient declines RFA.',
    'Not interested in RFA.',
    'declined radiofrequency ablation of the left SI joint',
    'RFA was offered but patient declined.',
    'We discussed RFA. She is not interested at this time.',
    'Pt does not want RFA.',
    'She refuses further injections and RFA.',
    'Offered cooled RFA; declined.',
    'Patient opted against radiofrequency ablation.',
    'Declined referral for RFA.',
    'She would rather not undergo RFA.',
    'Patient declines both PT and RFA.',
    'He declined to undergo cooled RFA due to cost.',
    'RFA: patient declined.',
    'Discussed RFA, pt elects not to proceed.',
    'Insurance approved RFA but the patient declined.',
  ])('%s', async (text) => {
    const { considerations, detail, preselected, decision } = await seenWithNote(text);
    expect(considerations).toContain('rfa-declined');
    expect(detail).toContain('recorded as declined');
    expect(detail).toContain('DocumentReference/note');
    expect(decision).toBe('radiofrequency-first');
    expect(preselected).toEqual([]);
  });
});

describe('no refusal of an ablation by this patient', () => {
  test.each([
    'Insurance declined RFA.',
    'RFA was declined by her insurance.',
    'UR refused RFA.',
    'Patient declines sedation.',
    'Patient declines sedation for RFA.',
    'Her husband declined RFA.',
    'Patient may decline RFA at any time.',
    'If she declines RFA, neurectomy is an option.',
    'Patient did not decline RFA.',
    'Declined knee RFA.',
    'Declined genicular RFA.',
    'Declined flu vaccine. RFA discussed.',
    'Declines TFESI.',
    'Patient declined neurectomy, prefers RFA.',
    'Declines opioids; interested in RFA.',
    'She declined PT in favor of RFA.',
    'Patients often decline RFA.',
    'Decline in function since RFA was discussed.',
    'Patient was against surgery, wants RFA.',
    'Declines blood products. Consents to RFA.',
    'Patient previously declined RFA but now agrees to proceed with RFA.',
  ])('%s', async (text) => {
    const { considerations } = await seenWithNote(text);
    expect(considerations).not.toContain('rfa-declined');
  });

  test("the payer's refusal is said as the payer's", async () => {
    const { notes, considerations } = await seenWithNote('Insurance declined RFA.');
    expect(notes).toContain('rfa-denied-by-plan');
    expect(considerations).toEqual([]);
  });

  test("another patient's note", async () => {
    const { considerations } = await seenWithNote('Patient declines RFA.', {
      subject: { reference: 'Patient/other' },
    });
    expect(considerations).toEqual([]);
  });

  test('one of more than two years ago says nothing of the present', async () => {
    const { considerations } = await seenWithNote('Patient declines RFA.', { date: '2023-03-01T09:00:00Z' });
    expect(considerations).toEqual([]);
  });
});

describe('taken back later', () => {
  const earlier = note('Patient declines RFA.', { id: 'earlier', date: '2025-10-01T09:00:00Z' });
  const ordered = {
    resourceType: 'ServiceRequest',
    id: 'ordered',
    status: 'active',
    intent: 'order',
    subject: { reference: 'Patient/p1' },
    code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
    bodySite: [{ text: 'Left sacroiliac joint' }],
    authoredOn: '2026-02-01',
  };

  test.each([
    ['by words', [earlier, note('She now agrees to RFA.')], [], []],
    ['by an order', [earlier], [ordered], []],
    ['not by an order of before', [earlier], [{ ...ordered, authoredOn: '2025-09-01' }], ['rfa-declined']],
    [
      'not by words of before',
      [note('Patient declines RFA.'), note('Agrees to RFA.', { id: 'x', date: '2025-01-01' })],
      [],
      ['rfa-declined'],
    ],
  ])('%s', async (_how, notes, orders, considerations) => {
    expect((await seen({ notes, orders })).considerations).toEqual(considerations);
  });
});

describe('other steps', () => {
  test.each([
    ['Declined PT - too painful.', 'rehabilitation-declined'],
    ['Patient refuses physical therapy.', 'rehabilitation-declined'],
    ['Offered PT, not interested.', 'rehabilitation-declined'],
    ['Pt is unwilling to attend physical therapy.', 'rehabilitation-declined'],
  ])('%s', async (text, id) => {
    const { considerations, preselected, decision } = await seen({
      procedures: [leftBlock],
      notes: [note(text)],
    });
    expect(considerations).toEqual([id]);
    expect(decision).toBe('conservative-care-first');
    expect(preselected).toEqual([]);
  });

  test.each([
    'Pt refuses lateral branch block.',
    'Patient is unwilling to have another SI joint injection.',
    'Declines further injections.',
  ])('%s', async (text) => {
    const { considerations, preselected, decision } = await seen({
      procedures: [physicalTherapy()],
      notes: [note(text)],
    });
    expect(considerations).toEqual(['block-declined']);
    expect(decision).toBe('diagnostic-blocks-first');
    expect(preselected).toEqual([]);
  });

  test('what was not refused stays pre-selected', async () => {
    const { preselected } = await seenWithNote('Declines further injections.');
    expect(preselected).toHaveLength(1);
  });

  test.each(['Patient agrees to PT.', 'Insurance declined PT.', 'Pt declined work note. PT ordered.'])(
    '%s',
    async (text) => {
      const { considerations } = await seen({ procedures: [leftBlock], notes: [note(text)] });
      expect(considerations).toEqual([]);
    },
  );
});

describe('a Procedure that was not done', () => {
  const notDone = (code: string, statusReason: object) =>
    procedure('not-done', code, {
      status: 'not-done',
      statusReason,
      bodySite: [{ text: 'Left sacroiliac joint' }],
      performedDateTime: '2026-01-10',
    });
  const SNOMED = 'http://snomed.info/sct';

  test.each([
    ['64625', { text: 'Patient refused' }, ['rfa-declined']],
    ['64625', { text: 'Declined by patient' }, ['rfa-declined']],
    ['64625', { coding: [{ system: SNOMED, code: '105480006' }] }, ['rfa-declined']],
    ['64451', { text: 'Patient decision' }, ['block-declined']],
    ['97110', { text: 'Pt declined' }, ['rehabilitation-declined']],
    ['64625', { text: 'Contraindicated because of a skin infection' }, ['rfa-advised-against']],
    ['64625', { text: 'Equipment not available' }, []],
    ['64635', { text: 'Patient refused' }, []],
    ['64635', { text: 'Contraindicated because of a skin infection' }, []],
  ])('%s, %j: %j', async (code, statusReason, considerations) => {
    const found = await seenWith(notDone(code, statusReason));
    expect(found.considerations).toEqual(considerations);
    expect(found.preselected.length).toBe(considerations[0]?.startsWith('rfa') ? 0 : 1);
  });

  test.each(['Insurance declined', 'Prior authorization denied by insurance', 'Not covered by her plan'])(
    'an ablation, for the payer’s reasons (%s): said as the payer’s, and none is pre-selected',
    async (text) => {
      const { considerations, notes, preselected } = await seenWith(notDone('64625', { text }));
      expect([considerations, notes, preselected]).toEqual([[], ['rfa-denied-by-plan'], []]);
    },
  );

  test.each([
    ['of the other side', { bodySite: [{ text: 'Right' }] }, 'Denied by insurance'],
    ['of something else', {}, 'Insurance denied the MRI'],
    ['that was none', {}, 'Not denied by insurance; patient was late'],
  ])('a denial %s is none of what is proposed', async (_what, part, text) => {
    const { considerations, notes } = await seenWith({ ...notDone('64625', { text }), ...part });
    expect([considerations, notes]).toEqual([[], []]);
  });

  test('its reason is shown where it is not counted', async () => {
    const { detail } = await seenWith(notDone('64625', { text: 'Patient unwell on the day' }));
    expect(detail).toMatch(/Not counted: 2026-01-10 "[^"]*Patient unwell on the day" .* \(not done\)/u);
  });

  test('so it is where the procedure is only on hold', async () => {
    const held = { ...notDone('64625', { text: 'Authorization denied' }), status: 'on-hold' };
    const order = {
      ...{ resourceType: 'ServiceRequest', id: 'o', status: 'on-hold', intent: 'order' },
      ...{ subject: { reference: 'Patient/p1' }, authoredOn: '2026-01-10' },
      code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64625' }] },
      note: [{ text: 'Authorization denied' }],
    };
    for (const { considerations, notes } of [await seenWith(held), await seen({ orders: [order] })]) {
      expect(considerations).toEqual(['rfa-advised-against']);
      expect(notes.toSorted()).toEqual(['rfa-denied-by-plan', 'rfa-planned']);
    }
  });

  const seenWith = (procedureNotDone: object) =>
    seen({ procedures: [physicalTherapy(), leftBlock, procedureNotDone] });
});
