import { loadFhirMappings } from './artifacts/fhir-mappings.js';
import { loadPolicy } from './artifacts/policy.js';
import { loadWords } from './artifacts/words.js';
import type { ServedService } from './cds-hooks/service.types.js';
import type { Config } from './config.types.js';
import type { Mount } from './http/mounts.js';
import { compilePhraseBook, readReport, type PhraseBook, type ReportReading } from './report-text/index.js';
import type { Sandbox } from './sandbox/sandbox.js';
import { webMounts, type ExplainedPolicy } from './web/mounts.js';

export interface WebSurroundings {
  readonly config: Pick<Config, 'fhirServers' | 'bodyLimit' | 'deadlineMs'>;
  /** Milliseconds, on the clock of a call's deadline. */
  readonly now: () => number;
  /** Folder of the services' policies and words. */
  readonly hooks: string;
  /** Folder of the phrases that the report reader knows. */
  readonly fhirMappings: string;
  readonly services: readonly ServedService[];
  /** Absent in production. */
  readonly sandbox?: Sandbox;
}

/** The pages. @throws StartupError naming the file that is wrong */
export function composeWeb({ config, hooks, services, now, ...rest }: WebSurroundings): readonly Mount[] {
  const { sandbox, fhirMappings } = rest;
  const definitions = services.map(({ definition }) => definition);
  return webMounts({
    policies: definitions.map(({ id }) => explain(hooks, id)),
    fhirServers: config.fhirServers,
    evaluation: { ...config, services, now },
    ...(sandbox && {
      playground: {
        patients: sandbox.charts,
        faults: sandbox.faults,
        services: definitions,
        readReport: reportReader(fhirMappings),
      },
    }),
  });
}

function explain(hooks: string, id: string): ExplainedPolicy {
  const { policy, sha256 } = loadPolicy(hooks, id);
  return { sha256, policy, words: loadWords(hooks, policy) };
}

/** The phrases are compiled with the first report that is pasted, so that the start does not wait for them. */
function reportReader(fhirMappings: string): (text: string) => ReportReading {
  let book: PhraseBook | undefined;
  return (text) => {
    book ??= compilePhraseBook(loadFhirMappings(fhirMappings).codeSystems);
    return readReport(text, book);
  };
}
