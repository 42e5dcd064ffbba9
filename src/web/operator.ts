import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { loadAssets } from './assets.js';
import { operatorsOnly } from './operators-only.js';
import { page } from './page.js';

export interface OperatorParts {
  /** Who shows it may see the page. */
  readonly token: string;
  /** Rejects when the records cannot be read now. */
  readonly readReport: (period: { readonly since: string; readonly until: string }) => Promise<object>;
  readonly date: () => Date;
  readonly onRefused: () => void;
}

/** Reports that are read at once: each is a handful of sums over the whole period. */
const AT_ONCE = 2;

const DAY_MS = 86_400_000;
const DAYS = 30;
const MOST_DAYS = 3_660;

/** The page for who operates the service, /operator, and the report it shows: sums and codes, and nobody's record. */
export function operatorMount(parts: OperatorParts): { readonly path: string; readonly router: Router } {
  const router = express.Router();
  router.use('/operator', operatorsOnly(parts.token, parts.onRefused), noStore);
  router.get(
    '/operator',
    page(loadAssets(), 'operator.html', () => ({})),
  );
  router.get('/operator/report.json', reportHandler(parts));
  return { path: '/', router };
}

const noStore: RequestHandler = (_request, response, next) => {
  response.set('cache-control', 'no-store');
  next();
};

function reportHandler({ readReport, date }: OperatorParts): RequestHandler {
  let underWay = 0;
  return async (request, response) => {
    const days = daysOf(request);
    if (days === undefined || underWay >= AT_ONCE) {
      if (days === undefined) refuse(response, 400, `days has to be a number from 1 to ${MOST_DAYS}`);
      else refuse(response, 503, 'other reports are being read; try again');
      return;
    }
    underWay += 1;
    try {
      const until = date();
      const since = new Date(until.getTime() - days * DAY_MS).toISOString();
      response.json(await readReport({ since, until: until.toISOString() }));
    } catch {
      refuse(response, 503, 'the records cannot be read now');
    } finally {
      underWay -= 1;
    }
  };
}

function daysOf({ query }: Request): number | undefined {
  const sent = query['days'];
  if (sent === undefined) return DAYS;
  const days = typeof sent === 'string' && /^[1-9]\d{0,3}$/.test(sent) ? Number(sent) : MOST_DAYS + 1;
  return days <= MOST_DAYS ? days : undefined;
}

function refuse(response: Response, status: 400 | 503, text: string): void {
  const issue = { severity: 'error', code: status === 400 ? 'value' : 'transient', details: { text } };
  response.status(status).json({ resourceType: 'OperationOutcome', issue: [issue] });
}
