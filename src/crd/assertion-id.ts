import { createHmac } from 'node:crypto';

/** What an assertion is remembered by. */
export interface AssertedOn {
  /** The trusted client and its tenant; empty where none are set. */
  readonly client: string;
  readonly patientId: string;
  /** `Type/id`. */
  readonly order: string;
  readonly coverage: string;
}

/**
 * A UUID (version 8, RFC 9562) that is the same for one order and coverage in every call, on every replica and after
 * every start, so that no memory has to be asked for it. Under the site's key, for it is kept, and the references it
 * is made of could be guessed.
 */
export function assertionId({ client, patientId, order, coverage }: AssertedOn, key: string): string {
  const digest = createHmac('sha256', key)
    .update(JSON.stringify([client, patientId, order, coverage]))
    .digest('hex');
  const variant = ((Number.parseInt(digest.charAt(16), 16) & 0b0011) | 0b1000).toString(16);
  return [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ].join('-');
}
