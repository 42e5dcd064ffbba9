/** Settings, read once at start by config.ts from the environment; everything else is handed what it needs. */
export interface Config {
  readonly production: boolean;
  readonly host: string;
  readonly port: number;
  /** Without trailing slash; what `aud`, links and the printed addresses are built from. */
  readonly publicUrl: string;
  /** Base URLs of FHIR servers allowed without trusted clients, beside loopback in development. */
  readonly fhirServers: readonly string[];
  /** `*`, or exact origins. */
  readonly corsOrigins: '*' | readonly string[];
  /** Milliseconds from the arrival of a call to its answer. */
  readonly deadlineMs: number;
  /** Bytes of a request body. */
  readonly bodyLimit: number;
  readonly logLevel: string;
  readonly sandbox: boolean;
  /** Ids of the services to serve; absent, all but those that are off by default. */
  readonly services?: readonly string[];
  /** Path of the site's own numbers and words. */
  readonly policyOverrides?: string;
  /** Version of Da Vinci CRD that is spoken; absent, none. */
  readonly crd?: '2.0.1' | '2.2';
  /** Path of the site's own coverage rules, in place of the product's. */
  readonly crdCoverage?: string;
}
