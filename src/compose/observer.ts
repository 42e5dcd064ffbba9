import { CdsError } from '../errors.js';
import type { Answered, Observer } from '../http/observer.js';
import type { Log, LogFields } from '../log.js';
import type { Metrics } from '../metrics.js';

/** Turns what the HTTP layer tells into log lines and metrics. */
export function createObserver(log: Log, metrics: Metrics): Observer {
  return {
    answered: (event) => {
      count(event, metrics);
      write(event, log);
    },
    warned: (requestId, warnings) => {
      for (const warning of warnings) metrics.warned(warning);
      log.warn('odd call', { event: 'call.odd', requestId, warning: warnings.join(' ') });
    },
    feedbackReceived: (requestId, service, feedback) => {
      const accepted = feedback.filter(({ outcome }) => outcome === 'accepted').length;
      const overridden = feedback.length - accepted;
      metrics.feedback(service, 'accepted', accepted);
      metrics.feedback(service, 'overridden', overridden);
      log.info('feedback received', { event: 'feedback.received', requestId, service, accepted, overridden });
    },
    settledLate: (requestId, thrown) => {
      metrics.settledLate();
      log.error('service settled after its deadline', {
        ...{ event: 'call.late', requestId },
        ...(thrown !== undefined && { err: thrown }),
      });
    },
  };
}

function count({ route, status, durationMs, call, failure }: Answered, metrics: Metrics): void {
  metrics.answered(route, status, durationMs / 1000);
  if (call !== undefined) metrics.called(call.service, call.hook, call.reviewed);
  if (failure !== undefined) metrics.failed(failure.code);
}

// Calls about other people's orders are nearly all calls: they are counted, and written only when debugging.
function write(event: Answered, log: Log): void {
  const { failure, call } = event;
  if (failure !== undefined) writeFailure(event, failure, log);
  else if (call?.reviewed)
    log.info('order reviewed', { event: 'call.reviewed', ...fieldsOf(event), ...call });
  else if (!log.debugs) return;
  else if (call === undefined) log.debug('answered', { event: 'http.answered', ...fieldsOf(event) });
  else log.debug('nothing to review', { event: 'call.unrelated', ...fieldsOf(event), ...call });
}

function writeFailure(event: Answered, failure: NonNullable<Answered['failure']>, log: Log): void {
  const { code, thrown } = failure;
  const fields: LogFields = { ...fieldsOf(event), code };
  if (event.status >= 500) log.error('call failed', { event: 'http.failed', ...fields, err: thrown });
  else log.info('request refused', { event: 'http.refused', ...fields, ...placeOf(thrown) });
}

function placeOf(thrown: unknown): LogFields {
  return thrown instanceof CdsError && thrown.expression !== undefined ? { place: thrown.expression } : {};
}

function fieldsOf({ route, requestId, status, durationMs }: Answered): LogFields {
  return { route, requestId, status, durationMs: Math.round(durationMs * 10) / 10 };
}
