import type { HookRequest } from '../cds-hooks/hook-request.types.js';
import type { PrefetchKey } from '../cds-hooks/service.types.js';
import type { ReadCall, Retriever } from '../fhir/retriever.types.js';
import { CdsError } from '../errors.js';
import type { CoverageRules, Form } from './coverage-rules.types.js';
import { answersOf, type Configuration } from './options.js';
import type { Claim } from './orders.js';
import { resourcesIn } from './read-coverages.js';

type NamedForm = readonly [name: string, form: Form];

/**
 * Asks the EHR which of these forms it has (dev-20). Only a search that was answered in full shows that it lacks one;
 * whatever else came of it, the form is left where its own URL says.
 *
 * @returns names of the forms that it lacks
 */
export async function missingForms(
  retriever: Retriever,
  call: ReadCall,
  forms: readonly NamedForm[],
): Promise<ReadonlySet<string>> {
  const asked = forms.filter(([, form]) => !wasSent(call.request, form));
  if (asked.length === 0) return new Set();
  const read = await searchFor(retriever, call, asked);
  const missing = asked.filter(([name, form]) => {
    const found = read[name];
    return found?.status === 'complete' && !found.items.some((one) => isVersionOf(one, form));
  });
  return new Set(missing.map(([name]) => name));
}

async function searchFor(
  retriever: Retriever,
  call: ReadCall,
  asked: readonly NamedForm[],
): ReturnType<Retriever['retrieve']> {
  const prefetch = Object.fromEntries(asked.map(([name, form]) => [name, queryOf(form)]));
  try {
    // Without the prefetch: what stands there was looked through.
    return await retriever.retrieve({ ...call, request: { ...call.request, prefetch: {} }, prefetch });
  } catch (thrown) {
    // A call that can be answered from its prefetch is answered, whatever server it names.
    if (thrown instanceof CdsError && thrown.code === 'ERR_FHIR_SERVER_REFUSED') return {};
    throw thrown;
  }
}

/** The forms that can be asked for in this call: none while an order is still being chosen (MIN-6). */
export function formsOf(
  claims: readonly Claim[],
  { forms = {} }: CoverageRules,
  { request, configuration }: { readonly request: HookRequest; readonly configuration: Configuration },
): readonly NamedForm[] {
  if (request.hook === 'order-select') return [];
  const names = new Set(answersOf(claims.map(({ rule }) => rule)).map(({ form }) => form));
  return Object.entries(forms).filter(([name, { topic }]) => names.has(name) && configuration.wants(topic));
}

function queryOf({ questionnaire }: Form): PrefetchKey {
  const { url, version } = questionnaire;
  const template = `Questionnaire?url=${encodeURIComponent(url)}&version=${version}`;
  return { kind: 'questionnaire', template };
}

function wasSent({ prefetch }: HookRequest, form: Form): boolean {
  return Object.values(prefetch)
    .flatMap(resourcesIn)
    .some((one) => isVersionOf(one, form));
}

function isVersionOf(resource: object, { questionnaire }: Form): boolean {
  const { resourceType, url, version } = resource as Readonly<Record<string, unknown>>;
  return resourceType === 'Questionnaire' && url === questionnaire.url && version === questionnaire.version;
}
