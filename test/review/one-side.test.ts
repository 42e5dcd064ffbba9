import { bundle, draft, orderSign, prefetched, procedure, reviewOrder } from './service.js';

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
