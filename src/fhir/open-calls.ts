/** The calls being read for, each with the signal that ends its reads: at its deadline, when nobody waits, at close. */
export class OpenCalls {
  readonly #ends = new Set<AbortController>();

  /**
   * Runs `work` with a signal that is aborted, with a TimeoutError, after `milliseconds`.
   *
   * @param abandoned aborted when nobody waits for the call any more
   */
  async run<T>(
    milliseconds: number,
    abandoned: AbortSignal | undefined,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const end = new AbortController();
    const abandon = () => {
      end.abort();
    };
    const late = setTimeout(() => {
      end.abort(new DOMException('deadline', 'TimeoutError'));
    }, milliseconds);
    if (abandoned?.aborted) abandon();
    abandoned?.addEventListener('abort', abandon);
    this.#ends.add(end);
    try {
      return await work(end.signal);
    } finally {
      clearTimeout(late);
      abandoned?.removeEventListener('abort', abandon);
      this.#ends.delete(end);
    }
  }

  /** Ends them all. */
  close(): void {
    for (const end of this.#ends) end.abort();
  }
}
