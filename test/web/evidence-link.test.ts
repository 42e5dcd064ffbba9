import { restOnTheSame } from '../../src/web/static/shared/evidence-link.js';

type Places = Parameters<typeof restOnTheSame>[0];

describe('two statements rest on the same source', () => {
  test.each<[string, Places, Places, boolean]>([
    [
      'with the same record and the same words',
      [['Report/a', 'L5-S1: stenosis']],
      [['Report/a', 'L5-S1: stenosis']],
      true,
    ],
    [
      'not with other words of the same record',
      [['Report/a', 'L5-S1: stenosis']],
      [['Report/a', 'L3 on L4']],
      false,
    ],
    ['with the record as a whole', [['Report/a']], [['Report/a', 'L3 on L4']], true],
    [
      'with words that a card cut short',
      [['Report/a', 'L5-S1: moderate bilateral']],
      [['Report/a', 'L5-S1: mod…']],
      true,
    ],
    [
      'with words of which a card left out the middle',
      [['Report/a', 'Left RFA in 2025 at another hospital gave no relief']],
      [['Report/a', 'Left RFA … no relief']],
      true,
    ],
    [
      'with words that differ in white space',
      [['Report/a', 'L5-S1:\n stenosis']],
      [['Report/a', 'L5-S1: stenosis']],
      true,
    ],
    ['not with another record', [['Report/a', 'x']], [['Report/b', 'x']], false],
    ['not with nothing', [], [['Report/b', 'x']], false],
  ])('%s', (_name, some, others, same) => {
    expect(restOnTheSame(some, others)).toBe(same);
    expect(restOnTheSame(others, some)).toBe(same);
  });
});
