import { readReport, type ReadOptions, type TextIntervention } from '../../src/report-text/index.js';
import { book } from './book.js';

function relief({ relief: found }: Pick<TextIntervention, 'relief'>): string | undefined {
  if (found === undefined) return undefined;
  const { low, high, computed, ofIndexPain, duration, measuredAfter } = found;
  const parts = [
    `${low}-${high}`,
    computed && 'computed',
    ofIndexPain === false && 'elsewhere',
    duration,
    measuredAfter && `at ${measuredAfter}`,
  ];
  return parts.filter((part) => typeof part === 'string').join(' ');
}

function line(each: TextIntervention): string {
  const { kind, status, levels, laterality, technique, drug, date } = each;
  return [kind, status, levels.join('+'), laterality, technique, drug, date, relief(each)]
    .filter(Boolean)
    .join(' ');
}

function read(text: string, options: ReadOptions = {}): string[] {
  return readReport(text, book, options).interventions.map(line);
}

describe('kind, levels, side and date', () => {
  test.each([
    [
      'Patient underwent bilateral S1, S2 and S3 sacral lateral branch blocks on 11/03/2025.',
      'lateral-branch-block completed S1+S2+S3 bilateral 2025-11-03',
    ],
    [
      'Right SI joint injection with steroid performed 2024-05-02.',
      'si-joint-injection completed right steroid 2024-05-02',
    ],
    [
      'Underwent L4-5 and L5-S1 medial branch blocks in March 2025.',
      'medial-branch-block completed L4-L5+L5-S1 2025-03',
    ],
    ['Received bilateral L5-S1 TFESI in 2024.', 'transforaminal-epidural completed L5-S1 bilateral 2024'],
    ['Underwent L4-5 interlaminar ESI.', 'interlaminar-epidural completed L4-L5'],
    ['Underwent caudal epidural.', 'caudal-epidural completed'],
    ['Underwent left hip injection.', 'hip-injection completed left'],
    [
      'Underwent radiofrequency ablation of the left S1-S3 lateral branches.',
      'sacral-lateral-branch-rfa completed S1+S2+S3 left',
    ],
    ['Underwent lumbar facet RFA.', 'facet-rfa completed'],
    ['s/p L4-5 fusion 2019.', 'lumbar-fusion completed L4-L5 2019'],
    ['Status post right SI joint fusion.', 'si-fusion completed right'],
  ])('%s', (text, expected) => expect(read(text)).toEqual([expected]));

  test.each([
    ['Cooled RFA of the S1-S3 lateral branches was performed.', 'cooled'],
    ['S1-S3 lateral branch RFA performed at 60 degrees C with a 17 gauge probe.', 'cooled'],
    ['S1-S3 lateral branch RFA performed at 80°C for 90 seconds.', 'conventional'],
    ['Pulsed RF 42 degrees of the S1-S3 lateral branches was performed.', 'pulsed'],
    ['S1-S3 lateral branch RFA performed.', undefined],
  ])('technique: %s', (text, expected) => {
    expect(readReport(text, book).interventions[0]?.technique).toBe(expected);
  });
});

describe('status', () => {
  test.each([
    ['She is scheduled for RFA of the lateral branches.', 'planned'],
    ['PLAN: lateral branch RFA.', 'planned'],
    ['Recommend lateral branch RFA.', 'planned'],
    ['She has not had lateral branch RFA.', 'not-done'],
    ['She never underwent lateral branch RFA.', 'not-done'],
    ['Declined lateral branch RFA.', 'not-done'],
    ['Lateral branch RFA was performed.', 'completed'],
    ['Lateral branch RFA was started but no lesions were made.', 'stopped'],
    ['Lateral branch RFA with 60% relief.', 'completed'],
    ['Lateral branch RFA.', 'unknown'],
  ])('%s is %s', (text, status) => expect(readReport(text, book).interventions[0]?.status).toBe(status));
});

describe('relief', () => {
  test.each([
    ['80-90% relief', '80-90'],
    ['80 to 90 percent relief', '80-90'],
    ['80% to 90% improvement', '80-90'],
    ['eighty percent relief', '80-80'],
    ['>80% relief', '80-100'],
    ['at least 75% relief', '75-100'],
    ['more than 50 % relief', '50-100'],
    ['80%+ relief', '80-100'],
    ['less than 50% relief', '0-49'],
    ['complete relief', '100-100'],
    ['no relief', '0-0'],
    ['NRS 8/10 to 2/10', '75-75 computed'],
    ['pain from eight out of ten down to two', '75-75 computed'],
    ['80% relief for 6 hours', '80-80 PT6H'],
    ['80% relief lasting three months', '80-80 P3M'],
    ['80% relief at 6 weeks', '80-80 at P6W'],
    ['100% relief of groin pain', '100-100 elsewhere'],
  ])('%s', (words, expected) => {
    const [found] = readReport(`Lateral branch block gave ${words}.`, book).interventions;
    expect(relief(found ?? {})).toBe(expected);
  });

  test('each relief stays with its own procedure', () => {
    expect(
      read('80-90% relief with sacral lateral branch blocks and only 30% from bilateral L5-S1 TFESI.'),
    ).toEqual([
      'lateral-branch-block completed 80-90',
      'transforaminal-epidural completed L5-S1 bilateral 30-30',
    ]);
    expect(
      read('Sacral lateral branch blocks gave 80 to 90 percent relief; bilateral L5-S1 TFESI only 30%.'),
    ).toEqual([
      'lateral-branch-block completed 80-90',
      'transforaminal-epidural completed L5-S1 bilateral 30-30',
    ]);
  });

  test('two dates with two reliefs are two blocks', () => {
    expect(read('Lateral branch blocks 11/3/2025 and 12/1/2025 with 80% and 90% relief.')).toEqual([
      'lateral-branch-block completed 2025-11-03 80-80',
      'lateral-branch-block completed 2025-12-01 90-90',
    ]);
  });

  test('relief in the next sentence belongs to the procedure before', () => {
    expect(read('She underwent lateral branch blocks on 11/3/2025. The blocks gave 85% relief.')).toEqual([
      'lateral-branch-block completed 2025-11-03 85-85',
    ]);
  });

  test('relief of other care is not that of a block', () => {
    expect(read('Lateral branch block is planned. Physical therapy gave 20% relief.')).toEqual([
      'lateral-branch-block planned',
    ]);
  });

  test('the strength of an anaesthetic is no relief', () => {
    expect(read('Lateral branch block performed with 0.5% bupivacaine.')).toEqual([
      'lateral-branch-block completed local-anaesthetic',
    ]);
  });

  test('a negative medial branch block is one with less than half', () => {
    expect(read('Medial branch blocks at L4-5 and L5-S1 were negative.')).toEqual([
      'medial-branch-block completed L4-L5+L5-S1 0-49',
    ]);
  });
});

