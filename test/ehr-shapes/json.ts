/** Resources as loose JSON, for bending a chart into the shapes of other EHRs. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;
export interface JsonMap {
  readonly [name: string]: Json | undefined;
}
export interface ResourceMap extends JsonMap {
  readonly resourceType: string;
  readonly id: string;
}

export const isMap = (value: Json | undefined): value is JsonMap =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const listOf = (value: Json | undefined): readonly Json[] =>
  Array.isArray(value) ? (value as readonly Json[]) : [];

/** Every object of a value rewritten, the inner ones first. */
export function rewrite<T extends Json>(value: T, change: (map: JsonMap) => JsonMap): T {
  const changed = (one: Json): Json => {
    if (Array.isArray(one)) return one.map(changed);
    if (!isMap(one)) return one;
    const members = Object.entries(one).flatMap(([name, member]) =>
      member === undefined ? [] : [[name, changed(member)] as const],
    );
    return change(Object.fromEntries(members));
  };
  return changed(value) as T;
}

/** The texts of a report or note of the charts: their attachments are inline plain text. */
export function inlineTexts(attachments: Json | undefined): readonly string[] {
  return listOf(attachments).flatMap((one) => {
    const attachment = isMap(one) && isMap(one['attachment']) ? one['attachment'] : one;
    const data = isMap(attachment) ? attachment['data'] : undefined;
    return typeof data === 'string' ? [Buffer.from(data, 'base64').toString()] : [];
  });
}

export const without = (map: JsonMap, ...names: readonly string[]): JsonMap =>
  Object.fromEntries(Object.entries(map).filter(([name]) => !names.includes(name)));

export const asResource = (map: JsonMap): ResourceMap => map as ResourceMap;

export const searchset = (resources: readonly JsonMap[], more: JsonMap = {}): JsonMap => ({
  resourceType: 'Bundle',
  type: 'searchset',
  ...more,
  ...(resources.length > 0 && {
    entry: resources.map((resource) => ({
      resource,
      search: { mode: resource['resourceType'] === 'OperationOutcome' ? 'outcome' : 'match' },
    })),
  }),
});

export const outcome = (severity: string, code: string, detail: string, text: string): JsonMap => ({
  resourceType: 'OperationOutcome',
  issue: [
    {
      severity,
      code,
      details: { coding: [{ system: 'urn:oid:1.2.840.114350.1.13.0.1.7.2.657369', code: detail }], text },
    },
  ],
});
