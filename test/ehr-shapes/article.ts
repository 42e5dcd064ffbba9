import { loadCharts } from '../../src/sandbox/charts.js';
import { readJson } from '../golden-case.js';
import type { ResourceMap } from './json.js';
import type { Reviewed } from './reviewing.js';

const chart = loadCharts().find(({ patientId }) => patientId === 'article')!;

/** The source article's patient as the sandbox holds it: the shape that the others are bent from. */
export const ARTICLE = {
  patientId: 'article',
  resources: chart.resources as unknown as readonly ResourceMap[],
  draftOrders: chart.draftOrders as unknown as readonly ResourceMap[],
};

/** What has to be the same however the chart was delivered: decision, steps, generators with what became of them. */
export function gistOf(answer: Reviewed) {
  const [order] = answer.extension['stepwise-cds.evaluation'].orders;
  return {
    decision: order?.decision,
    steps: order?.steps.map(({ id, state }) => `${id} ${state}`),
    generators: order?.painGenerators
      ?.map(({ finding, level, laterality, severity, status }) =>
        [status, finding, level, laterality, severity].filter(Boolean).join(' '),
      )
      .sort(),
    conflicts: order?.conflicts?.map(({ id }) => id),
  };
}

/** The answer to the article's case, which is reviewed line by line in test/cases. */
export const EXPECTED = readJson('test/cases/sij-neurectomy-review/article/expected.json') as Reviewed;
