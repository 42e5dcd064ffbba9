import type { Composed } from './compose.js';

/** What a developer sees at start: the addresses, that it is open, and a curl line that works as it stands. */
export function greeting(url: string, { services, mounts, exampleRequest }: Composed): string {
  const [service] = services;
  const example =
    service === undefined || exampleRequest === undefined
      ? `curl -s ${url}/cds-services`
      : `curl -s ${url}${exampleRequest} | curl -s -H 'Content-Type: application/json' -d @- ${url}/cds-services/${service.definition.id}`;
  return [
    '',
    'Stepwise CDS, development mode: no token is asked for, feedback is counted and not stored.',
    `  CDS Hooks      ${url}/cds-services`,
    ...mounts.flatMap(({ path }) => {
      const name = NAMES[path];
      return name === undefined ? [] : [`  ${name.padEnd(14)} ${url}${path}`];
    }),
    '',
    example,
    '',
    '',
  ].join('\n');
}

const NAMES: Readonly<Record<string, string>> = { '/': 'Playground', '/sandbox/fhir': 'FHIR sandbox' };
