/**
 * Turns of the event loop, one for each who asks, in the order of asking: what is received meanwhile is taken in
 * between two of them. Those who asked together and went on together would each have to wait for the work of all.
 */
export function oneByOne(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  const next = (): void => {
    waiting.shift()?.();
    // An immediate of an immediate belongs to the next turn.
    if (waiting.length > 0) setImmediate(next);
  };
  return () =>
    new Promise((resolve) => {
      if (waiting.push(resolve) === 1) setImmediate(next);
    });
}
