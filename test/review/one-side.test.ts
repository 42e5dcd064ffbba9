import {
  bundle,
  draft,
  orderSign,
  physicalTherapy,
  prefetched,
  procedure,
  review,
  reviewOrder,
} from './service.js';

/** A bilateral block in the record, its relief told of one side alone, decided for an order of one side. */
async function decided(side: string, text: string) {
  const block = procedure('lbb', '64451', { bodySite: [{ text: 'Bilateral' }], note: [{ text }] });
  const order = draft({ code: { text: `Neurectomy of ${side} sacral lateral branches` } });
  const prefetch = prefetched({ procedures: bundle(block) });
  return (await reviewOrder(orderSign([order], { prefetch }))).decision;
}

describe('a bilateral block that each side answered otherwise', () => {
  test.each([
    'The left side had 85 % relief and the right only 10 %.',
    '85% and 10% relief on the left and right respectively.',
  ])('%s', async (text) => {
    expect(await decided('left', text)).toBe('radiofrequency-first');
    expect(await decided('right', text)).toBe('diagnostic-blocks-first');
  });
});

describe('a relief told of one side is none of the other', () => {
  test.each([
    'Left side 85% relief for 6 hours.',
    '85% relief for 6 hours on the left.',
    'She had 85% relief for 6 hours, but on the right only 10%.',
  ])('%s', async (text) => {
    expect(await decided('right', text)).not.toBe('radiofrequency-first');
  });

  test('and of its own side it counts', async () => {
    expect(await decided('left', 'Left side 85% relief for 6 hours.')).toBe('radiofrequency-first');
  });
});

describe('an order for both sides that ask for different steps: the headline names both', () => {
  const both = { bodySite: [{ text: 'Bilateral sacral lateral branches' }] };
  const block = procedure('lbb', '64451', { ...both, note: [{ text: '85 % relief for 6 hours.' }] });
  const left = (id: string, performedDateTime: string, text: string) =>
    procedure(id, '64625', {
      performedDateTime,
      bodySite: [{ text: 'Left sacroiliac joint' }],
      note: [{ text }],
    });
  const summaryWith = async (...more: readonly object[]) => {
    const prefetch = prefetched({ procedures: bundle(physicalTherapy(), block, ...more) });
    const { cards } = await review(orderSign([draft()], { prefetch }));
    return cards[0]?.summary ?? '';
  };

  test('in full where it fits', async () => {
    const failed = [
      left('one', '2024-02-10', '20 % relief at 3 months.'),
      left('two', '2025-02-10', '10 % relief at 3 months.'),
    ];
    expect(await summaryWith(...failed)).toMatch(/^Cooled RFA of the right .*; left: individual review$/);
  });

  test('in short where it does not', async () => {
    const rightOnly = { bodySite: [{ text: 'Right sacroiliac joint' }] };
    const weak = procedure('weak', '64451', {
      ...rightOnly,
      performedDateTime: '2026-02-10',
      note: [{ text: '10 % relief.' }],
    });
    expect(await summaryWith(weak)).toMatch(/^What diagnostic blocks .*; left: (?:otherwise|radio.*)$/);
  });

  test('one step for both is said once', async () => {
    expect(await summaryWith()).toMatch(/^Cooled RFA of the bilateral [^;]*$/);
  });
});
