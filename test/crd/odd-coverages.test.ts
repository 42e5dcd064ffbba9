/** Coverages that break FHIR, that did not all come, or that name their payer by what is private. */
import { Writable } from 'node:stream';
import { createLog } from '../../src/log.js';
import { bundle, draft, prefetched } from '../review/service.js';
import {
  coverage,
  coverageInformationOf,
  crdOrderSign,
  crdService,
  rfa,
  valuesOf,
  VERSIONS,
  type CrdAnswer,
} from './service.js';

const NOBODY = 'http://127.0.0.1:1/fhir';

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);

  test.each<[string, Readonly<Record<string, unknown>>, number]>([
    ['a payer that is null', { payor: [null] }, 400],
    ['payers that are none', { payor: 'x' }, 400],
    ['a payer whose identifier is a text', { payor: [{ identifier: 'x' }] }, 400],
    ['a payer whose reference is a number', { payor: [{ reference: 7 }] }, 400],
    [
      'a contained payer with identifiers that are none',
      {
        contained: [null, { resourceType: 'Organization', id: 'o', identifier: [null] }],
        payor: [{ reference: '#o' }],
      },
      400,
    ],
    ['contained resources that are none', { contained: [null] }, 200],
    ['identifiers that are none', { identifier: [null] }, 200],
    ['a period that is a text', { period: 'x' }, 200],
    ['a begin that is a number', { period: { start: 5 } }, 200],
    ['an end that is a number', { period: { end: 5 } }, 200],
  ])('%s is as if it were not there', async (_name, part, expected) => {
    const { status, body } = await service.post(crdOrderSign([rfa()], [coverage(part)]));
    expect(status).toBe(expected);
    if (status !== 200) expect(body).toMatchObject({ issue: [{ expression: ['prefetch.coverage'] }] });
  });

  const orderSign = (order: object, ...read: readonly object[]) => {
    const part = { ...bundle(...read), total: 2, link: [{ relation: 'next', url: 'Coverage?page=2' }] };
    return crdOrderSign([order], [], { prefetch: prefetched({ coverage: part }) });
  };

  test.each([
    ['one was read', [coverage()]],
    ['none was read', []],
  ])('not all Coverages came, and the order names none: 412, %s', async (_name, read) => {
    const { body } = await service.post(orderSign(rfa(), ...read)).expect(412);
    expect(body).toMatchObject({ issue: [{ expression: ['prefetch.coverage'] }] });
  });

  test('not all Coverages came, and the order names the one that did: decided on that', async () => {
    const order = rfa({ insurance: [{ reference: 'Coverage/cov-1' }] });
    const { body } = await service.post(orderSign(order, coverage())).expect(200);
    const [action] = (body as CrdAnswer).systemActions ?? [];
    const [information] = coverageInformationOf(action?.resource);
    expect(information && valuesOf(information, 'coverage')).toEqual([{ reference: 'Coverage/cov-1' }]);
  });

  test('a payer is looked up without a word of its reference in the log', async () => {
    let logged = '';
    const stream = new Writable({
      write: (chunk: Buffer, _encoding, done) => {
        logged += chunk.toString();
        done();
      },
    });
    const { post } = crdService(version, {
      log: createLog({ level: 'debug', stream, now: () => new Date(0) }),
    });
    const referred = coverage({ payor: [{ reference: 'Organization/MRN-JOHN-DOE' }] });
    await post({ ...crdOrderSign([draft()], [referred]), fhirServer: NOBODY });
    expect(logged).toContain('"key":"payer-1"');
    expect(logged).not.toContain('JOHN');
  });
});
