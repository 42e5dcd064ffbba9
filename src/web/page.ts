import type { Request, RequestHandler } from 'express';
import { sendAsset, type Assets } from './assets.js';
import { contentSecurityPolicy, type PagePolicy } from './content-security-policy.js';

/** Sends one HTML file with a content security policy of its own. */
export function page(
  assets: Assets,
  file: string,
  policyOf: (request: Request) => PagePolicy,
): RequestHandler {
  return (request, response, next) => {
    const asset = assets.get(file);
    if (!asset) {
      next();
      return;
    }
    response.set('content-security-policy', contentSecurityPolicy(policyOf(request)));
    sendAsset(asset, request, response);
  };
}
