import type { Card, CdsResponse } from '../cds-hooks/card.types.js';
import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import { CdsError } from '../errors.js';
import type { Evaluation } from '../evaluation/evaluation.js';
import { chartAt, type ChartAt, type Versions } from './as-of/chart-at.js';
import type { LastUpdated } from './as-of/held.js';
import { datesOf } from './as-of/resource-dates.js';
import { monthOf, notAfter, toWhen, twelveMonthsAfter, type When } from './as-of/when.js';
import { sessionsOf, type IsReviewed, type Session } from './sessions.js';
import { toRequest, type Completeness } from './to-request.js';

/** One service as it is replayed. */
export interface ReplayedService {
  readonly service: ServedService;
  /** Whether it reviews one of these orders of a patient. */
  readonly isReviewed: (draftOrders: readonly JsonObject[], patientId: string) => boolean;
}

export interface ReplayTools {
  readonly services: readonly ReplayedService[];
  readonly lastUpdated: LastUpdated;
  /** The export ends here, as its maker says (YYYY-MM-DD or an instant); else each patient's last record tells. */
  readonly until?: string;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
}

/** Everything the export holds of one patient. */
export interface ExportedPatient {
  readonly patientId: string;
  readonly versions: Versions;
  readonly completeness: Completeness;
}

/** One historical order, as the service would have answered it. */
export interface Replayed {
  readonly service: string;
  /** YYYY-MM. */
  readonly month: string;
  readonly from: Session['from'];
  readonly outcome: 'reviewed' | 'not-applicable' | 'data-unavailable' | 'failed';
  readonly evaluation?: Evaluation;
  readonly cards: readonly Card[];
  readonly leftOut: ChartAt['leftOut'];
  readonly changedLater: number;
  readonly rfaAfterwards?: RfaAfterwards;
}

/** Whether an ablation of the lateral branches followed within 12 months; `not-followed`: the record ends before. */
export type RfaAfterwards = 'yes' | 'no' | 'not-followed';

/** Milliseconds for one answer: nobody waits for it. */
const PATIENCE_MS = 600_000;

/** Answers every historical order of a patient as the live service would have, the oldest first. Never throws. */
export async function replayPatient(
  patient: ExportedPatient,
  tools: ReplayTools,
): Promise<readonly Replayed[]> {
  const all: Replayed[] = [];
  for (const { service, isReviewed } of tools.services) {
    const isOurs: IsReviewed = (drafts) => isReviewed(drafts, patient.patientId);
    for (const session of sessionsOf(patient.versions, isOurs))
      all.push(await replaySession({ patient, session, service, tools }));
  }
  return all;
}

interface OneSession {
  readonly patient: ExportedPatient;
  readonly session: Session;
  readonly service: ServedService;
  readonly tools: ReplayTools;
}

async function replaySession(one: OneSession): Promise<Replayed> {
  const { session, service, tools, patient } = one;
  const chart = chartAt(patient.versions, session.moment, tools.lastUpdated);
  const { leftOut, changedLater } = chart;
  const answer = await answerAt(one, chart);
  const shared = {
    ...{ service: service.definition.id, month: monthOf(session.day), from: session.from },
    ...{ leftOut, changedLater },
  };
  if ('refused' in answer) return { ...shared, outcome: answer.refused, cards: [] };
  const evaluation = answer.extension?.['stepwise-cds.evaluation'] as Evaluation | undefined;
  if (!evaluation) return { ...shared, outcome: 'not-applicable', cards: [] };
  const rfaAfterwards = await ablationAfterwards(one, chart, evaluation);
  return { ...shared, outcome: 'reviewed', evaluation, cards: answer.cards, rfaAfterwards };
}

type Answer = CdsResponse | { readonly refused: 'data-unavailable' | 'failed' };

async function answerAt({ patient, session, service, tools }: OneSession, chart: ChartAt): Promise<Answer> {
  const resources = [...chart.resources].filter(([reference]) => !session.own.has(reference));
  const request = toRequest(
    {
      patientId: patient.patientId,
      draftOrders: session.draftOrders,
      resources: resources.map(([, resource]) => resource),
      completeness: patient.completeness,
    },
    service.definition.prefetch,
  );
  try {
    return await service.call(request, { deadlineAt: tools.now() + PATIENCE_MS, unrecorded: true });
  } catch (thrown) {
    // What went wrong may quote the record: only its kind goes on.
    const unavailable = thrown instanceof CdsError && thrown.code === 'ERR_FHIR_DATA_UNAVAILABLE';
    return { refused: unavailable ? 'data-unavailable' : 'failed' };
  }
}

const RFA = 'sacral-lateral-branch-rfa';

/** Everything the export holds: an ablation may have been recorded long after it was done. */
const IN_THE_END: When = { first: Infinity, last: Infinity };

/** Read by the same service from the chart as it is in the end. */
async function ablationAfterwards(
  one: OneSession,
  chart: ChartAt,
  evaluation: Evaluation,
): Promise<RfaAfterwards> {
  const { patient, session, tools } = one;
  const later = chartAt(patient.versions, IN_THE_END, tools.lastUpdated);
  if (holdsMore(later, chart)) {
    const answer = await answerAt({ ...one, session: { ...session, own: ownOrders(session) } }, later);
    const after = 'refused' in answer ? undefined : answer.extension?.['stepwise-cds.evaluation'];
    if (after && hasNewAblation(after as Evaluation, evaluation, session)) return 'yes';
  }
  return isFollowed(one) ? 'no' : 'not-followed';
}

/** What was done by these very orders counts as done afterwards. */
function ownOrders({ own }: Session): ReadonlySet<string> {
  return new Set([...own].filter((reference) => reference.startsWith('ServiceRequest/')));
}

function holdsMore(later: ChartAt, chart: ChartAt): boolean {
  return [...later.resources.keys()].some((reference) => !chart.resources.has(reference));
}

function hasNewAblation(after: Evaluation, before: Evaluation, session: Session): boolean {
  const known = new Set(
    ablationsOf(before).flatMap(({ evidence }) => evidence.map(({ reference }) => reference)),
  );
  return ablationsOf(after).some(({ date, evidence }) => {
    const when = toWhen(date);
    return (
      when !== undefined &&
      when.first >= session.day.first &&
      notAfter(when, twelveMonthsAfter(session.day)) !== 'no' &&
      !evidence.some(({ reference }) => known.has(reference))
    );
  });
}

function ablationsOf({ orders }: Evaluation) {
  return orders
    .flatMap(({ interventions = [] }) => interventions)
    .filter(({ kind, status }) => kind === RFA && status === 'completed');
}

/** Something was recorded, or the export goes on, twelve months later. */
function isFollowed({ patient, session, tools }: OneSession): boolean {
  const end = twelveMonthsAfter(session.day);
  const until = toWhen(tools.until);
  if (until) return until.first >= end.first;
  return [...patient.versions.values()].some((versions) =>
    versions.some((version) => lastDay(version) >= end.first),
  );
}

function lastDay(version: JsonObject): number {
  const { happened, recorded } = datesOf(version);
  return Math.max(happened?.first ?? -Infinity, recorded?.first ?? -Infinity);
}
