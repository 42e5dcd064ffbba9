import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadServices } from '../../src/artifacts/services.js';
import { hooksFolder, mappings } from './shipped.js';

export const SERVICE = 'sij-neurectomy-review';
export const folder = mkdtempSync(join(tmpdir(), 'overrides-'));
export const file = join(folder, 'site.json');
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** The service as a site has it that sets this. */
export function load(content?: unknown) {
  if (content !== undefined) writeFileSync(file, JSON.stringify(content));
  const [service] = loadServices(hooksFolder, mappings, {
    services: [SERVICE],
    ...(content !== undefined && { policyOverrides: file }),
  });
  if (!service) throw new Error('no service');
  return service;
}

export function withPolicy(policy: object) {
  return { [SERVICE]: { policy } };
}

export function withCards(cards: object) {
  return { [SERVICE]: { cards } };
}
