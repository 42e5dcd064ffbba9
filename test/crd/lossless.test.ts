/** CI-1, ACT-3, part D 17: the order goes back as it was written, character for character, but for what is added. */
import { crdOrderSign, crdService, coverageInformationOf, VERSIONS, type CrdAnswer } from './service.js';

/** Everything that a parser and a writer would change or lose. */
const ORDER = `{ "resourceType" : "ServiceRequest", "id":"draft-1", "status":"draft","_status":{"id":"s1"},
  "intent":"order", "code":{"coding":[{"system":"http://www.ama-assn.org/go/cpt","code":"64772"}],"text":"Neurectomy \\u2013 S1\\/S3 \\"x\\" \\\\"},
  "contained":[{"resourceType":"Observation","id":"o1","valueQuantity":{"value":1.10}}],
  "quantityQuantity":{"value":1.10,"_value":{"extension":[{"url":"https://ehr.example/n","valueDecimal":1e2}]}},
  "unknownElement":{"big":12345678901234567890,"tiny":0.10e-7,"minus":-0.0,"list":[ 1.0 , 2.50 ]},
  "subject":{"reference":"Patient/p1"},"authoredOn":"2026-03-20",
  "reasonCode":[{"text":"Chronic sacroiliac joint pain"}] }`;
const WITH_EXTENSIONS = ORDER.replace(
  '"id":"draft-1",',
  '"id":"draft-1", "extension" : [ {"url":"https://ehr.example/a","valueDecimal":1.10} ,{"url":"https://ehr.example/b","valueInteger64":"1"} ],',
);

/** The call as text, with the order as it is. */
function callWith(order: string): string {
  const [before = '', after = ''] = JSON.stringify(
    crdOrderSign([{ resourceType: 'ServiceRequest', id: 'HERE' }]),
  ).split('{"resourceType":"ServiceRequest","id":"HERE"}');
  return before + order + after;
}

describe.each(VERSIONS)('CRD %s', (version) => {
  const service = crdService(version);

  const FIRST = '{"url":"https://ehr.example/a","valueDecimal":1.10}';
  const SECOND = '{"url":"https://ehr.example/b","valueInteger64":"1"}';

  test.each([
    ['no extensions', ORDER, (added: string) => `${ORDER.slice(0, -2)},"extension":[${added}] }`],
    [
      'extensions of its own',
      WITH_EXTENSIONS,
      (added: string) => WITH_EXTENSIONS.replace(`[ ${FIRST} ,${SECOND} ]`, `[${FIRST},${SECOND},${added}]`),
    ],
  ])('an order with %s', async (_name, order, updated) => {
    const { text, body } = await service.post(callWith(order)).expect(200);
    const [action] = (body as CrdAnswer).systemActions ?? [];
    const [information] = coverageInformationOf(action?.resource);
    expect(text).toContain(updated(JSON.stringify(information)));
  });

  test('of two members of one name the last counts, as for any parser', async () => {
    const twice = ORDER.replace('"id":"draft-1",', '"id":"other","id":"draft-1",');
    const { text } = await service.post(callWith(twice)).expect(200);
    expect(text).toContain('"id":"other","id":"draft-1"');
  });

  test('compressed, or with a byte order mark, it is the same', async () => {
    const { text } = await service.post(`\ufeff${callWith(ORDER)}`).expect(200);
    expect(text).toContain('"valueDecimal":1e2');
  });
});

test('with CRD off nothing is added, and numbers are of no concern', async () => {
  const { body } = await crdService('off').post(callWith(ORDER)).expect(200);
  expect(body).not.toHaveProperty('systemActions');
});
