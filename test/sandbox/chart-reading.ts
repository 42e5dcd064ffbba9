import type { Chart } from '../../src/sandbox/charts.js';
import { isObject, valuesAt, type IdentifiedResource } from '../../src/sandbox/resource.js';

/** Every value under a key of that name, however deep. */
export function everyValue(value: unknown, key: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => everyValue(one, key));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, child]) => (name === key ? [child] : everyValue(child, key)));
}

/** All the words of a resource: notes, conclusions, report files that are text. */
export function words(resource: IdentifiedResource): string {
  const files = everyValue(resource, 'data').map((data) => Buffer.from(String(data), 'base64').toString());
  return [...everyValue(resource, 'text'), ...everyValue(resource, 'conclusion'), ...files]
    .filter((one) => typeof one === 'string')
    .join('\n');
}

export const codesOf = (resource: IdentifiedResource) => valuesAt(resource, 'code.coding.code');
export const ofType = (chart: Chart, type: string) =>
  chart.resources.filter((one) => one.resourceType === type);
export const withCode = (chart: Chart, type: string, code: string) =>
  ofType(chart, type).filter((one) => codesOf(one).includes(code));
export const statuses = (resources: readonly IdentifiedResource[]) =>
  resources.map((one) => valuesAt(one, 'status')[0]);
