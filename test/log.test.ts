import { Writable } from 'node:stream';
import { CdsError } from '../src/errors.js';
import { createLog, describeError, type LogFields, type LogLevel } from '../src/log.js';

function logAt(level: LogLevel) {
  const written: string[] = [];
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      written.push(chunk.toString());
      done();
    },
  });
  return { log: createLog({ level, stream, now: () => new Date(0) }), written };
}

// What a careless caller might pass, for TypeScript would not let it through.
const careless = (fields: unknown): LogFields => fields as LogFields;

describe('a log line', () => {
  test('is one line of JSON with time, level, message and fields', () => {
    const { log, written } = logAt('info');
    log.info('policy evaluated', { event: 'policy.evaluated', unknown: 1, durationMs: 4 });
    expect(written).toHaveLength(1);
    expect(written[0]).toMatch(/\}\n$/);
    expect(JSON.parse(written[0]!)).toEqual({
      ...{ time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'policy evaluated' },
      ...{ event: 'policy.evaluated', unknown: 1, durationMs: 4 },
    });
  });

  test('has no field that is not on the list, and no value but text, number and truth', () => {
    const { log, written } = logAt('info');
    log.info(
      'x',
      careless({ patientId: 'p-1', body: { name: 'Jane' }, service: { name: 'Jane' }, status: 200 }),
    );
    expect(JSON.parse(written[0]!)).toEqual({
      ...{ time: '1970-01-01T00:00:00.000Z', level: 'info', message: 'x' },
      status: 200,
    });
  });

  test('cannot be broken into two', () => {
    const { log, written } = logAt('info');
    log.info('x', { place: 'a\n{"level":"error"}' });
    expect(written.join('').trim().split('\n')).toHaveLength(1);
  });

  test('cuts a text that is no id', () => {
    const { log, written } = logAt('info');
    log.info('x', { place: 'x'.repeat(5000) });
    expect(written[0]!.length).toBeLessThan(400);
  });

  test('below the level is not written', () => {
    const { log, written } = logAt('warn');
    log.debug('x');
    log.info('x');
    log.warn('x');
    log.error('x');
    expect(written.map((line) => /"level":"(\w+)"/.exec(line)?.[1])).toEqual(['warn', 'error']);
  });
});

describe('an error in a log line', () => {
  test('of ours: code, message and place', () => {
    const error = new CdsError('ERR_HOOK_REQUEST_INVALID', 'context is missing', { expression: 'context' });
    expect(describeError(error)).toEqual({
      ...{ name: 'CdsError', code: 'ERR_HOOK_REQUEST_INVALID' },
      ...{ message: 'context is missing', place: 'context' },
    });
  });

  test('of others: where it was, but not what it says, for that may quote the record', () => {
    const described = describeError(new SyntaxError('Unexpected token in "Jane Doe\n at home"'));
    expect(described['name']).toBe('SyntaxError');
    expect(JSON.stringify(described)).not.toMatch(/Jane|home/);
    expect(described['frames']).toEqual(expect.arrayContaining([expect.stringContaining('log.test')]));
  });

  test('thrown that is no error', () => {
    expect(describeError('Jane Doe')).toEqual({ name: 'string' });
  });

  test('in a line', () => {
    const { log, written } = logAt('info');
    log.error('failed', { err: new Error('Jane Doe') });
    expect(JSON.parse(written[0]!)).toMatchObject({ message: 'failed', err: { name: 'Error' } });
    expect(written[0]).not.toContain('Jane');
  });
});
