import { fhirBundle, fhirExport } from '../artifacts/fhir-export.js';
import type { FhirMappings } from '../artifacts/fhir-mappings.js';
import type { LoadedService } from '../artifacts/services.js';
import type { ServedService } from '../cds-hooks/service.types.js';
import type { Config } from '../config/config.types.js';
import type { Mount } from '../http/mounts.js';
import {
  compilePhraseBook,
  cuesOf,
  readReport,
  type Cue,
  type PhraseBook,
  type ReportReading,
} from '../report-text/index.js';
import type { Sandbox } from '../sandbox/sandbox.js';
import { fhirMappingsMount } from '../web/fhir-mappings.js';
import { parseJson, receiveBody } from '../http/body.js';
import { webMounts, type ExplainedPolicy } from '../web/mounts.js';

export interface WebSurroundings {
  readonly config: Pick<Config, 'fhirServers' | 'bodyLimit' | 'deadlineMs'>;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
  /** The services with their policies and words in force. */
  readonly loaded: readonly LoadedService[];
  readonly services: readonly ServedService[];
  /** Also the phrases that the report reader knows. */
  readonly mappings: FhirMappings;
  /** Absent in production. */
  readonly sandbox?: Sandbox;
}

/** The policies and lists as FHIR, and the pages. @throws StartupError naming the file that is wrong */
export function composeWeb({ config, loaded, services, now, ...rest }: WebSurroundings): readonly Mount[] {
  const { sandbox, mappings } = rest;
  const pages = webMounts({
    policies: loaded.map(explain),
    fhirServers: config.fhirServers,
    evaluation: { ...config, services, now, receiveBody, parseBody: parseJson },
    ...(sandbox && {
      playground: {
        patients: sandbox.charts,
        faults: sandbox.faults,
        services: loaded.map(({ definition }) => definition),
        readReport: reportReader(mappings),
      },
    }),
  });
  const resources = fhirExport(loaded, mappings);
  return [fhirMappingsMount({ resources, bundle: fhirBundle }), ...pages];
}

function explain({ policy: { policy, sha256 }, words }: LoadedService): ExplainedPolicy {
  return { sha256, policy, words };
}

/** The phrases are compiled with the first report that is pasted, so that the start does not wait for them. */
function reportReader({
  codeSystems,
}: Pick<FhirMappings, 'codeSystems'>): (text: string) => ReportReading & { readonly cues: readonly Cue[] } {
  let book: PhraseBook | undefined;
  return (text) => {
    book ??= compilePhraseBook(codeSystems);
    return { ...readReport(text, book), cues: cuesOf(text, book) };
  };
}
