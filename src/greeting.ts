import type { Composed } from './compose/services.js';

/** What a developer sees at start: the addresses, whether it is open, and a curl line. */
export function greeting(
  url: string,
  { services, mounts, exampleRequest }: Composed,
  { clientsFile }: { readonly clientsFile?: string },
): string {
  const [service] = services;
  const example =
    service === undefined || exampleRequest === undefined
      ? `curl -s ${url}/cds-services`
      : `curl -s ${url}${exampleRequest} | curl -s -H 'Content-Type: application/json' -d @- ${url}/cds-services/${service.definition.id}`;
  return [
    '',
    clientsFile === undefined
      ? 'Stepwise CDS, development mode: no token is asked for.'
      : 'Stepwise CDS, development mode: calls and feedback need a token of a trusted client.',
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
