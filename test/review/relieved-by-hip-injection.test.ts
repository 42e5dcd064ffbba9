/** An injection of the hip that relieved the pain: it may come from there, and no ablation is pre-selected. */
import { leftBlock, seen, type Seen } from './left-chart.js';
import { physicalTherapy, procedure, type ResourceJson } from './service.js';

const WEIGHED = 'relieved-by-hip-injection';
const hip = (relief: string, part: object = {}): ResourceJson =>
  procedure('hip', '20610', {
    code: { text: 'Intra-articular hip injection with bupivacaine' },
    bodySite: [{ text: 'Left hip joint' }],
    performedDateTime: '2026-02-02',
    note: [{ text: relief }],
    ...part,
  });
const withInjection = (injection: ResourceJson): Promise<Seen> =>
  seen({ procedures: [physicalTherapy(), leftBlock, injection] });

describe('weighed first, with its words, and nothing pre-selected', () => {
  test.each([
    ['of the buttock pain after the hip', hip('80% relief of left buttock pain for 5 hours.')],
    ['of exactly 75 %', hip('75% relief for 5 hours.')],
    ['on both sides', hip('80% relief.', { bodySite: [{ text: 'Both hips' }] })],
  ])('relief %s', async (_what, injection) => {
    const { decision, considerations, detail, preselected } = await withInjection(injection);
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual([WEIGHED]);
    expect(detail).toMatch(/Weigh first.*\n.*at least 75 % relief.* 2026-02-02 ".*relief/u);
    expect(preselected).toEqual([]);
  });
});

describe('nothing to weigh', () => {
  test.each([
    ['less than 75 %', hip('74% relief.')],
    ['perhaps less', hip('60-80% relief.')],
    ['of the groin alone', hip('90% relief of the groin pain.')],
    ['of the other hip', hip('80% relief.', { bodySite: [{ text: 'Right hip joint' }] })],
    ['never given', hip('80% relief.', { status: 'not-done' })],
    ['years ago', hip('80% relief.', { performedDateTime: '2023-01-10' })],
  ])('%s', async (_what, injection) => {
    const { considerations, preselected } = await withInjection(injection);
    expect(considerations).toEqual([]);
    expect(preselected).toHaveLength(1);
  });
});

describe('given together with an injection of the sacroiliac joint', () => {
  const bare = hip('', { note: undefined });
  const joint = (relief: string, part: object = {}) =>
    procedure('si', '27096', {
      bodySite: [{ text: 'Left sacroiliac joint' }],
      performedDateTime: '2026-02-02',
      note: [{ text: relief }],
      ...part,
    });
  const withBoth = (injection: ResourceJson, other: ResourceJson) =>
    seen({ procedures: [physicalTherapy(), leftBlock, injection, other] });

  test('that relieved enough, it is weighed with those words', async () => {
    const { decision, considerations, detail, preselected } = await withBoth(bare, joint('90% relief.'));
    expect(decision).toBe('radiofrequency-first');
    expect(considerations).toEqual([WEIGHED]);
    expect(detail).toMatch(/Weigh first.*\n.*together with another.*"90% relief"/u);
    expect(preselected).toEqual([]);
  });

  test.each([
    ['that relieved too little', bare, joint('60% relief.')],
    ['of another day', bare, joint('90% relief.', { performedDateTime: '2026-02-05' })],
    ['of the other side', bare, joint('90% relief.', { bodySite: [{ text: 'Right sacroiliac joint' }] })],
    ['where its own relief was little', hip('20% relief.'), joint('90% relief.')],
  ])('%s, there is nothing to weigh', async (_what, injection, other) => {
    const { considerations } = await withBoth(injection, other);
    expect(considerations).toEqual([]);
  });
});
