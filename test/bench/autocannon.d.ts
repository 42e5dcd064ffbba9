/** The part of autocannon that is used here; the package brings no types. */
declare module 'autocannon' {
  function autocannon(options: autocannon.Options): Promise<autocannon.Result>;

  namespace autocannon {
    interface Request {
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
    interface Options {
      readonly url: string;
      readonly method: 'POST';
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string;
      readonly connections: number;
      /** Seconds. */
      readonly duration?: number;
      /** Requests, in place of a duration. */
      readonly amount?: number;
      /** Requests a second over all connections; absent, as many as are answered. */
      readonly overallRate?: number;
      readonly requests?: readonly { readonly setupRequest: (request: Request) => Request }[];
    }
    interface Result {
      /** Milliseconds. */
      readonly latency: { readonly p50: number; readonly p90: number; readonly p99: number };
      /** Seconds. */
      readonly duration: number;
      readonly '2xx': number;
      readonly non2xx: number;
      readonly errors: number;
    }
  }

  export default autocannon;
}
