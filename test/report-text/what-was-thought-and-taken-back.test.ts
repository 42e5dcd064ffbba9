import { readReport } from '../../src/report-text/index.js';
import { book } from './book.js';
import { told, statements } from './told.js';

function findings(text: string): string[] {
  return readReport(text, book).findings.map(({ finding, level, negated }) =>
    [negated ? 'no' : '', finding, level].filter(Boolean).join(' '),
  );
}

describe('what is thought of a procedure', () => {
  test.each([
    [
      'I do not believe that RFA of the left SI joint is warranted.',
      'sacral-lateral-branch-rfa left not-done',
    ],
    [
      'She does not feel that the left SI joint injection of 4/4/2025 helped.',
      'si-joint-injection left 2025-04-04 completed',
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual([expected]));
});

describe('figures and times of several', () => {
  test.each([
    [
      'Right LBBs on 4/4/2025 and 5/5/2025 gave 35 and 95% relief.',
      [
        'lateral-branch-block right 2025-04-04 35% completed',
        'lateral-branch-block right 2025-05-05 95% completed',
      ],
    ],
    ['Both right LBBs were positive (75% and 95%).', ['lateral-branch-block right 75-95% completed']],
    [
      'RFA left SIJ 4/4/2025 (80%, 10 mos), RFA right SIJ 5/5/2025 (20%).',
      [
        'sacral-lateral-branch-rfa left 2025-04-04 80% P10M completed',
        'sacral-lateral-branch-rfa right 2025-05-05 20% completed',
      ],
    ],
    [
      'Right LBB 4/4/2025. Pain 9/10 before, 5/10 at 30 minutes, 1/10 at 2 hours, 3/10 at 4 hours.',
      ['lateral-branch-block right 2025-04-04 89% completed'],
    ],
    [
      'Right LBB 4/4/2025. Pain 8/10 before, 2/10 at 1 hour, 2/10 at 3 weeks.',
      ['lateral-branch-block right 2025-04-04 75% completed'],
    ],
    ['Her last left SIJ injection (7 months ago) wore off.', ['si-joint-injection left completed']],
    [
      'SI joint injections used to last for 5 months, the most recent in April 2025 did less.',
      ['si-joint-injection 2025-04 completed'],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));
});

describe('a denial that was taken back', () => {
  test.each([
    'The insurer denied SI joint RFA in May; it was approved in June.',
    'SI joint RFA was denied by her insurance. The denial was overturned.',
  ])('%s', (text) => expect(statements(text)).not.toContain('rfa-denied-by-plan'));

  test.each([
    'SI joint RFA was denied by her insurance. The appeal was not approved.',
    'SI joint RFA was denied by her insurance. A repeat injection was approved.',
    'SI joint RFA was denied by her insurance. It can be approved if she completes PT.',
  ])('stands: %s', (text) => expect(statements(text)).toContain('rfa-denied-by-plan'));
});

describe('diseases of a relative, or ruled out', () => {
  test.each([
    'FHx of ankylosing spondylitis.',
    'FHx: brother, ankylosing spondylitis',
    'Fam hx of psoriatic arthritis.',
    'Rheumatology ruled out ankylosing spondylitis.',
    'This is unlikely to be ankylosing spondylitis.',
  ])('%s', (text) => expect(statements(text)).toEqual([]));

  test('her own counts', () =>
    expect(statements('She was diagnosed with ankylosing spondylitis in 2015.')).toContain(
      'inflammatory-disease',
    ));
});

describe('findings', () => {
  test.each(['Right SIJ RFA: excellent result.', 'Left SI joint injection: normal spread of contrast.'])(
    'the result of a treatment is none of the joint: %s',
    (text) => expect(findings(text)).toEqual([]),
  );

  test('no stenosis at a level is none of the canal and none of the foramina', () =>
    expect(findings('L3-L4: Mild bulge. No stenosis.')).toEqual([
      'disc-bulge L3-L4',
      'no central-stenosis L3-L4',
      'no foraminal-stenosis L3-L4',
    ]));

  test('unless the foramina are told of by themselves', () =>
    expect(findings('L3-L4: No stenosis. Mild right foraminal narrowing.')).toEqual([
      'no central-stenosis L3-L4',
      'foraminal-stenosis L3-L4',
    ]));

  test.each([
    [
      'At L3-L4 and at L4-L5 there is facet arthropathy.',
      ['facet-arthropathy L3-L4', 'facet-arthropathy L4-L5'],
    ],
    ['A bulge is seen at L3-L4 and at L4-L5 a protrusion.', ['disc-bulge L3-L4', 'disc-herniation L4-L5']],
  ])('levels joined: %s', (text, expected) => expect(findings(text)).toEqual(expected));
});

describe('what only dates or counts another', () => {
  test.each([
    [
      'SI joint fusion 2021; an SI joint injection after the fusion gave no benefit.',
      ['si-fusion 2021 completed', 'si-joint-injection 0% completed'],
    ],
    [
      'Tried: chiropractic (8 visits, 2024), SI joint injection x1 (40%).',
      ['si-joint-injection 40% completed'],
    ],
    [
      'Tried: LBB x1 (85%), SIJ RFA x0.',
      ['lateral-branch-block 85% completed', 'sacral-lateral-branch-rfa not-done'],
    ],
    ['SIJ RFA: never.', ['sacral-lateral-branch-rfa not-done']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('an ablation counted at none is none', () =>
    expect(statements('Tried: physical therapy, injections, RFA x0.')).not.toContain(
      'ablation-without-target',
    ));

  test('a test that is no longer painful after a block is no result', () =>
    expect(
      readReport('Ten minutes after the block Gaenslen was no longer painful.', book).provocation,
    ).toEqual([]));
});

describe('the dates of letters and visits, and the sides of headings and columns', () => {
  test.each([
    [
      'Following the referral of 3/2/2026 she had a right SI joint block on 3/20/2026.',
      ['si-joint-injection right 2026-03-20 completed'],
    ],
    [
      'L SIJ: injection 5/2025 70% x 6 wks, RFA 9/2025 80%.',
      [
        'si-joint-injection left 2025-05 70% P6W completed',
        'sacral-lateral-branch-rfa left 2025-09 80% completed',
      ],
    ],
    [
      'Date        Procedure        Left relief  Right relief\n03/03/2026  Bilateral LBB    30%          85%\n03/24/2026  Bilateral LBB    20%          95%',
      [
        'lateral-branch-block bilateral 2026-03-03 30-85% completed',
        'lateral-branch-block bilateral 2026-03-24 20-95% completed',
      ],
    ],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected));

  test('each side keeps the relief of its column', () =>
    expect(
      readReport(
        '| Date | Procedure | R relief | L relief |\n|---|---|---|---|\n| 3/3/2026 | Bilateral LBB | 85% | 30% |',
        book,
      ).interventions[0]?.relief?.bySide,
    ).toEqual({ left: { low: 30, high: 30 }, right: { low: 85, high: 85 } }));

  test('a refusal behind an "and" is of what the sentence before speaks of', () =>
    expect(
      statements('Lateral branch RFA was brought up. He is afraid of it and does not want to have it done.'),
    ).toContain('rfa-declined'));

  test.each(['L4/5: R L5 root comp.', 'No root comp at L4/5.'])('a shorthand of roots: %s', (text) =>
    expect(findings(text).map((each) => each.replace('no ', ''))).toEqual(['nerve-root-compression L4-L5']),
  );
});
