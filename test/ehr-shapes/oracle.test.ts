/** Oracle Health: local order codes, renditions by absolute URL, its searches (ehr-shapes 1 to 3 and 5). */
import { emptiesIn, faultsOf } from '../cds-hooks/schemas.js';
import { EXPECTED, gistOf } from './article.js';
import { FhirSite, type Make } from './fhir-site.js';
import { ORACLE_PATH, ORACLE_TENANT, oracleRequest, oracleServer } from './oracle.js';
import { reviewingFor, type Reviewing } from './reviewing.js';

let oracle: FhirSite;
let reviewing: Reviewing;
const start = async (
  make: Make = oracleServer(),
  mappings: string | undefined = 'test/ehr-shapes/sites/oracle',
) => {
  oracle = await FhirSite.start(make, ORACLE_PATH);
  reviewing = reviewingFor({ fhirServer: oracle.base, dialect: 'oracle', ...(mappings && { mappings }) });
};
afterEach(async () => {
  await reviewing.close();
  await oracle.stop();
});
const CPT = 'http://www.ama-assn.org/go/cpt';
const words = (text: string) => ({
  coding: [{ system: 'https://fhir.cerner.com/x/codeSet/200', code: '1' }],
  text,
});

describe('the article’s patient in the shape of Oracle Health', () => {
  test('a local order code, nothing prefetched: the same decision, steps, generators and conflicts', async () => {
    await start();
    const answer = await reviewing.review(oracleRequest(oracle.base));
    expect(gistOf(answer)).toEqual(gistOf(EXPECTED));
    expect([...oracle.authorizations].filter(Boolean)).toEqual(['Bearer SECRET-ACCESS-TOKEN']);
  });

  test('of three renditions the words are read, the page images are not asked for', async () => {
    await start();
    await reviewing.review(oracleRequest(oracle.base));
    const binaries = oracle.asked.filter((asked) => asked.startsWith('Binary/'));
    expect(binaries.every((asked) => asked.startsWith('Binary/XR-'))).toBe(true);
    expect(binaries).toContain('Binary/XR-article-mri-lumbar');
    expect(binaries).not.toContain('Binary/XR-erroneous');
  });

  test('pages of its own make are followed to the end, with page sizes only where they are taken', async () => {
    await start();
    const { extension } = await reviewing.review(oracleRequest(oracle.base));
    const { data } = extension['stepwise-cds.evaluation'];
    expect(data.filter(({ state }) => state !== 'complete')).toEqual([]);
    expect(data.find(({ kind }) => kind === 'procedures')?.count).toBe(7);
    expect(oracle.asked.filter((asked) => asked.includes('-pageContext')).length).toBeGreaterThan(4);
    expect(oracle.asked.filter((asked) => /^(?:Procedure|Condition)\?.*_count/.test(asked))).toEqual([]);
  });

  test('a parameter that is required is given, and what was read by it is not called all', async () => {
    await start(oracleServer(['Observation']));
    const answer = await reviewing.review(oracleRequest(oracle.base));
    expect(gistOf(answer).decision).toBe(gistOf(EXPECTED).decision);
    expect(gistOf(answer).generators).toEqual(gistOf(EXPECTED).generators);
    const observations = answer.extension['stepwise-cds.evaluation'].data.find(
      ({ kind }) => kind === 'observations',
    );
    expect(observations).toMatchObject({ state: 'partial', count: 11 });
  });
});

describe('orders that carry local codes', () => {
  const reviewed = async (code: object) =>
    (await reviewing.review(oracleRequest(oracle.base, code as Parameters<typeof oracleRequest>[1]))).cards
      .length;

  test('the code that the site maps is reviewed, the same code of another catalogue is not', async () => {
    await start();
    const coding = (catalogue: string) => [
      { system: `https://fhir.cerner.com/${catalogue}/codeSet/200`, code: '271990772' },
    ];
    expect(await reviewed({ coding: coding(ORACLE_TENANT) })).toBeGreaterThan(0);
    expect(await reviewed({ coding: coding('another') })).toBe(0);
  });

  test.each([
    ['words of the product', 'Endoscopic neurectomy, sacral lateral branches', true],
    ['words that the site adds', 'PROC 772 bilat', true],
    ['words of something else', 'Neurectomy, intermetatarsal', false],
  ])('%s', async (_name, text, expected) => {
    await start();
    expect((await reviewed(words(text))) > 0).toBe(expected);
  });

  test('a code that says it is something else goes before words', async () => {
    await start();
    const coding = [{ system: CPT, code: '28080' }];
    expect(await reviewed({ coding, text: 'Neuro Proc 772' })).toBe(0);
  });

  test('without the site’s mappings the local code means nothing, and its words neither', async () => {
    await start(oracleServer(), '');
    expect((await reviewing.review(oracleRequest(oracle.base))).cards).toEqual([]);
    expect(oracle.asked).toEqual([]);
  });
});

describe('the answer', () => {
  test('whole replacements, at most one, with the site’s own order code first where it has one', async () => {
    await start();
    const answer = await reviewing.review(oracleRequest(oracle.base));
    const [card] = answer.cards;
    expect(card?.selectionBehavior).toBe('at-most-one');
    expect(card?.suggestions?.[0]?.actions?.map(({ type }) => type)).toEqual(['delete', 'create']);
    const [rfa, block] = card?.suggestions?.map(({ actions = [] }) => actions[1]) ?? [];
    expect(rfa).toMatchObject({
      resource: {
        code: { coding: [{ code: '271990625', display: 'Neuro Proc 625' }, { code: '64625' }] },
      },
    });
    expect(block).toMatchObject({ resource: { code: { coding: [{ system: CPT, code: '64451' }] } } });
    expect(faultsOf('response', answer)).toEqual([]);
    expect(emptiesIn(answer)).toEqual([]);
  });
});
