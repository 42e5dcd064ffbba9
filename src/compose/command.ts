import type { ServedService } from '../cds-hooks/service.types.js';
import { optionOf } from '../cli/options.js';
import { composeServices, type Ambient, type ComposedServices } from './services.js';
import { readConfig, type CheckedConfig } from '../config/config.js';
import { StartupError } from '../errors.js';
import { silentLog } from '../log.js';
import { createMetrics } from '../metrics.js';
import type { Environment } from '../config/settings.js';

/** What a command has of the process it runs in. */
export interface Terminal {
  readonly ambient: Ambient;
  readonly environment: Environment;
  readonly platform: NodeJS.Platform;
  readonly print: (text: string) => void;
}

/** One service as a command uses it: nothing is logged, counted or recorded. */
export interface ComposedCommand extends ComposedServices {
  readonly service: ServedService;
  readonly config: CheckedConfig;
}

/**
 * The service that `--service=<id>` names, or the first one.
 *
 * @param fhirServers base URLs that may be read, beside those of the settings
 * @throws StartupError
 */
export function composeCommand(
  words: readonly string[],
  { ambient, environment }: Terminal,
  fhirServers: readonly string[] = [],
): ComposedCommand {
  const wanted = optionOf(words, 'service');
  const own = readConfig(environment);
  const config = {
    ...{ ...own, fhirServers: [...own.fhirServers, ...fhirServers] },
    ...(wanted !== undefined && { services: [wanted] }),
  };
  const metrics = createMetrics({ processMetrics: false });
  const composed = composeServices({ config, log: silentLog(), metrics, ambient });
  const [service] = composed.services;
  if (!service) throw new StartupError('hooks', 'there is no service');
  return { ...composed, service, config };
}
