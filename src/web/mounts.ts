import express, { type RequestHandler, type Router } from 'express';
import { loadAssets, sendAsset, type Assets } from './assets.js';
import { originOf, type PagePolicy } from './content-security-policy.js';
import { evaluationRoutes, type EvaluationParts } from './evaluation.js';
import { page } from './page.js';
import { playgroundRoutes, type PlaygroundParts } from './playground.js';

/** A policy as the evidence page explains it. */
export interface ExplainedPolicy {
  /** SHA-256 of the policy, as in every evaluation. */
  readonly sha256: string;
  /** policy.json and cards.json of the service, as they are. */
  readonly policy: object;
  readonly words: object;
}

export interface WebParts {
  readonly policies: readonly ExplainedPolicy[];
  /** Base URLs of the FHIR servers the evidence page may read with the user's own token. */
  readonly fhirServers: readonly string[];
  readonly evaluation: EvaluationParts;
  /** Absent in production: then there is no playground, and the evidence page calls no other server. */
  readonly playground?: PlaygroundParts;
}

/** What the evidence page is registered as at an EHR; a public client, without a secret. */
const SMART_CLIENT_ID = 'stepwise-evidence';

/** Where a developer's FHIR server, authorization server or CDS service may be. */
const ANYWHERE_IN_DEVELOPMENT = ['https:', 'http://127.0.0.1:*', 'http://localhost:*'];

/** The pages: /evidence everywhere, the playground at / in development. */
export function webMounts(parts: WebParts): readonly { readonly path: string; readonly router: Router }[] {
  const assets = loadAssets();
  const router = express.Router();
  router.get('/assets/*file', sendFile(assets));
  router.get('/evidence', withoutSlash, page(assets, 'evidence.html', evidencePolicy(parts)));
  router.get('/evidence/policies.json', (request, response) => {
    const sandbox = `${request.protocol}://${request.get('host') ?? ''}/sandbox/fhir`;
    const answer = { policies: parts.policies, ...(parts.playground && { sandbox }) };
    response.set('cache-control', 'no-cache').json(answer);
  });
  router.get('/evidence/launch.json', launchOf(parts));
  router.use('/evidence/evaluation', evaluationRoutes(parts.evaluation));
  if (parts.playground) {
    router.get(
      '/',
      page(assets, 'playground.html', ({ query }) => ({ connectTo: origins([query['cds'], query['fhir']]) })),
    );
    router.use('/playground', playgroundRoutes(parts.playground));
  }
  return [{ path: '/', router }];
}

/** The addresses in the page are relative to it; with a slash behind they would lead elsewhere. */
const withoutSlash: RequestHandler = (request, response, next) => {
  if (!request.path.endsWith('/')) next();
  else response.redirect(301, `../evidence${/\?.*$/.exec(request.originalUrl)?.[0] ?? ''}`);
};

/** A SMART launch names its FHIR server only in the address of its first page, so the servers are listed. */
function evidencePolicy({ playground, fhirServers }: WebParts): () => PagePolicy {
  const connectTo = playground ? ANYWHERE_IN_DEVELOPMENT : origins(fhirServers);
  return () => ({ connectTo, frameAncestors: "'self' https:" });
}

/**
 * What a SMART launch from a FHIR server (`?iss=`) is begun with; 403 for one that is not listed. The content security
 * policy keeps out other hosts; this keeps out other tenants of a host, and says why.
 */
function launchOf({ playground, fhirServers }: WebParts): RequestHandler {
  const listed = new Set(fhirServers.map(withoutSlashes));
  return ({ query: { iss } }, response) => {
    const isAllowed =
      originOf(iss) !== undefined &&
      (playground !== undefined || listed.has(withoutSlashes(typeof iss === 'string' ? iss : '')));
    response
      .set('cache-control', 'no-store')
      .status(isAllowed ? 200 : 403)
      .json(isAllowed ? { clientId: SMART_CLIENT_ID } : { error: 'this FHIR server is not listed' });
  };
}

function withoutSlashes(base: string): string {
  return base.replace(/\/+$/, '');
}

function origins(addresses: readonly unknown[]): readonly string[] {
  return [...new Set(addresses.flatMap((address) => originOf(address) ?? []))];
}

/** Any file but a page, which has an address and a content security policy of its own. */
function sendFile(assets: Assets): RequestHandler<{ file: string[] }> {
  return (request, response, next) => {
    const file = request.params.file.join('/');
    const asset = assets.get(file);
    if (!asset || file.endsWith('.html')) {
      next();
      return;
    }
    sendAsset(asset, request, response);
  };
}
