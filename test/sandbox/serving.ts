import express, { type Express } from 'express';
import { setTimeout as wait } from 'node:timers/promises';
import type { Chart } from '../../src/sandbox/charts.js';
import type { IdentifiedResource } from '../../src/sandbox/resource.js';
import { createSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';

/** A sandbox on a clock that tests move, with counted ids in place of random ones. */
export interface Serving {
  readonly app: Express;
  readonly sandbox: Sandbox;
  readonly clock: { now: number };
}

export const START = Date.parse('2026-04-01T08:00:00Z');

/** Mounts the sandbox where main mounts it. Without charts: every synthetic patient. */
export function serve(charts?: readonly Chart[], pause: (ms: number) => Promise<unknown> = wait): Serving {
  const clock = { now: START };
  let ids = 0;
  const sandbox = createSandbox({
    now: () => clock.now,
    randomId: () => `id-${++ids}`,
    wait: pause,
    ...(charts ? { charts } : {}),
  });
  const app = express();
  app.use('/sandbox/fhir', sandbox.router);
  return { app, sandbox, clock };
}

export function chartOf(patientId: string, ...resources: IdentifiedResource[]): Chart {
  return { patientId, title: patientId, situation: patientId, resources, draftOrders: [] };
}

/** A resource with whatever a test needs of it. */
export function resource(resourceType: string, id: string, rest: object = {}): IdentifiedResource {
  return { resourceType, id, ...rest };
}

/** `Type/id` of the entries of a searchset, those of one mode only when it is named. */
export function found(body: unknown, mode?: 'match' | 'include'): string[] {
  const { entry = [] } = body as { entry?: { resource: IdentifiedResource; search: { mode: string } }[] };
  return entry
    .filter((one) => mode === undefined || one.search.mode === mode)
    .map((one) => `${one.resource.resourceType}/${one.resource.id}`);
}

export function linkOf(body: unknown, relation: string): string | undefined {
  return (body as { link: { relation: string; url: string }[] }).link.find((one) => one.relation === relation)
    ?.url;
}
