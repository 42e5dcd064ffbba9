import type { JsonObject } from '../cds-hooks/hook-request.types.js';
import { isJsonObject } from '../cds-hooks/json.js';
import { itemsIn, membersIn, skipSpace, type Span } from '../cds-hooks/json-text.js';
import { keepText, textOf } from '../cds-hooks/source-text.js';
import { literalReference } from '../mapping/references.js';
import { COVERAGE_INFORMATION } from './coverage-information.js';

/**
 * The order with what the payer says now in place of what it said before of the same coverages, and nothing else
 * changed: not a character of the text that was received (CI-1, CI-5). Undefined when nothing is new (MIN-4).
 *
 * @param order its `extension`, where there is one, is an array
 * @param said coverage-information extensions, all that are to be said of their coverages
 */
export function updatedOrder(order: JsonObject, said: readonly JsonObject[]): JsonObject | undefined {
  const coverages = new Set(said.map(coverageOf));
  const present = extensionsOf(order);
  const replaced = present.map((one) => isCoverageInformation(one) && coverages.has(coverageOf(one)));
  const before = present.filter((_one, index) => replaced[index]);
  if (sameButDate(before, said)) return undefined;
  const text = spliced(
    textOf(order),
    replaced,
    said.map((one) => JSON.stringify(one)),
  );
  const updated: unknown = JSON.parse(text);
  if (!isJsonObject(updated)) return undefined;
  keepText(updated, text);
  return updated;
}

/** The extensions of an order; those that are none are left to whoever sent them. */
function extensionsOf({ extension }: JsonObject): readonly unknown[] {
  return Array.isArray(extension) ? extension : [];
}

function isCoverageInformation(extension: unknown): extension is JsonObject {
  return isJsonObject(extension) && extension['url'] === COVERAGE_INFORMATION;
}

/** `Coverage/<id>` also of an absolute reference; a contained one as it is. */
function coverageOf(extension: JsonObject): string {
  const part = partsOf(extension).find(({ url }) => url === 'coverage');
  const value = part?.['valueReference'];
  const reference = isJsonObject(value) ? value['reference'] : undefined;
  if (typeof reference !== 'string') return '';
  return literalReference({ reference }) ?? reference;
}

function partsOf({ extension }: JsonObject): readonly JsonObject[] {
  return Array.isArray(extension) ? extension.filter(isJsonObject) : [];
}

/** The day alone is nothing new; nor is another order of the parts. */
function sameButDate(before: readonly unknown[], now: readonly JsonObject[]): boolean {
  return before.length > 0 && fingerprint(before) === fingerprint(now);
}

function fingerprint(extensions: readonly unknown[]): string {
  const each = extensions.filter(isJsonObject).map((extension) =>
    JSON.stringify(
      partsOf(extension)
        .filter(({ url }) => url !== 'date')
        .map((one) => JSON.stringify(sorted(one)))
        .sort(),
    ),
  );
  return each.sort().join();
}

/** With members in the order of their names, at every level: a client may keep them in another. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((name) => [name, sorted(value[name])]),
  );
}

/** @param replaced which of the present items go */
function spliced(text: string, replaced: readonly boolean[], added: readonly string[]): string {
  const start = skipSpace(text, 0);
  const members = membersIn(text, start);
  const extension = members.get('extension');
  if (!extension) return withMember(text, [...members.values()], `"extension":[${added.join(',')}]`);
  const kept = itemsIn(text, extension.start).filter((_item, index) => !replaced[index]);
  const items = [...kept.map(({ start: from, end }) => text.slice(from, end)), ...added];
  return `${text.slice(0, extension.start)}[${items.join(',')}]${text.slice(extension.end)}`;
}

/** After the last member: a resource has one at least. */
function withMember(text: string, members: readonly Span[], member: string): string {
  const end = Math.max(...members.map((span) => span.end));
  return `${text.slice(0, end)},${member}${text.slice(end)}`;
}
