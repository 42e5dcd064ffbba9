import { privateLinesOf } from './private-words.mjs';

describe('looking through texts', () => {
  test.each([
    '{"message":"Sampleton"}',
    '{"place":"1969-08-14"}',
    '{"x":"SYN-00101"}',
    '{"url":"http://127.0.0.1/fhir/Condition?patient=article"}',
    '{"url":"http://127.0.0.1/fhir?_getpages=1"}',
    '{"err":"eyJhbGciOiJFUzM4NCJ9.eyJpc3MiOiJ4In0.x"}',
    '{"x":"SECRET-T"}',
  ])('finds %s', (line) => {
    expect(privateLinesOf(`{}\n${line}\n{}`)).toEqual([line]);
  });

  test('leaves aside when a line was written, and what is nobody’s', () => {
    expect(privateLinesOf('{"time":"1970-01-01T00:00:00Z","event":"call.reviewed","count":3}')).toEqual([]);
  });
});
