import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';

describe('provocation', () => {
  const tests = (text: string): string[] =>
    readReport(text, book).provocation.map(({ test: name, result, laterality }) =>
      [name, result, laterality].filter(Boolean).join(' '),
    );

  test.each([
    [
      'FABER, thigh thrust and distraction positive; compression negative.',
      ['faber positive', 'thigh-thrust positive', 'distraction positive', 'compression negative'],
    ],
    [
      'Positive FADIR, Patrick, thigh thrust, ASIS distraction.',
      ['fadir positive', 'faber positive', 'thigh-thrust positive', 'distraction positive'],
    ],
    [
      'FABER positive on the right and negative on the left.',
      ['faber positive right', 'faber negative left'],
    ],
    [
      'FABER positive bilaterally, thigh thrust positive right.',
      ['faber positive bilateral', 'thigh-thrust positive right'],
    ],
    [
      "FABER +, thigh thrust -, Gaenslen's negative bilaterally.",
      ['faber positive', 'thigh-thrust negative', 'gaenslen negative bilateral'],
    ],
    ['Compression fracture of L1.', []],
    [
      'FADIR positive with groin pain, FABER reproduces groin pain, thigh thrust negative.',
      ['fadir positive', 'thigh-thrust negative'],
    ],
    ['FABER positive, reproducing right groin pain; distraction positive.', ['distraction positive']],
    ['Positive FABER in the groin; negative compression.', ['compression negative']],
    ['FABER positive for right buttock and groin pain.', ['faber positive right']],
    ['FABER left: Positive, reproduces groin pain.', []],
    ['FABER positive, groin pain; distraction positive.', ['distraction positive']],
    ['FABER positive over the PSIS, without groin pain.', ['faber positive']],
    ['FABER and thigh thrust positive, groin pain denied.', ['faber positive', 'thigh-thrust positive']],
  ])('%s', (text, expected) => expect(tests(text)).toEqual(expected));

  test.each([
    ['3/5 SIJ provocative tests positive.', 3, 5],
    ['Three of six provocation tests were positive.', 3, 6],
  ])('%s', (text, positive, of) =>
    expect(readReport(text, book).provocationCounts).toMatchObject([{ positive, of }]),
  );
});

describe('conservative care', () => {
  const care = (text: string): string[] =>
    readReport(text, book).care.map((each) =>
      [
        each.care,
        each.medicationClass,
        each.status,
        each.weeks && `${each.weeks} wk`,
        each.visits && `${each.visits} visits`,
      ]
        .filter(Boolean)
        .join(' '),
    );

  test.each([
    [
      'PT x 12 weeks, NSAIDs, activity modification without relief.',
      ['physical-therapy done 12 wk', 'medication nsaid done', 'activity-modification done'],
    ],
    ['Completed 8 visits of physical therapy over 6 weeks.', ['physical-therapy done 6 wk 8 visits']],
    ['Physical therapy for 3 months.', ['physical-therapy done 13 wk']],
    [
      'He has not had physical therapy. Declined chiropractic.',
      ['physical-therapy not-done', 'chiropractic not-done'],
    ],
    ['Recommend physical therapy.', ['physical-therapy planned']],
  ])('%s', (text, expected) => expect(care(text)).toEqual(expected));
});

describe('statements', () => {
  const ids = (text: string): string[] => readReport(text, book).statements.map(({ id }) => id);

  test.each([
    ['RFA was denied by her insurance.', ['rfa-denied-by-plan']],
    ['Patient was denied RFA by insurance.', ['rfa-denied-by-plan']],
    ['She declined RFA.', ['rfa-declined']],
    ['New urinary retention.', ['cauda-equina-signs']],
    ['Denies saddle anesthesia or bowel incontinence.', []],
    ['Groin pain on the left.', ['groin-pain']],
    ['No groin pain.', []],
    ['Opioids are being tapered.', ['opioid-taper']],
    ['She is pregnant.', ['pregnancy']],
    ['Pregnancy test negative.', []],
    ['Morning stiffness for an hour.', ['inflammatory-signs']],
  ])('%s', (text, expected) => expect(ids(text)).toEqual(expected));
});
