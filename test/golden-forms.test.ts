/**
 * The words of a report lead to the same answer whatever form they come in: every golden case with a report in
 * `conclusion` is answered again with the same words in each form that EHRs deliver.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { createSandbox } from '../src/sandbox/sandbox.js';
import type { Chart } from '../src/sandbox/charts.js';
import type { IdentifiedResource } from '../src/sandbox/resource.js';
import { goldenCases, readJson, withoutUuids } from './golden-case.js';
import { pdf } from './report-text/pdf.js';
import { post, SERVICE } from './review/service.js';

type Form = (words: string, id: string) => { readonly attachment: object; readonly binary?: object };

const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');
const lines = (words: string): readonly string[] => words.split('\n');
const asHtml = (words: string): string =>
  `<html><head><style>p { color: red }</style></head><body>${lines(words)
    .map((line) => `<p>${line.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')}</p>`)
    .join('')}</body></html>`;
const asRtf = (words: string): string =>
  `{\\rtf1\\ansi{\\fonttbl{\\f0 Arial;}}\\f0 ${words.replace(/[\\{}]/g, '\\$&').replaceAll('\n', '\\par ')}}`;

const inline =
  (contentType: string, encode: (words: string) => string | Uint8Array): Form =>
  (words) => ({ attachment: { contentType, data: base64(encode(words)) } });

const FORMS: readonly (readonly [string, Form])[] = [
  ['plain text inline', inline('text/plain', (words) => words)],
  ['RTF inline', inline('application/rtf', asRtf)],
  ['HTML inline', inline('text/html', asHtml)],
  ['PDF inline', inline('application/pdf', (words) => pdf(lines(words)))],
  [
    'a Binary by url',
    (words, id) => ({
      attachment: { contentType: 'text/plain', url: `Binary/${id}` },
      binary: { resourceType: 'Binary', id, contentType: 'text/plain', data: base64(words) },
    }),
  ],
];

interface Report extends IdentifiedResource {
  readonly conclusion: string;
}

function isReport(resource: IdentifiedResource): resource is Report {
  return resource.resourceType === 'DiagnosticReport' && 'conclusion' in resource;
}

/** The chart under a name of its own, its reports' words moved into the form. */
function inForm(chart: Chart, form: Form): Chart {
  const resources = chart.resources.flatMap((resource): readonly IdentifiedResource[] => {
    if (!isReport(resource)) return [resource];
    const { conclusion, ...report } = resource;
    const { attachment, binary } = form(conclusion, `${resource.id}-words`);
    const moved = { ...report, presentedForm: [attachment] };
    return binary ? [moved, binary as IdentifiedResource] : [moved];
  });
  return { ...chart, resources };
}

const cases = goldenCases(SERVICE).filter(
  ({ chart, delivered }) => !delivered && chart.resources.some(isReport) && !chart.resources.some(isMixed),
);

/** A report that has both a conclusion and files is another case. */
function isMixed(resource: IdentifiedResource): boolean {
  return resource.resourceType === 'DiagnosticReport' && 'presentedForm' in resource;
}

/** An answer without uuids and places in a text; blanks and line breaks are one. */
function withoutPlaces(answer: unknown): unknown {
  return JSON.parse(
    JSON.stringify(withoutUuids(answer), (key, value: unknown) => {
      if (key === 'start' || key === 'end') return undefined;
      return typeof value === 'string' ? value.replace(/\s+/g, ' ') : value;
    }),
  );
}

describe.each(FORMS)('%s', (_name, form) => {
  const sandbox = createSandbox({
    now: () => Date.now(),
    randomId: () => crypto.randomUUID(),
    wait: () => Promise.resolve(),
    charts: cases.map(({ chart }) => inForm(chart, form)),
  });
  let server: Server;
  let sandboxUrl: string;
  beforeAll(async () => {
    server = createServer(express().use('/fhir', sandbox.router));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    sandboxUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  test.each(cases.map((one) => [one.name, one] as const))('%s', async (_case, { chart, expectedPath }) => {
    const hookInstance = '6bc883b2-b795-4dcb-b661-34884a31d472';
    const response = await post(sandbox.orderSign(chart.patientId, { sandboxUrl, hookInstance }));
    expect(response.status).toBe(200);
    expect(withoutPlaces(response.body)).toEqual(withoutPlaces(readJson(expectedPath)));
  });
});

test('there are cases with reports', () => expect(cases.length).toBeGreaterThan(15));
