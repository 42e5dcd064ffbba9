import { deflateSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** Stands wherever a value was put that may not be told to anybody. */
export const SECRET = 'SECRET-FUZZ';

/** Names that objects have before anybody gave them any. */
const NAMES = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'resourceType',
  'then',
  '',
];

const replacement: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1e308,
    '',
    [],
    {},
    [[]],
    [null],
    SECRET,
    `\u0000${SECRET}`,
    `${SECRET}\ud800`,
  ),
  fc.constantFrom(
    `Patient/${SECRET}`,
    `../../${SECRET}`,
    `https://${SECRET}.example/fhir`,
    `<b>${SECRET}</b>`,
  ),
  fc.constantFrom(`${SECRET}${'('.repeat(5000)}`, SECRET.repeat(2000), '9999-99-99', '2026-02-30T99:99:99Z'),
  fc.integer({ min: 2, max: 3000 }).map(nested),
  fc.jsonValue({ maxDepth: 3 }),
  fc.dictionary(fc.constantFrom(...NAMES), fc.constantFrom(SECRET, null, 1, {})),
);

function nested(depth: number): unknown {
  let value: unknown = SECRET;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { item: value };
  return value;
}

type Change = {
  readonly at: number;
  readonly how: 'replace' | 'remove' | 'repeat' | 'add';
  readonly value: unknown;
};

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  how: fc.constantFrom('replace', 'replace', 'remove', 'repeat', 'add'),
  value: replacement,
});

/** A JSON value with one to four of its members, at any depth, replaced, removed, repeated or given strange names. */
export function mutated(value: object): fc.Arbitrary<unknown> {
  return fc.array(change, { minLength: 1, maxLength: 4 }).map((changes) => {
    const copy: unknown = JSON.parse(JSON.stringify(value));
    for (const one of changes) apply(copy, one);
    return copy;
  });
}

function apply(root: unknown, { at, how, value }: Change): void {
  const places = placesIn(root);
  const place = places[Math.floor(at * places.length)];
  if (!place) return;
  const { parent, key } = place;
  if (how === 'remove') Reflect.deleteProperty(parent, key);
  else if (how === 'add') define(parent, NAMES[Math.floor(at * 1000) % NAMES.length] ?? '', value);
  else if (how === 'replace') define(parent, key, value);
  else if (Array.isArray(parent))
    parent.push(...Array.from({ length: 50 }, () => parent[Number(key)] as unknown));
}

/** As JSON.parse does it: `__proto__` is a member like any other. */
function define(parent: object, key: string, value: unknown): void {
  Object.defineProperty(parent, key, { value, enumerable: true, configurable: true, writable: true });
}

/** Levels that are looked into: a chart has a dozen, and what was nested before has thousands. */
const DEEPEST = 40;

function placesIn(value: unknown, level = 0): readonly { readonly parent: object; readonly key: string }[] {
  if (typeof value !== 'object' || value === null || level > DEEPEST) return [];
  return Object.keys(value).flatMap((key) => [
    { parent: value, key },
    ...placesIn(Object.getOwnPropertyDescriptor(value, key)?.value, level + 1),
  ]);
}

/** A body that is not what it says it is. */
export interface Spoil {
  readonly bytes: Uint8Array;
  readonly headers: Readonly<Record<string, string>>;
}

const TYPES = [
  'application/json',
  'application/fhir+json',
  'text/plain',
  `x/${SECRET}`,
  'application/json; charset=utf-16',
];
const ENCODINGS = ['gzip', 'deflate', 'br', 'identity', SECRET, 'gzip, gzip'];

/** A text whose bytes are cut, changed or packed, under headers that may say something else. */
export function spoilt(text: string): fc.Arbitrary<Spoil> {
  const whole = Buffer.from(text);
  return fc
    .record({
      cut: fc.option(fc.nat(whole.length), { freq: 3 }),
      changes: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 8 }),
      pack: fc.constantFrom('none', 'none', 'gzip', 'deflate', 'bomb'),
      encoding: fc.option(fc.constantFrom(...ENCODINGS), { nil: undefined }),
      type: fc.constantFrom(...TYPES),
      requestId: fc.constantFrom(SECRET, `{"${SECRET}":1}`, '9f1b2b7a-4a1e-4a3f-8a77-5d8a2d2b2f11'),
    })
    .map(({ cut, changes, pack, encoding, type, requestId }) => ({
      bytes: packed(changed(whole.subarray(0, cut ?? whole.length), changes), pack),
      headers: {
        ...{ 'content-type': type, 'x-request-id': requestId, traceparent: `00-${SECRET}-${SECRET}-01` },
        ...(encoding !== undefined && { 'content-encoding': encoding }),
      },
    }));
}

function changed(bytes: Buffer, changes: readonly (readonly [number, number])[]): Buffer {
  const copy = Buffer.from(bytes);
  for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
  return copy;
}

function packed(bytes: Buffer, pack: string): Uint8Array {
  if (pack === 'gzip') return gzipSync(bytes);
  if (pack === 'deflate') return deflateSync(bytes);
  return pack === 'bomb' ? gzipSync(Buffer.alloc(20_000_000, ' ')) : bytes;
}
