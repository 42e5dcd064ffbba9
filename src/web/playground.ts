import express, { type Router } from 'express';
import type { ServiceDefinition } from '../cds-hooks/service.types.js';

/** What only a development start serves. */
export interface PlaygroundParts {
  /** Synthetic patients, in the order of the menu. */
  readonly patients: readonly Titled<'patientId' | 'situation'>[];
  readonly faults: readonly Titled<'name'>[];
  readonly services: readonly ServiceDefinition[];
  /** What the report reader finds in a text. */
  readonly readReport: (text: string) => object;
}

type Titled<Name extends string> = Readonly<Record<Name | 'title', string>>;

/** Characters of a report that is pasted; real ones have a tenth of it. */
const REPORT_LIMIT = '200kb';

/** What the playground page asks its own server for, beside the CDS service and the sandbox. */
export function playgroundRoutes(parts: PlaygroundParts): Router {
  const router = express.Router();
  const setup = {
    patients: parts.patients.map(({ patientId, title, situation }) => ({ id: patientId, title, situation })),
    faults: parts.faults.map(({ name, title }) => ({ name, title })),
    services: parts.services.map(({ id, title, prefetch }) => ({ id, title, prefetch })),
  };
  router.get('/setup.json', (_request, response) => {
    response.json(setup);
  });
  router.post(
    '/read-report',
    express.text({ type: 'text/plain', limit: REPORT_LIMIT }),
    (request, response) => {
      const text: unknown = request.body;
      response.json(parts.readReport(typeof text === 'string' ? text : ''));
    },
  );
  return router;
}
