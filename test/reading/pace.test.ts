import { Pace } from '../../src/reading/pace.js';

describe('time kept for the evaluation', () => {
  test('at first as much as may be kept, later what it took of late', () => {
    const pace = new Pace();
    expect(pace.reserve(450)).toBe(135);
    for (let call = 0; call < 20; call += 1) pace.took(10);
    expect(pace.reserve(450)).toBe(40);
    pace.took(60);
    expect(pace.reserve(450)).toBe(90);
  });

  test('never more than a third of what is left, and never less than 40 ms', () => {
    const pace = new Pace();
    pace.took(5_000);
    expect(pace.reserve(450)).toBe(135);
    expect(pace.reserve(50)).toBe(40);
  });
});
