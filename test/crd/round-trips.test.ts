/**
 * G-95, CP-1: what a call costs in time is how often it has to wait for the FHIR server; at 300 ms each, two waits leave
 * 400 ms of a second. Counted here; measured by `npm run bench:fhir`.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bundle, draft, PATIENT } from '../review/service.js';
import { coverage, crdOrderSign, crdService, PAYER, VERSIONS, type CrdAnswer } from './service.js';

/** Answers nothing until all that a round has to ask has been asked: whoever asks one after the other waits for ever. */
class Rounds {
  readonly rounds: string[][] = [];
  readonly #server: Server;
  readonly #waiting: (readonly [path: string, response: ServerResponse])[] = [];

  constructor(
    readonly expected: readonly (readonly string[])[],
    readonly answer: (path: string) => object,
  ) {
    this.#server = createServer((request, response) => {
      this.#take(request, response);
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/fhir`;
  }

  stop(): void {
    this.#server.closeAllConnections();
    this.#server.close();
  }

  #take({ url = '' }: IncomingMessage, response: ServerResponse): void {
    const path = url.replace('/fhir/', '').split('?')[0] ?? '';
    this.#waiting.push([path, response]);
    const wanted = this.expected[this.rounds.length] ?? [];
    if (this.#waiting.length < wanted.length) return;
    this.rounds.push(this.#waiting.map(([one]) => one).sort());
    for (const [one, waiting] of this.#waiting.splice(0)) {
      waiting.setHeader('content-type', 'application/fhir+json');
      waiting.end(JSON.stringify(this.answer(one)));
    }
  }
}

const organization = { resourceType: 'Organization', id: 'payer', identifier: [PAYER] };

function answerTo(path: string): object {
  if (path === 'Coverage') return bundle(coverage({ payor: [{ reference: 'Organization/payer' }] }));
  if (path === 'Organization/payer') return organization;
  return path.startsWith('Patient/') ? { resourceType: 'Patient', id: PATIENT } : bundle();
}

describe.each(VERSIONS)('CRD %s', (version) => {
  test('G-95: two waits, however much is to be read: chart, coverages and forms, then the payer', async () => {
    const service = crdService(version);
    const { prefetch = {} } = service.composed.services[0]?.definition ?? {};
    const templates = Object.values(prefetch).map(({ template }) =>
      (template.split('?')[0] ?? '').replace('{{context.patientId}}', PATIENT),
    );
    const first = [...templates, 'Questionnaire'].sort();
    const server = new Rounds([first, ['Organization/payer']], answerTo);
    const fhirServer = await server.start();
    try {
      const { body } = await service.post({ ...crdOrderSign([draft()], []), prefetch: {}, fhirServer });
      expect(server.rounds).toEqual([first, ['Organization/payer']]);
      expect((body as CrdAnswer).systemActions).toHaveLength(1);
    } finally {
      server.stop();
    }
  });
});
