import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

/** What a text says is there. */
function present(text: string): string[] {
  const { findings, statements, care, interventions } = readReport(text, book);
  return [
    ...findings
      .filter(({ negated, hypothetical }) => !negated && !hypothetical)
      .map(({ finding }) => finding),
    ...statements.map(({ id }) => id),
    ...care.filter(({ status }) => status === 'done').map((one) => one.care),
    ...interventions.filter(({ status }) => status !== 'not-done').map(({ kind }) => kind),
  ];
}

describe('a denial behind its term, as forms write it', () => {
  test.each([
    'Fracture: No.',
    'Saddle anesthesia: No. Urinary retention: No.',
    'Bowel/bladder incontinence: denies.',
    'Saddle anesthesia? No',
    'Urinary retention - no',
    'Saddle anesthesia (-), fracture (-)',
    'cancer N, infection N, fracture N',
    'Saddle anesthesia, urinary retention: No',
    'Fracture: none\nInfection: none\nMetastasis: absent',
    'Saddle anesthesia: No  Urinary retention: No  Fracture: No',
    '(-) fracture, (-) infection, (-) saddle anesthesia',
    'Discitis (no), vertebral fracture (none)',
    'Urinary retention? Denies.',
    'Pregnant: N',
    'Prior SI joint RFA: No.',
    'Physical therapy: No.',
  ])('%s', (text) => expect(present(text)).toEqual([]));

  test.each([
    ['Impression: No stenosis. Fracture of L1.', ['fracture']],
    ['Fracture: Yes. Infection: No.', ['fracture']],
    ['Saddle anesthesia: Yes', ['cauda-equina-signs']],
    ['Saddle anesthesia (+), fracture (-)', ['cauda-equina-signs']],
    ['Fracture of L1, discitis N', ['fracture']],
    ['New saddle anesthesia and urinary retention since Monday.', ['cauda-equina-signs']],
    ['Relief after left SI joint RFA: no.', ['sacral-lateral-branch-rfa']],
    ['Compression fracture of L2. Complications: none.', ['fracture']],
  ])('what is answered with yes, or has no answer, stays: %s', (text, expected) =>
    expect(present(text)).toEqual(expected),
  );
});

describe('boxes', () => {
  test.each([
    '☐ Saddle anesthesia ☐ Urinary retention ☒ Low back pain',
    '[ ] infection [x] osteoporosis [ ] fracture',
    '☐ Fracture\n☐ Infection\n☑ Back pain',
    'Red flags: [ ] fracture [ ] metastasis [ ] saddle anesthesia',
    'Saddle anesthesia ☐ Urinary retention ☐',
    'Saddle anesthesia: ☐ Yes ☒ No',
    'Fracture: [ ] Yes [x] No',
    'Urinary retention [ ] Yes [X] No',
    'Fracture ( ) Yes (x) No',
    '☐ Physical therapy ☐ Home exercise',
    'Fracture: [ ] Yes [ ] No',
  ])('an empty one states nothing: %s', (text) => expect(present(text)).toEqual([]));

  test.each([
    ['☒ Saddle anesthesia ☐ Urinary retention', ['cauda-equina-signs']],
    ['[x] fracture [ ] infection', ['fracture']],
    ['Fracture: [x] Yes [ ] No', ['fracture']],
    ['Saddle anesthesia: ☒ Yes ☐ No', ['cauda-equina-signs']],
    ['☑ Physical therapy ☐ Home exercise', ['physical-therapy']],
  ])('a ticked one does: %s', (text, expected) => expect(present(text)).toEqual(expected));
});

describe('# is a fracture beside a bone alone', () => {
  test.each([
    'Claim # WC-1234',
    'Bupivacaine Lot # AB1234 exp 5/27',
    'Order # X99',
    'Auth # pending',
    'Room # B, patient # AA12',
    'Needle # and lot recorded',
  ])('%s', (text) => expect(present(text)).toEqual([]));

  test.each([
    'Burst # of L1.',
    'Old wedge # at T12.',
    'Sacral # seen on CT.',
    'L1 # with 30% height loss.',
    'Left pubic ramus #.',
  ])('but: %s', (text) => expect(present(text)).toEqual(['fracture']));
});
