/** Why a caller is not trusted: for log and metrics, never for the caller (JWT-11). Closed, for it is a metric's label. */
export type TrustFailure =
  | 'no-token'
  | 'several-tokens'
  | 'token-malformed'
  | 'issuer-unknown'
  | 'type-not-jwt'
  | 'algorithm-refused'
  | 'jku-unknown'
  | 'key-id-missing'
  | 'key-unknown'
  | 'keys-unavailable'
  | 'signature-wrong'
  | 'audience-wrong'
  | 'expired'
  | 'lifetime-too-long'
  | 'issued-in-future'
  | 'claim-missing'
  | 'tenant-unknown'
  | 'replayed';

/** Thrown inside this folder only; the gate turns it into ERR_CLIENT_UNTRUSTED. */
export class Untrusted extends Error {
  readonly reason: TrustFailure;

  constructor(reason: TrustFailure) {
    super(reason);
    this.name = 'Untrusted';
    this.reason = reason;
  }
}
