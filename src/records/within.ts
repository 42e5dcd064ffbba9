/** What a promise resolves to within so many milliseconds; undefined when it is late, and no longer waited for. */
export async function within<T>(promise: Promise<T | undefined>, ms: number): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      resolve(undefined);
    }, ms);
  });
  const first = await Promise.race([promise, late]);
  clearTimeout(timer);
  return first;
}
