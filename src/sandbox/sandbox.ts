import type { Router } from 'express';
import { loadCharts, type Chart } from './charts.js';
import { FAULTS, type Fault } from './faults.js';
import { FhirServer } from './fhir-server.js';
import { largeChart } from './large-chart.js';
import { orderSignRequest, type OrderSignOptions, type OrderSignRequest } from './order-sign.js';
import { Pages } from './pages.js';
import { sandboxRouter, type Wait } from './router.js';
import { Sessions } from './sessions.js';
import { ChartStore } from './store.js';

/** What the sandbox must be handed: it reads no clock and no randomness of its own. */
export interface SandboxOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** A UUID: page tokens and ids of created resources. */
  readonly randomId: () => string;
  /** For faults of time. */
  readonly wait: Wait;
  /** Default: every synthetic patient. */
  readonly charts?: readonly Chart[];
}

/** The embedded FHIR R4 server of a development start, with its synthetic patients. */
export interface Sandbox {
  /** To be mounted at /sandbox/fhir. */
  readonly router: Router;
  readonly charts: readonly Chart[];
  readonly faults: readonly Fault[];
  /**
   * The order-sign request of one synthetic patient.
   * @throws Error for a patient that the sandbox does not have
   */
  orderSign(patientId: string, options: OrderSignOptions): OrderSignRequest;
}

/** Instant of every resource that was loaded and not changed. */
const LOADED_AT = '2026-03-20T12:00:00.000Z';

const SESSION_LIMITS = { sessions: 200, changesPerSession: 200, idle: 2 * 60 * 60 * 1000 };
const PAGE_LIMITS = { snapshots: 500, age: 10 * 60 * 1000 };

export function createSandbox(options: SandboxOptions): Sandbox {
  const charts = options.charts ?? allCharts();
  const store = new ChartStore(
    charts.flatMap((chart) => chart.resources),
    LOADED_AT,
  );
  const server = new FhirServer({
    sessions: new Sessions(store, SESSION_LIMITS, options.now),
    pages: new Pages(PAGE_LIMITS, options.now, options.randomId),
    now: options.now,
    randomId: options.randomId,
  });
  return {
    router: sandboxRouter(server, options.wait),
    charts,
    faults: FAULTS,
    orderSign: (patientId, how) => orderSignRequest(server, findChart(charts, patientId), how),
  };
}

/** The patients that are files, and the long record, which is made in code from the first of them. */
export function allCharts(): readonly Chart[] {
  const charts = loadCharts();
  const [first] = charts;
  return first ? [...charts, largeChart(first)] : charts;
}

function findChart(charts: readonly Chart[], patientId: string): Chart {
  const chart = charts.find((one) => one.patientId === patientId);
  if (!chart) throw new Error('no such synthetic patient');
  return chart;
}
