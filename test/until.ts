/**
 * Asks again until it is so. What cannot be asked yet is not so.
 *
 * @param ms when to give up, a guard against a hang: no statement on how fast it has to be
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  ms = 240_000,
  why: () => string = () => '',
): Promise<void> {
  const end = Date.now() + ms;
  while (!(await holds(isSo))) {
    if (Date.now() > end) throw new Error(`not within ${ms} ms\n${why()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function holds(isSo: () => boolean | Promise<boolean>): Promise<boolean> {
  try {
    return await isSo();
  } catch {
    return false;
  }
}
