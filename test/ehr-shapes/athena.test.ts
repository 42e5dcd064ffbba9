/** athenahealth: reports and notes by relative Binary url, of content types that are none (ehr-shapes 1). */
import { EXPECTED, gistOf } from './article.js';
import { ATHENA_PATH, athenaRequest, athenaServer } from './athena.js';
import { FhirSite } from './fhir-site.js';
import { reviewingFor, type Reviewing } from './reviewing.js';

let athena: FhirSite;
let reviewing: Reviewing;
beforeEach(async () => {
  athena = await FhirSite.start(athenaServer, ATHENA_PATH);
  reviewing = reviewingFor({ fhirServer: athena.base });
});
afterEach(async () => {
  await reviewing.close();
  await athena.stop();
});

test('the article’s patient in the shape of athenahealth: the same decision, steps, generators and conflicts', async () => {
  const answer = await reviewing.review(athenaRequest(athena.base));
  expect(gistOf(answer)).toEqual(gistOf(EXPECTED));
  expect(
    answer.extension['stepwise-cds.evaluation'].data.filter(({ state }) => state !== 'complete'),
  ).toEqual([]);
});

test('“ASCII Text” and rich text are read from Binary resources with the token of the call', async () => {
  await reviewing.review(athenaRequest(athena.base));
  expect(athena.asked.filter((asked) => asked.startsWith('Binary/')).sort()).toEqual([
    'Binary/DD-a-195900.article-consult-note',
    'Binary/DD-a-195900.article-mri-cervical',
    'Binary/DD-a-195900.article-mri-lumbar',
  ]);
  expect([...athena.authorizations]).toEqual(['Bearer SECRET-ACCESS-TOKEN']);
});