describe('a note of a procedure of its own (about)', () => {
  const note = (text: string, about: NonNullable<ReadOptions['about']>) =>
    readReport(text, book, { about }).about;

  test('tells side, nerves, technique and relief', () => {
    const text =
      'INDICATION: 80% relief from lateral branch blocks.\nPROCEDURE: Cooled RFA of the left S1, S2, S3 lateral branches and L5 dorsal ramus.\nLesions were made at 60 degrees C. The patient reported 60% relief at 6 weeks.';
    expect(note(text, 'sacral-lateral-branch-rfa')).toMatchObject({
      levels: ['S1', 'S2', 'S3', 'L5'],
      laterality: 'left',
      technique: 'cooled',
      relief: { low: 60, high: 60, measuredAfter: 'P6W' },
    });
  });

  test('pain scores in lines of their own are paired', () => {
    const text =
      'Medication: 0.5% bupivacaine. No steroid was used.\nPre-procedure pain score: 8/10\nPost-procedure pain score: 1/10';
    expect(note(text, 'lateral-branch-block')).toMatchObject({
      drug: 'local-anaesthetic',
      relief: { low: 88, computed: true },
    });
  });

  test('relief of the groin alone is told as elsewhere; where the buttock did not change, as none', () => {
    const relieved = (text: string) => note(text, 'si-joint-injection')?.relief;
    expect(relieved('Groin pain relieved 100 %.')).toMatchObject({ low: 100, ofIndexPain: false });
    expect(relieved('Groin pain relieved 100 %, buttock unchanged.')).toMatchObject({ low: 0, high: 0 });
  });

  test.each([
    ['The procedure was aborted; no lesions made.', true],
    ['Lidocaine was given before lesioning. Lesions were made.', undefined],
  ])('%s', (text, expected) => {
    expect(note(text, 'sacral-lateral-branch-rfa')?.notCarriedThrough).toBe(expected);
  });

  test('is absent when no procedure was given', () => {
    expect(readReport('80% relief.', book).about).toBeUndefined();
  });
});

describe('how long a relief lasted is said beside it, not of other care', () => {
  test.each([
    ['PT x 8 weeks, NSAIDs, 2 SI joint injections (80% relief x 3 weeks).', 'P3W'],
    ['NSAIDs x 6 weeks, SIJ injection with 70% relief.', undefined],
    ['PT for 8 weeks and SIJ injection with 80% relief.', undefined],
    ['For 6 hours after the LBB she had 80% relief.', 'PT6H'],
    ['SI joint RFA in 2022, 70% relief for a year.', 'P1Y'],
    ['LBB: 80% relief lasting half a day.', undefined],
  ])('%s', (text, duration) => {
    const reading = readReport(text, book);
    expect(reading.interventions.map(({ relief }) => relief?.duration)).toEqual([duration]);
  });
});

describe('planned lesions that were made are no plan', () => {
  test.each([
    ['SIJ RFA: all planned lesions completed without complication.', 'completed'],
    ['SIJ RFA planned.', 'planned'],
  ])('%s', (text, status) => {
    expect(readReport(text, book).interventions.map((told) => told.status)).toEqual([status]);
  });
});

describe('relief that differs by side, or is told by what is left', () => {
  test.each([
    ['Left side 90% relief, right side 20% relief.', [20, 90]],
    ['Left side 90% relief. Right side 20% relief.', [20, 90]],
    ['Took away all but 10% of her pain.', [90, 90]],
    ['At 3 months pain is still 70% of what it was.', [30, 30]],
    ['85% relief of left buttock pain.', [85, 85]],
  ])('%s', (text, expected) => {
    const relief = readReport(text, book, { about: 'lateral-branch-block' }).about?.relief;
    expect([relief?.low, relief?.high]).toEqual(expected);
  });
});

describe('what is no care and no sign', () => {
  test.each([
    ['Pt with right buttock pain for 8 weeks. Pt reports no relief from heat.', []],
    ['No, pt wants surgery.', []],
    ['PT x 8 weeks.', ['physical-therapy done']],
    ['Tried pt for 6 weeks.', ['physical-therapy done']],
    ['Will start PT for 6 weeks.', ['physical-therapy planned']],
  ])('%s', (text, expected) => {
    expect(readReport(text, book).care.map(({ care, status }) => `${care} ${status}`)).toEqual(expected);
  });

  test('a warning of what to come back for is none of it', () => {
    const warned = readReport('Return to ED for saddle anesthesia, urinary retention or fever.', book);
    expect(warned.statements).toEqual([]);
    expect(readReport('She has saddle anesthesia.', book).statements).toHaveLength(1);
  });
});
