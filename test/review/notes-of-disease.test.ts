/** What a note or report says in words where no code says it: disease, drugs, earlier operations, and their denials. */
import { bundle, draft, orderSign, physicalTherapy, prefetched, procedure, review } from './service.js';

function note(text: string) {
  return {
    resourceType: 'DocumentReference',
    id: 'note',
    status: 'current',
    type: { text: 'Clinic note' },
    subject: { reference: 'Patient/p1' },
    date: '2026-03-01T10:00:00Z',
    content: [{ attachment: { contentType: 'text/plain', data: Buffer.from(text).toString('base64') } }],
  };
}

function imaging(conclusion: string) {
  return {
    resourceType: 'DiagnosticReport',
    id: 'mri',
    status: 'final',
    code: { text: 'MRI sacroiliac joints' },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2026-01-15',
    conclusion,
  };
}

const block = procedure('lbb', '64451', {
  bodySite: [{ text: 'Bilateral sacral lateral branches' }],
  note: [{ text: '85 % relief for 6 hours.' }],
});

/** The order whose blocks and conservative care are as the pathway asks. */
async function orderWith(delivered: Readonly<Record<string, unknown>>) {
  const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block), ...delivered });
  const answer = await review(orderSign([draft()], { prefetch }));
  return { answer, order: answer.extension?.['stepwise-cds.evaluation'].orders[0] };
}

async function decisionWith(delivered: Readonly<Record<string, unknown>>): Promise<string> {
  const { answer, order } = await orderWith(delivered);
  const decision = order?.decision ?? '';
  const offered = answer.cards[0]?.suggestions?.some(({ isRecommended }) => isRecommended) ?? false;
  const label = answer.cards[0]?.suggestions?.map(({ label: said }) => said).join() ?? '';
  return `${decision}${offered && /ablation|RFA/.test(label) ? ', RFA recommended' : ''}`;
}

test('nothing of the kind: the pathway’s next step', async () => {
  expect(await decisionWith({})).toBe('radiofrequency-first, RFA recommended');
});

test.each([
  'PMH: ankylosing spondylitis, on Humira.',
  'Rheumatology: axial spondyloarthritis, on adalimumab, HLA-B27 positive.',
  'Assessment: axSpA with bilateral SI involvement. Continue secukinumab.',
  'Past history of seronegative spondyloarthropathy.',
])('a note: %s', async (text) => {
  expect(await decisionWith({ documents: bundle(note(text)) })).toBe('other-diagnosis-first');
});

test.each([
  'No history of ankylosing spondylitis.',
  'Denies axial spondyloarthritis.',
  'Family history: mother with ankylosing spondylitis.',
  'FHx: father ankylosing spondylitis.',
  'Lumbar spondylosis, degenerative spondyloarthropathy.',
])('a note that names it and does not state it: %s', async (text) => {
  expect(await decisionWith({ documents: bundle(note(text)) })).toBe('radiofrequency-first, RFA recommended');
});

test.each([
  'Periarticular bone marrow edema and erosions of both SI joints.',
  'Bilateral subchondral bone marrow edema with erosions of the sacroiliac joints.',
  'Erosive change of the left sacroiliac joint.',
  'The right SI joint is partly ankylosed.',
])('a report: %s', async (text) => {
  expect(await decisionWith({ diagnosticReports: bundle(imaging(text)) })).toBe('other-diagnosis-first');
});

test.each([
  'SI joints without erosions or bone marrow edema.',
  'Mild degenerative change of both sacroiliac joints, no erosion.',
  'Sclerosis and vacuum phenomenon of both SI joints.',
])('a report of wear, or of nothing: %s', async (text) => {
  expect(await decisionWith({ diagnosticReports: bundle(imaging(text)) })).toBe(
    'radiofrequency-first, RFA recommended',
  );
});

test.each([
  'No history of saddle anesthesia.',
  'No prior urinary retention.',
  'Has never had saddle numbness.',
  'Negative history for cauda equina signs, saddle anesthesia.',
])('a sign that was never there is no red flag: %s', async (text) => {
  expect(await decisionWith({ documents: bundle(note(text)) })).toBe('radiofrequency-first, RFA recommended');
});

test.each([
  ['On Coumadin for a mechanical valve.', true],
  ['PMH: atrial fibrillation, takes Eliquis.', true],
  ['Not on blood thinners.', false],
  ['Denies taking blood thinners.', false],
  ['Was on warfarin in 2015 for a DVT.', false],
])('a drug that thins the blood: %s', async (text, said) => {
  const { order } = await orderWith({ documents: bundle(note(text)) });
  expect(order?.notes?.some(({ id }) => id === 'anticoagulation') ?? false).toBe(said);
});

test.each([
  ['PSH: Morton neuroma neurectomy left foot 2015.', 'not-met'],
  ['PSH: ilioinguinal neurectomy left 2018.', 'not-met'],
  ['Left sacral lateral branch neurectomy 2024.', 'met'],
])('a neurectomy of these branches or of others: %s', async (text, state) => {
  const { order } = await orderWith({ documents: bundle(note(text)) });
  expect(order?.steps.find(({ id }) => id === 'neurectomy')?.state).toBe(state);
});

test.each([
  ['Bupivacaine + Depo 40 mg. 80% better at 2 wks, lasted 2 months.', 'therapeutic-not-diagnostic'],
  ['Bupi 2 mL + dex 10 mg. At 2 weeks 80% better.', 'therapeutic-not-diagnostic'],
  ['80% better at 2 weeks.', 'therapeutic-not-diagnostic'],
  ['Bupivacaine 2 mL. 80% relief for 6 hours.', undefined],
  ['80% relief for 4 hours.', undefined],
])('an injection of the joint: %s', async (text, why) => {
  const injection = procedure('si', '27096', { note: [{ text }] });
  const { order } = await orderWith({ procedures: bundle(physicalTherapy(), injection) });
  const blocks = order?.steps.find(({ id }) => id === 'diagnostic-blocks');
  expect(blocks?.notCounted?.[0]?.why).toBe(why);
  expect(blocks?.state === 'met').toBe(why === undefined);
});

test('aspirin for the heart is no treatment of pain', async () => {
  const { order } = await orderWith({
    procedures: bundle(block),
    documents: bundle(note('Takes aspirin 81 for CAD.')),
  });
  expect(JSON.stringify(order?.steps.find(({ id }) => id === 'conservative-care'))).not.toContain('aspirin');
});

test.each([
  ['Bilateral. No relief at 3 months.', 2],
  ['Cooled RFA performed on both sides. 10 % relief at 3 months.', 2],
  ['Both SI joints treated. No relief at 3 months.', 2],
  ['No relief at 3 months. R side.', 0],
  ['Pain came back right away, left the clinic walking. No relief at 3 months.', 0],
])('the side of an ablation by its own note: %s', async (text, counted) => {
  const ablation = (id: string, day: string) =>
    procedure(id, '64625', { performedDateTime: day, note: [{ text }] });
  const { answer } = await orderWith({
    procedures: bundle(physicalTherapy(), block, ablation('r1', '2024-03-01'), ablation('r2', '2025-05-01')),
  });
  const steps = answer.extension?.['stepwise-cds.evaluation'].orders[0]?.steps ?? [];
  const left = steps.find(({ id, side }) => id === 'radiofrequency-ablation' && side !== 'right');
  expect(left?.attempts?.counted).toBe(counted);
});
