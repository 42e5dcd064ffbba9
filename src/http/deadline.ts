import { CdsError } from '../errors.js';

/**
 * The value of a promise that is to settle within `ms`. A late one is not cancelled, only no longer waited for;
 * when it settles after all, `onLate` hears of it, with what it threw or undefined.
 *
 * @throws CdsError ERR_OVERLOADED when it did not settle in time: late is lost, and asking again may do (PERF-4)
 */
export function settledBy<T>(promise: Promise<T>, ms: number, onLate: (thrown: unknown) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        reject(new CdsError('ERR_OVERLOADED', 'no answer within the time budget'));
      },
      Math.max(ms, 0),
    );
    const settle = (thrown: unknown, then: () => void): void => {
      clearTimeout(timer);
      if (late) onLate(thrown);
      else then();
    };
    promise.then(
      (value) => {
        settle(undefined, () => {
          resolve(value);
        });
      },
      (thrown: unknown) => {
        settle(thrown, () => {
          reject(toError(thrown));
        });
      },
    );
  });
}

function toError(thrown: unknown): Error {
  return thrown instanceof Error
    ? thrown
    : new CdsError('ERR_INTERNAL', 'something was thrown that is no error');
}
